"""Cross-proof of the database and its record of acts: nothing stands there that no act says, and nothing else.

It holds as far as the record of acts is the one that was written, which its own chain says of its middle and a
checkpoint of its end. What was there before acts could prove it was stated once, by an act that says so.
"""

from collections.abc import Iterator
from itertools import groupby

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs.accounts.roles import ROLES
from drugs.audit import checkpoints, facts
from drugs.audit.ledger import AHEAD, Ledger, fold
from drugs.audit.log import CLOCK_TOLERANCE
from drugs.backups.faults import Fault, Progress
from drugs.content import sha256
from drugs.models import (
    DeskRevision,
    Edition,
    Monograph,
    ProblemReport,
    Publication,
    ReviewNote,
    ShareLink,
    SiteText,
)
from drugs.models.paging import batches
from drugs.publishing import change_log
from drugs.publishing.file_sources import outdated_sources
from drugs.web import site_texts

CHUNK = 200  # rows that are read at a time
PAST_THE_SITE = (
    "It was changed past the site: find out by whom. If it was you, `manage.py verify --take-over REASON` has the "
    "record of acts say so; otherwise restore the newest sound backup."
)


def acts_against_the_database(progress: Progress) -> Iterator[Fault]:
    """All that the record of acts says against what the database holds, and the other way round."""
    ledger = Ledger.read()
    yield from _objections(ledger)
    yield from (Fault(sentence) for sentence in checkpoints.objections_to_own())
    for proof in _PROOFS:
        for sentence in proof(ledger, progress):
            yield Fault(sentence, PAST_THE_SITE)
    yield from _change_log()


def _change_log():
    """Programs that follow the change log hear of every page what it is now."""
    for page in change_log.unlogged():
        yield Fault(
            f"{page.slug}: the log of changes that programs follow does not say what the page is now.",
            "`manage.py publish_bulk` adds what is missing.",
        )
    for page in outdated_sources():
        yield Fault(
            f"{page.slug}: its JSON does not name the file that it was imported from.",
            "`manage.py publish_bulk` puts it right, once no version before this one runs.",
        )
    for change in change_log.backdated()[:1]:
        yield Fault(
            f"{change.publication.slug}: the log of changes that programs follow dates entry {change.number} before "
            "the one that it follows.",
            PAST_THE_SITE,
        )


def _objections(ledger):
    for entry in ledger.found:
        yield Fault(
            f"Entry {entry.number} of the record of acts ({entry.at:%Y-%m-%d}, {entry.who}) states what it found in "
            f"the database: {entry.remark}",
            "What was before it is proved by editions' own hashes only. Be sure that you know who added this entry.",
            warning=True,
        )
    yield from (Fault(objection.message, PAST_THE_SITE, objection.warning) for objection in ledger.objections)
    if ledger.last and ledger.last.at > timezone.now() + AHEAD:
        yield Fault(
            f"Entry {ledger.last.number} of the record of acts is of {ledger.last.at:%Y-%m-%d}, which is yet to come.",
            "The clock is wrong now, or was wrong then.",
            warning=True,
        )


def _editions(ledger, progress):
    """Every edition has its act and every act its edition; numbers rise by one, by whom and when it was."""
    seen = set()
    rows = Edition.objects.order_by("monograph_id", "number").values_list(
        "monograph__slug", "number", "record", "published_by", "review_of", "published_at"
    )
    for slug, editions in groupby(rows.iterator(CHUNK), key=lambda row: row[0]):
        seen.add(slug)
        yield from _page_editions(slug, editions, ledger.chains.get(slug))
    for slug, chain in ledger.chains.items():
        if slug not in seen:
            yield f"{slug}: entry {chain.act} of the record of acts published edition {chain.number}, which is gone."


def _page_editions(slug, editions, chain):
    if chain is None:
        yield f"{slug}: it has editions, and no act has published any."
        return
    folded, number = "", 0
    for row in editions:
        _, number, record, by, review_of, published_at = row
        if number == chain.base:
            folded = record
        elif chain.base < number <= chain.number:
            folded = fold(folded, record, by, review_of == number)
    if number > chain.number:
        yield f"{slug}, edition {number}: no act has published it."
    elif number < chain.number:
        yield f"{slug}: entry {chain.act} of the record of acts published edition {chain.number}, which is gone."
    elif chain.base < number and abs(published_at - chain.at) > CLOCK_TOLERANCE:
        yield f"{slug}, edition {number}: its act, entry {chain.act}, is of another time than it says."
    if number >= chain.number and folded != chain.fold:
        yield f"{slug}: its editions up to number {chain.number} are not those that acts have published."


def _withdrawals(ledger, progress):
    """A page is withdrawn, with that reason and successor, exactly if the newest act on it says so."""
    for pages in batches(Publication.objects.select_related("successor"), CHUNK):
        for page in pages:
            now, said = facts.withdrawal(page), ledger.pages.get(page.slug)
            if now and not said:
                yield f"{page.slug}: it is withdrawn, and no act has withdrawn it."
            elif said and not now:
                yield f"{page.slug}: readers meet it, and it was withdrawn ({said['reason']})."
            elif now != said:
                wrong = [name for name in said if said[name] != now.get(name)]
                yield f"{page.slug}: its withdrawal has another {' and '.join(wrong)} than the act has."


def _site_texts(ledger, progress):
    now = {text.key: sha256(text.body) for text in SiteText.objects.all()}
    shipped = {
        key: {sha256(body), *site_texts.EARLIER.get(key, ())} for key, body in site_texts.DEFAULTS.items()
    }
    for key in sorted({*now, *ledger.texts, *shipped}):
        said = {ledger.texts[key]} if key in ledger.texts else shipped.get(key, set())
        if now.get(key) not in said:
            yield f"The site text {key} is not the one that was saved last."


