"""Facts of acts: what is so since an act, in a shape that `ledger` adds up and the database is held against.

A fact is a dict of one key, canonical JSON in the end. The keys:

    editions   [[slug, number, record], ...]      these were published; their pages are public
    pages      {slug: withdrawal}                 this page is withdrawn
    desks      {key: [slug, version, digest]}     the desk says this; null: it is deleted
    writers    {key: [account, ...]}              who changed the desk since a second person signed it
    revisions  {key: {version: digest}}           the text of the desk that this act replaced, and kept
    texts      {key: digest}                      site texts
    accounts   {username: standing}               roles, rights, names, and a digest of password and factors
    groups     {name: [permission, ...]}          groups that are no roles of this site
    reports    {key: digest}                      a reader's report and its outcome; null: it is deleted
    reviews    {key: digest}                      a note of a review; null: it is deleted with its desk
    shares     {key: digest}                      a link for comment; null: it is deleted with its desk
    found      true                               all of the above is what was found in the database, not acts
    clock      time of the act before             the clock was set back since then
    restored   {before, backup, signed_by}        the heads of the record that was replaced and of the backup

A digest is the SHA-256 of canonical JSON. Empty columns are left out of it, so that one that a later version adds
changes none.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.db import models
from django.db.models import F
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs import content
from drugs.models import (
    FAQ,
    ClassOfDrug,
    Contributor,
    DeskRevision,
    DrugName,
    Edition,
    Ingredient,
    Monograph,
    OneTimePassword,
    ProblemReport,
    Publication,
    Reference,
    ReviewNote,
    Section,
    ShareLink,
    SideEffect,
    SiteText,
)
from drugs.models.paging import batches

Facts = dict[str, Any]

CHUNK = 200  # rows that are read at a time
DESK_COLUMNS = ("title", "language", "origin")
DESK_TABLES = (DrugName, Ingredient, ClassOfDrug, Section, SideEffect, FAQ, Reference)
# Keys, places that the order of the rows says, and what is derived of another column.
NO_WORDS = {"id", "monograph_id", "position", "folded"}


def published(editions: Iterable[Edition]) -> Facts:
    """Fact of new editions, which makes their pages public."""
    return {"editions": [[edition.monograph.slug, edition.number, edition.record] for edition in editions]}


def withdrawn(publication: Publication) -> Facts:
    """Fact of a page that was withdrawn."""
    return {"pages": {publication.slug: withdrawal(publication)}}


def withdrawal(publication: Publication) -> dict[str, str] | None:
    """When and why a page was withdrawn and which one took its place; None of a page that is public."""
    if not publication.withdrawn_at:
        return None
    return {
        "at": _moment(publication.withdrawn_at),
        "reason": publication.withdrawn_reason,
        "successor": publication.successor.slug if publication.successor else "",
    }


def site_texts(texts: Iterable[SiteText]) -> Facts:
    """Fact of site texts as they are now."""
    return {"texts": {text.key: content.sha256(text.body) for text in texts}}


def account(user: AbstractBaseUser) -> Facts:
    """Fact of the account of `user`, as the database has it."""
    person = get_user_model().objects.get(pk=user.pk)
    return {"accounts": {person.get_username(): standing(person)}}


def standing(person: User) -> dict[str, Any]:
    """Roles, rights and names of an account; and one digest of password hash, factor and backup codes together.

    Nobody can guess a code from that digest: it holds the key of the app or the salt of the password besides.
    """
    keys = TOTPDevice.objects.filter(user=person, confirmed=True).values_list("key", flat=True)
    codes = StaticToken.objects.filter(device__user=person).values_list("token", flat=True)
    secrets = [person.password, sorted(keys), sorted(codes)]
    return {
        "is": [name for name in ("is_active", "is_staff", "is_superuser") if getattr(person, name)],
        "groups": sorted(person.groups.values_list("name", flat=True)),
        "rights": sorted(permissions_of(person.user_permissions)),
        "name": [person.first_name, person.last_name],
        "one_time": OneTimePassword.objects.filter(user=person).exists(),
        "secrets": digest(secrets),
    }


def permissions_of(permissions: models.Manager) -> list[str]:
    """Permissions as "app.codename", sorted."""
    names = permissions.values_list("content_type__app_label", "codename").order_by()
    return sorted(f"{app}.{codename}" for app, codename in names)


def groups() -> Facts:
    """Fact of all groups and what each of them may do."""
    return {
        "groups": {group.name: permissions_of(group.permissions) for group in Group.objects.order_by("name")}
    }


def reports(rows: Iterable[ProblemReport]) -> Facts:
    """Fact of readers' reports as they are now."""
    return {"reports": _digests(ProblemReport, rows)}


def review_notes(rows: Iterable[ReviewNote]) -> Facts:
    """Fact of notes of reviews."""
    return {"reviews": _digests(ReviewNote, rows)}


def share_links(rows: Iterable[ShareLink]) -> Facts:
    """Fact of links for comment as they are now."""
    return {"shares": _digests(ShareLink, rows)}


