"""Four eyes: a signature covers what a second person has read, so nobody signs what they wrote themselves."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from drugs import desk
from drugs.models import Monograph
from drugs.publishing.errors import PublishingError

WROTE = _("who also wrote this text")


def signature_objection(monograph: Monograph, by: str) -> str:
    """Why `by` cannot sign the text on the desk, in a sentence; empty if nothing forbids it.

    Whoever changed anything since the last edition that a second person signed, or since the page began, is a
    writer of it, however many have saved and published since. MEDINFO_SECOND_PERSON=off lets writers sign.
    """
    if settings.SECOND_PERSON and by in desk.contributors(monograph):
        return (
            "You changed this text since a second person last signed it, so somebody else has to sign it. "
            "You can publish it as not reviewed."
        )
    return ""


def refuse_writer(monograph: Monograph, by: str) -> None:
    """A signature refused to whoever wrote. Raises PublishingError."""
    if objection := signature_objection(monograph, by):
        raise PublishingError(objection)


def stated_role(monograph: Monograph, by: str, role: str) -> str:
    """The professional role as readers see it: of a writer who may sign their own text it says that, too."""
    return ", ".join(filter(None, [role, str(WROTE)])) if by in desk.contributors(monograph) else role


def own_role(stated: str) -> str:
    """The professional role in what `stated_role` gave."""
    return stated.removesuffix(str(WROTE)).removesuffix(", ")
