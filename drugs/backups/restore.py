"""Restore of a backup into a database of either kind: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.color import no_style
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from drugs import audit
from drugs.audit import triggers
from drugs.backups import encryption, files, signatures, tables
from drugs.backups.integrity import CHAINS, first_fault
from drugs.caching import stale_pages
from drugs.desk import share_links
from drugs.models import Publication, ShareLink
from drugs.models.bulk_insert import insert_rows
from drugs.notifications import choices
from drugs.search import counters, index

BATCH_ROWS = 500  # rows of one INSERT


class Restored(NamedTuple):
    """What was restored: the header of the backup, the slugs that were withdrawn here and are public in it, and the
    name of the key that has signed it, empty if that could not be asked.
    """

    header: dict[str, Any]
    public_again: list[str]
    signed_by: str


@dataclass(frozen=True)
class Trust:
    """Whom to believe that a backup is what was written: public `keys` beside the site's own, or anybody (`unsigned`).

    `identity` is the file with the secret key of an encrypted one.
    """

    keys: tuple[str, ...] = ()
    unsigned: bool = False
    identity: Path | None = None


def restore(
    path: Path,
    *,
    overwrite: bool = False,
    trust: Trust | None = None,
    progress: Callable[[int], object] = lambda count: None,
) -> Restored:
    """Restore of what the backup at `path` holds into this database; `progress` is told of every few rows.

    Keys, editions and hashes are those of the file; search and lists are written anew; whoever was logged in is so
    no more, a link for comment that was revoked here stays revoked, and the address of a feed goes on only if it was
    open here as well: the backup may hold one that was replaced since. The database refuses editions that do not
    follow, and every hash is proved before anything counts. An act names the head of the record that was here and
    that of the backup. Raises BackupError, and leaves the database as it was, if the file is damaged, of another
    schema, or signed by nobody whom `trust` knows, or if the database holds something and `overwrite` was not said.
    """
    trust = trust or Trust()
    with encryption.decrypted(path, trust.identity) as plain:
        return _restore(plain, path.name, overwrite, trust, progress)


def _restore(path, name, overwrite, trust, progress):
    header, trailer = files.read_through(path)
    signer = _signer(path, header, trailer, trust)
    _refuse_other_schema(header)
    tables.forget_own_keys()
    try:
        with transaction.atomic():
            audit.lock_log()  # before any row, as whoever publishes meanwhile does
            before = audit.head()
            withdrawn = set(Publication.objects.exclude(withdrawn_at=None).values_list("slug", flat=True))
            revoked = set(ShareLink.objects.exclude(revoked_at=None).values_list("pk", "nonce"))
            feeds = choices.open_feeds()
            _make_room(overwrite)
            _load(path, progress)
            index.rebuild()
            _prove()
            _continue_numbers()
            _record(name, before, signer)
            _revoke_again(revoked)
            choices.end_feeds_but(feeds, by="restore")
            counters.touch_withdrawals()
            transaction.on_commit(stale_pages.invalidate)
    except (DataError, IntegrityError, ValueError) as error:
        raise files.BackupError(
            f"Nothing was restored: the database refuses a row of {path}: {error}"
        ) from error
    except OperationalError as error:
        raise files.BackupError(
            f"Nothing was restored: {error} If somebody is writing, stop the site and try again."
        ) from error
    public = set(Publication.objects.filter(withdrawn_at=None).values_list("slug", flat=True))
    return Restored(header, sorted(withdrawn & public), signer)


def _signer(path, header, trailer, trust):
    """The name of the key that has signed the backup; empty where no key is known, or none is asked for."""
    keys = signatures.known_keys(trust.keys)
    if not keys or trust.unsigned:
        return ""
    try:
        return signatures.signed_by(trailer["sha256"], trailer.get("signature") or "", keys)
    except files.BackupError as error:
        raise files.BackupError(
            f"{path} of {header.get('written_at')} is not proved to be what this site wrote: {error} If it is from "
            "another site, name its public key (--key); to believe whoever gave it to you, say --unsigned."
        ) from None


def _record(name, before, signer):
    """The act that names both heads: what the record of acts was here, and what it is now."""
    backup = audit.head()
    detail = (
        f"It replaces a record of {before[0]} entries that ended in {before[1] or 'none'}, and ends in entry "
        f"{backup[0]}, {backup[1] or 'none'}. {f'Signed by {signer}.' if signer else 'No signature was asked for.'}"
    )
    heads = {"before": list(before), "backup": list(backup), "signed_by": signer}
    audit.record("restore", "restored_backup", name, detail, {"restored": heads})


def _revoke_again(revoked):
    """The end of those links, as pairs of key and nonce, that the backup has opened again."""
    for link in ShareLink.objects.filter(revoked_at=None):
        if (link.pk, link.nonce) in revoked:
            share_links.revoke(link, by="restore")


def _refuse_other_schema(header):
    ours, theirs = set(tables.migrations()), set(header.get("migrations", ()))
    if not ours:
        raise files.BackupError("This database has no tables yet. Run `manage.py migrate` first.")
    columns = {model._meta.label_lower: tables.Table(model).columns for model in tables.carried()}
    if ours == theirs and columns == header.get("columns") and columns.keys() == header["rows"].keys():
        return
    differences = [
        f"{words} {', '.join(sorted(names))}"
        for words, names in (("this site also has", ours - theirs), ("the backup also has", theirs - ours))
        if names
    ]
    raise files.BackupError(
        f"The backup of {header.get('written_at')} was written by another version: "
        f"{'; '.join(differences) or 'the columns of its tables differ'}. "
        "Restore it with that version, then install this one and run `manage.py migrate`."
    )


def _make_room(overwrite):
    """Refuses a database in which somebody has worked, or empties it."""
    used = [
        model for model in tables.emptied() if model not in tables.SHIPPED and model._base_manager.exists()
    ]
    if used and not overwrite:
        names = ", ".join(
            f"{model._base_manager.count()} {model._meta.verbose_name_plural}" for model in used[:3]
        )
        raise files.BackupError(
            f"This database is not empty (it holds {names}). Make a backup of it; then say --overwrite to put "
            "the other one in its place."
        )
    # The triggers stand again before the first row comes, and nothing that waits for the end of the
    # transaction may be left then: PostgreSQL does not alter a table that still has checks to come.
    triggers.remove(connection)
    index.clear()
    with connection.cursor() as cursor:
        for model in reversed(tables.emptied()):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
    connection.check_constraints()
    triggers.install(connection)


def _load(path, progress):
    tables_by_label = {model._meta.label_lower: tables.Table(model) for model in tables.carried()}
    rows = iter(files.Reader(path))
    next(rows)  # the header
    for label, of_table in groupby(rows, key=lambda row: row[0]):
        table, batch = tables_by_label[label], []
        for _, row in of_table:
            batch.append(table.read(row))
            if len(batch) == BATCH_ROWS:
                _insert(table, batch)
                progress(len(batch))
                batch = []
        _insert(table, batch)
        progress(len(batch))


def _insert(table, rows):
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        insert_rows(
            cursor, quoted(table.model._meta.db_table), [quoted(name) for name in table.columns], rows
        )


def _prove():
    connection.check_constraints()
    if fault := first_fault(CHAINS):
        raise files.BackupError(f"Nothing was restored, because the backup is not whole. {fault}")


def _continue_numbers():
    """PostgreSQL counts keys apart from the rows; SQLite goes on from the largest by itself."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables.emptied()):
            cursor.execute(sql)