def _digests(model, rows):
    fields = [field for field in model._meta.concrete_fields if field.attname != "id"]
    return {
        str(row.pk): digest(_said({field.attname: getattr(row, field.attname) for field in fields}))
        for row in rows
    }


def deleted(kind: str, keys: Iterable[int]) -> Facts:
    """Fact of rows that are gone; `kind` is reports, reviews, shares or desks."""
    return {kind: dict.fromkeys(map(str, keys))}


def desks(monographs: Collection[Monograph]) -> Facts:
    """Facts of desks as the database has them, of the texts that they replaced, and of who changed them since a second
    person signed.
    """
    keys = [monograph.pk for monograph in monographs]
    replaced = _replaced(keys)
    return {
        "desks": {str(key): value for key, value in _states(keys, replaced).items()},
        "revisions": {str(key): {str(version): said} for key, (version, said) in replaced.items()},
        **writers(keys),
    }


def desk_states(keys: Collection[int]) -> dict[int, list[Any]]:
    """Slug, version and digest of the desks with these keys: nine queries.

    The digest covers the text that the last save replaced as well, from which edit conflicts are merged.
    """
    return _states(keys, _replaced(keys))


def _replaced(keys):
    """Version and SHA-256 of the document of each desk with one of these keys before its last save, if it was kept."""
    kept = DeskRevision.objects.filter(monograph__in=keys, version=F("monograph__version") - 1)
    rows = kept.values_list("monograph_id", "version", "document")
    return {pk: (version, content.sha256(document)) for pk, version, document in rows}


def _states(keys, replaced):
    rows: dict[int, dict[str, Any]] = {}
    states = {}
    for pk, slug, version, *words in Monograph.objects.filter(pk__in=keys).values_list(
        "pk", "slug", "version", *DESK_COLUMNS
    ):
        rows[pk] = _said(dict(zip(DESK_COLUMNS, words, strict=True)))
        states[pk] = [slug, version]
    for model in DESK_TABLES:
        columns = [field.attname for field in model._meta.concrete_fields if field.attname not in NO_WORDS]
        found = model.objects.filter(monograph__in=keys).order_by("monograph_id", "position", "id")
        for pk, *words in found.values_list("monograph_id", *columns):
            if pk in rows:
                said = _said(dict(zip(columns, words, strict=True)))
                rows[pk].setdefault(model.__name__.lower(), []).append(said)
    for pk, (_, said) in replaced.items():
        rows[pk]["replaced"] = said
    return {pk: [*states[pk], digest(words)] for pk, words in rows.items()}


def revisions(rows: Iterable[DeskRevision]) -> Facts:
    """Fact of texts of desks that were replaced, and are kept."""
    kept: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        kept[str(row.monograph_id)][str(row.version)] = content.sha256(row.document)
    return {"revisions": kept}


def writers(keys: Collection[int]) -> Facts:
    """Fact of who changed these desks since a second person signed them."""
    names: dict[str, list[str]] = {str(key): [] for key in keys}
    rows = Contributor.objects.filter(monograph__in=keys, signed_in=None).order_by("who")
    for key, who in rows.values_list("monograph_id", "who"):
        names[str(key)].append(who)
    return {"writers": names}


def everything() -> Iterator[Facts]:
    """Facts of all that the database says, where no act of this program has brought it there."""
    yield {"found": True}
    heads = {}
    newest = Edition.objects.order_by("monograph_id", "number")
    for slug, number, record in newest.values_list("monograph__slug", "number", "record").iterator(CHUNK):
        heads[slug] = [slug, number, record]
    yield {"editions": list(heads.values())}
    gone = Publication.objects.exclude(withdrawn_at=None).select_related("successor").order_by("slug")
    yield {"pages": {page.slug: withdrawal(page) for page in gone.iterator(CHUNK)}}
    all_desks: defaultdict[str, dict] = defaultdict(dict)
    for monographs in batches(Monograph.objects.all(), CHUNK):
        for name, states in desks(monographs).items():
            all_desks[name].update(states)
    yield {"desks": all_desks["desks"], "writers": all_desks["writers"]}
    yield revisions(DeskRevision.objects.order_by("monograph_id", "version").iterator(CHUNK))
    yield site_texts(SiteText.objects.order_by("key"))
    yield {
        "accounts": {user.get_username(): standing(user) for user in get_user_model().objects.order_by("pk")}
    }
    yield groups()
    yield reports(ProblemReport.objects.order_by("pk"))
    yield review_notes(ReviewNote.objects.order_by("pk"))
    yield share_links(ShareLink.objects.order_by("pk"))


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return content.sha256(content.canonical_json(value))


def _said(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns that say something, with moments and days as text."""
    return {
        name: _moment(value) if isinstance(value, datetime.datetime) else _plain(value)
        for name, value in columns.items()
        if value not in (None, "", [], False)
    }


def _plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def _moment(moment):
    return moment.astimezone(datetime.UTC).isoformat()
