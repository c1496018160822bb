"""Share links: one revision of a desk shown to somebody without an account, who may comment on it until a day.

The address is signed with the site's key, and holds for the row that it names: nothing in the database, or in a backup
of it, opens a link, and another MEDINFO_SECRET_KEY ends all of them. A link leads somewhere only while whoever made it
may change texts.
"""

import datetime
import secrets
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from drugs import audit
from drugs.audit import facts
from drugs.content import Document, DocumentError, sha256
from drugs.desk.review_notes import add_note
from drugs.desk.revisions import revision
from drugs.desk.rewriting import StaleDesk
from drugs.desk.rows import keep_replaced, read
from drugs.models import Monograph, ReviewNote, ShareLink
from drugs.models.review_notes import Act

DAYS = (1, 7, 30)  # for which a link may be open
USUAL_DAYS = 7
MOST_COMMENTS = 20  # by one link
COMMENT_CHARS, NAME_CHARS = 2_000, 100
MOST_OPEN = 10  # links of one page at a time
WITHOUT_ACCOUNT = "(without an account)"  # behind the name; no user name has blanks or brackets

_TOKEN_CHARS = 200


class LinkRefused(Exception):
    """A link that is not made, or a comment that is not taken, with a sentence that says why."""


class LinkFull(LinkRefused):
    """A comment beyond MOST_COMMENTS."""


class SharedText(NamedTuple):
    """An open link, and the text that it shows."""

    link: ShareLink
    document: Document


@transaction.atomic
def share(monograph: Monograph, *, by: str, version: int, days: int) -> ShareLink:
    """A new link to the desk of `monograph` as `version`, which whoever shares it has read, for so many `days`.

    Raises StaleDesk if the desk says something else by now, DocumentError if no page can say it, and LinkRefused.
    """
    audit.lock_log()
    monograph = Monograph.objects.select_for_update().get(pk=monograph.pk)
    if version != monograph.version:
        raise StaleDesk
    if days not in DAYS:
        raise LinkRefused("Choose for how many days the link is open.")
    now = timezone.now()
    if monograph.share_links.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_OPEN:
        raise LinkRefused(f"{MOST_OPEN} links to this page are open. Revoke one first.")
    document = read(monograph)
    keep_replaced(monograph)
    link = ShareLink.objects.create(
        monograph=monograph,
        version=version,
        sha256=sha256(document.to_json()),
        nonce=secrets.token_hex(8),
        made_by=by,
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    detail = f"link {link.pk}, version {version}, {days} day{'s' * (days > 1)}"
    audit.record(by, "shared", monograph.slug, detail, facts.share_links([link]), at=now)
    return link


@transaction.atomic
def revoke(link: ShareLink, *, by: str) -> None:
    """The end of `link` at once. One that is revoked already stays as it is."""
    audit.lock_log()
    link = ShareLink.objects.select_for_update().select_related("monograph").get(pk=link.pk)
    if link.revoked_at:
        return
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    stated = facts.share_links([link])
    audit.record(by, "share_revoked", link.monograph.slug, f"link {link.pk}", stated, at=link.revoked_at)


def may_share(account: str) -> bool:
    """Whether the account of this name may change texts, as who makes a link must: one query."""
    people = get_user_model().objects.with_perm(
        "drugs.change_monograph", backend="django.contrib.auth.backends.ModelBackend"
    )
    return people.filter(username=account, is_staff=True).exists()


@transaction.atomic
def end_links_without_right(account: str, *, by: str) -> int:
    """The end of every open link of the account of this name, if it may not share any more; how many that were."""
    audit.lock_log()
    if may_share(account):
        return 0
    still_open = ShareLink.objects.filter(made_by=account, revoked_at=None, expires_at__gt=timezone.now())
    links = list(still_open.order_by("pk"))
    for link in links:
        revoke(link, by=by)
    return len(links)


def token_of(link: ShareLink) -> str:
    """The part of the address that opens `link`."""
    return _signer().sign(f"{link.pk}-{link.nonce}")


def _signer() -> Signer:
    return Signer(salt="drugs.share-link", sep=".")


def find(token: str) -> SharedText | None:
    """What the link with this token shows; None if there is no such link, or none any more. The answer is the same.

    No database is asked before the signature holds.
    """
    try:
        key, _, nonce = _signer().unsign(token[:_TOKEN_CHARS]).partition("-")
    except BadSignature:
        return None
    link = ShareLink.objects.select_related("monograph").filter(pk=key, nonce=nonce).first()
    document = _document(link) if link and link.is_open and may_share(link.made_by) else None
    return SharedText(link, document) if link and document else None


def _document(link: ShareLink) -> Document | None:
    """The revision that `link` is bound to; None once it is not kept any more."""
    document = revision(link.monograph, link.version)
    if document is None and link.version == link.monograph.version:
        try:
            document = read(link.monograph)
        except DocumentError:
            return None
    return document if document and sha256(document.to_json()) == link.sha256 else None


@transaction.atomic
def comment_by_link(
    shared: SharedText, *, name: str, text: str, anchor: str = "", heading: str = ""
) -> ReviewNote | None:
    """What somebody without an account says of the text of a link; None if the same was said by it before.

    Raises LinkRefused if the link has ended meanwhile or takes no more.
    """
    audit.lock_log()
    link = ShareLink.objects.select_for_update().select_related("monograph").get(pk=shared.link.pk)
    if not (link.is_open and may_share(link.made_by)):
        raise LinkRefused("This link has ended.")
    by = f"{name} {WITHOUT_ACCOUNT}"
    comments = link.comments.all()
    if comments.filter(by=by, text=text, anchor=anchor).exists():  # sent twice, said once
        return None
    if comments.count() >= MOST_COMMENTS:
        raise LinkFull("This draft takes no more comments.")
    said = {"text": text, "anchor": anchor, "heading": heading}
    return add_note(
        link.monograph, shared.document, Act.COMMENTED, by, version=link.version, share=link, **said
    )
