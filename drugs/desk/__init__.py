"""The desk, where people write: documents to its rows and back, without overwriting anybody's work.

This package is the face; `desk.duplicates` is for its own modules and tests.
"""

from drugs.desk.citing import citation_number, cite
from drugs.desk.derived import (
    refresh_derived,
    sameness,
    set_derived_columns,
    shared_paragraphs,
    write_derived_rows,
)
from drugs.desk.imported_pages import SaveResult, Source, create_pages, save_page
from drugs.desk.name_repair import NameRepair, repair_names
from drugs.desk.open_forms import note_closed, note_open
from drugs.desk.review_notes import add_note
from drugs.desk.revisions import (
    add_contributors,
    add_writers_of,
    contributors,
    forget_revisions,
    revision,
    sign_contributors,
)
from drugs.desk.rewriting import StaleDesk, put_back, put_edition_back, rewrite
from drugs.desk.rows import (
    PARTS,
    add_names,
    add_names_each,
    create,
    keep_replaced,
    read,
    record_saved,
    touch,
    write,
)

__all__ = [
    "PARTS",
    "NameRepair",
    "SaveResult",
    "Source",
    "StaleDesk",
    "add_contributors",
    "add_names",
    "add_names_each",
    "add_note",
    "add_writers_of",
    "citation_number",
    "cite",
    "contributors",
    "create",
    "create_pages",
    "forget_revisions",
    "keep_replaced",
    "note_closed",
    "note_open",
    "put_back",
    "put_edition_back",
    "read",
    "record_saved",
    "refresh_derived",
    "repair_names",
    "revision",
    "rewrite",
    "sameness",
    "save_page",
    "set_derived_columns",
    "shared_paragraphs",
    "sign_contributors",
    "touch",
    "write",
    "write_derived_rows",
]
