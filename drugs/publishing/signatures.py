"""Four eyes: a signature covers what a second person has read, so nobody signs what they wrote themselves."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from drugs import desk
from drugs.audit import takeovers
from drugs.models import Monograph
from drugs.publishing.errors import PublishingError

WROTE = _("who also wrote this text")


def is_writer(monograph: Monograph, by: str) -> bool:
    """Whether `by` changed anything since the last edition that a second person signed, or since the page began.

    Accounts whose names differ in capitals only are taken for one person.
    """
    return by.casefold() in map(str.casefold, desk.contributors(monograph))


def lacks_second_person(monograph: Monograph, by: str) -> bool:
    """Whether `by` is a writer on a site that asks for a second person (MEDINFO_SECOND_PERSON)."""
    return settings.SECOND_PERSON and is_writer(monograph, by)


def signature_objection(monograph: Monograph, by: str) -> str:
    """Why `by` cannot sign the text on the desk, in a sentence; empty if nothing forbids it.

    However many have saved and published since, a writer stays one until a second person has signed. An account
    that somebody else could open signs nothing for a day.
    """
    if objection := takeovers.signing_objection(by):
        return objection
    if lacks_second_person(monograph, by):
        return (
            "You changed this text since a second person last signed it, so somebody else has to sign it. "
            "You can publish it as not reviewed."
        )
    return ""


def refuse_signature(monograph: Monograph, by: str) -> None:
    """A signature refused to whoever wrote, and to an account just opened by another. Raises PublishingError."""
    if objection := signature_objection(monograph, by):
        raise PublishingError(objection)


def stated_role(role: str) -> str:
    """The professional role of a writer who signs their own text, as readers see it: it says that, too."""
    return ", ".join(filter(None, [role, str(WROTE)]))


def own_role(stated: str) -> str:
    """The professional role alone, of one that may be as `stated_role` gave it."""
    return stated.removesuffix(str(WROTE)).removesuffix(", ")