def _accounts(ledger, progress):
    """Standing, names, password and factors of each account are those of the newest act on it."""
    seen = set()
    for person in get_user_model().objects.order_by("pk").iterator(CHUNK):
        name = person.get_username()
        seen.add(name)
        now, said = facts.standing(person), ledger.accounts.get(name)
        if said is None:
            yield f"The account {name} was made by no act."
        elif wrong := [_WORDS[part] for part in now if now[part] != said.get(part)]:
            yield f"The account {name} has other {' and other '.join(wrong)} than acts gave it."
    yield from (f"The account {name} is gone." for name in ledger.accounts if name not in seen)
    for device in TOTPDevice.objects.exclude(**_CODES).select_related("user"):
        yield f"The account {device.user.get_username()} has an app with codes of another length or time than is right."


# Length and time of the codes of an app, as every second factor here is made.
_CODES = {
    name: TOTPDevice._meta.get_field(name).get_default() for name in ("step", "t0", "digits", "tolerance")
}
_WORDS = {
    "is": "flags (active, staff, superuser)",
    "groups": "roles",
    "rights": "rights of its own",
    "name": "names",
    "one_time": "one-time password marks",
    "secrets": "password, factor or backup codes",
}


def _groups(ledger, progress):
    """Roles may what this version gives them; what other groups may is what was found."""
    for group in Group.objects.order_by("name"):
        may = facts.permissions_of(group.permissions)
        if may != (sorted(ROLES[group.name]) if group.name in ROLES else ledger.groups.get(group.name, [])):
            yield f"The role {group.name} has other rights than it should. `manage.py migrate` sets those of roles."


def _reports(ledger, progress):
    """A report is as the newest act on it says, and one that is gone has an act that deleted it."""
    left = dict(ledger.reports)
    for reports in batches(ProblemReport.objects.all(), CHUNK):
        for key, digest in facts.reports(reports)["reports"].items():
            said = left.pop(key, None)
            if said is None:
                yield f"Report {key} came in by no act."
            elif said != digest:
                yield f"Report {key} is not as it came in or was answered."
    if left:
        keys = ", ".join(sorted(left, key=int)[:20])
        yield f"Reports of readers are gone, and no act has deleted them: {len(left)} ({keys})."


def _reviews(ledger, progress):
    """A note of a review is as the act says that made it, and goes with its desk only."""
    left = dict(ledger.reviews)
    for notes in batches(ReviewNote.objects.all(), CHUNK):
        for key, digest in facts.review_notes(notes)["reviews"].items():
            if left.pop(key, None) != digest:
                yield f"Note {key} of a review is not one that an act has made."
    if left:
        yield f"Notes of reviews are gone, and no act has deleted them: {', '.join(sorted(left, key=int)[:20])}."


def _shares(ledger, progress):
    """A link for comment is as the newest act on it says, and goes with its desk only."""
    left = dict(ledger.shares)
    for links in batches(ShareLink.objects.all(), CHUNK):
        for key, digest in facts.share_links(links)["shares"].items():
            if left.pop(key, None) != digest:
                yield f"Link {key} for comment is not as an act has made it."
    if left:
        yield f"Links for comment are gone, and no act has deleted them: {', '.join(sorted(left, key=int)[:20])}."


def _desks(ledger, progress):
    """The desk says what the newest act on it says, and has the writers that acts name."""
    left = dict(ledger.desks)
    for monographs in batches(Monograph.objects.all(), CHUNK):
        keys = [monograph.pk for monograph in monographs]
        writers = facts.writers(keys)["writers"]
        for key, state in facts.desk_states(keys).items():
            yield from _desk(str(key), state, left.pop(str(key), None), writers, ledger)
        progress(len(keys))
    yield from (f"{state[0]}: its desk is gone, and no act has deleted it." for state in left.values())


def _desk(key, state, said, writers, ledger):
    slug, version, digest = state
    if said is None:
        yield f"{slug}: its desk was made by no act."
    elif digest != said[2] or slug != said[0]:
        yield f"{slug}: its desk says something else than what was saved last."
    elif version != said[1]:
        yield f"{slug}: its desk has version {version}, and {said[1]} was saved last."
    if said and writers[key] != ledger.writers.get(key, []):
        yield f"{slug}: acts name other people as writers of the text that nobody has signed yet."


def _revisions(ledger, progress):
    """A text that a desk had before is as the act says that replaced it, or as the link or note that it is kept for.

    Those before the first that acts name are not asked about, nor what an earlier version of the program replaced.
    """
    kept_for = {row for model in (ShareLink, ReviewNote) for row in model.objects.values_list(*_SAID_OF)}
    rows = DeskRevision.objects.select_related("monograph").order_by("monograph_id", "version")
    for row in rows.iterator(CHUNK):
        acts, now = ledger.revisions.get(str(row.monograph_id), {}), sha256(row.document)
        is_older = row.version < row.monograph.version and all(int(version) > row.version for version in acts)
        is_said = acts.get(str(row.version)) in ("", now) or (row.monograph_id, row.version, now) in kept_for
        if not (is_older or is_said):
            yield f"{row.monograph.slug}: its text of before, version {row.version}, is not one that a save replaced."


_SAID_OF = ("monograph_id", "version", "sha256")
_PROOFS = (
    _editions,
    _withdrawals,
    _site_texts,
    _accounts,
    _groups,
    _reports,
    _reviews,
    _shares,
    _desks,
    _revisions,
)
