"""The whole site in one file that either database can read, and back again.

The file is gzip of lines of JSON: a header, one line a row, and a trailer with the SHA-256 of all that stands
above it. `tables` says what travels and how a row becomes JSON, `files` how the file is written and read,
`writing` and `restoring` do the work.
"""

from drugs.backups.files import BackupError
from drugs.backups.restore import restore
from drugs.backups.write import write

__all__ = ["BackupError", "restore", "write"]
