"""Backup and restore: the whole site in one file that either database can read, and back again.

The file is gzip of lines of JSON: a header, one line a row, and a trailer with the SHA-256 of all that stands
above it and a signature. `tables` says what travels and how a row becomes JSON (serialisation), `files` how the file is
written and read, `write` and `restore` do the work; `integrity` proves before and after that the database is whole,
`cross_proofs` that it says what acts say. `signatures` and `encryption` say whose a file is, and for whom;
`proofs` that an encrypted one is whole.
"""

from drugs.backups.files import BackupError
from drugs.backups.restore import Trust, restore
from drugs.backups.write import write

__all__ = ["BackupError", "Trust", "restore", "write"]
