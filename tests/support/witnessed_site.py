"""A site with something of everything that acts speak of, held against them by `verify`."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from drugs import desk, publishing
from drugs.accounts import second_factor
from drugs.backups.integrity import CHAINS, verify
from drugs.desk.share_links import share
from drugs.models import OneTimePassword, Publication
from tests.support.builders import make_document, make_monograph, make_report, make_review, publish_document
from tests.support.desk_posts import make_person, record_account
from tests.support.module_rows import rows_of_a_module


@contextmanager
def witnessed_site(django_db_blocker) -> Iterator[None]:
    """The site, made once for all tests of a module."""
    with rows_of_a_module(django_db_blocker):
        page = publish_document()
        desk.write(make_document(title="Examplol forte"), by="ed", monograph=page.monograph)
        publishing.publish(page.monograph, by="rey", kind="clarity", note="Stronger.", review=make_review())
        desk.write(make_document(title="Examplol extra"), by="ed", monograph=page.monograph)
        publish_document(slug="other", title="Otherol")
        publishing.withdraw(publish_document(slug="gone", title="Gone"), reason="Recalled.", by="rey")
        make_report(page.monograph)
        draft = make_monograph(slug="draft", title="Draftol")
        for title in ("Draftolin", "Draftolol"):
            draft = desk.write(
                make_document(slug="draft", title=title, ingredients=("Draftol", "Otherol")),
                by="ed",
                monograph=draft,
            )
        share(draft, by="ed", version=draft.version, days=7)
        publishing.comment(draft, by="rey", text="Which leaflet?", version=draft.version, anchor="uses")
        for name, role in (("rey", "Reviewers"), ("ed", "Editors")):
            record_account(make_person(name, role, first_name=name.title(), last_name="Doe"))
        rey = get_user_model().objects.get(username="rey")
        TOTPDevice.objects.create(user=rey, key="aa" * 20, name="app")
        second_factor.renew_backup_codes(rey)
        new = make_person("new", "Editors")
        OneTimePassword.objects.create(user=new)
        record_account(new)
        yield


def found() -> str:
    """What `verify` finds wrong, a line each, without warnings."""
    return "\n".join(str(fault) for fault in verify(CHAINS) if not fault.warning)


def page(slug: str) -> QuerySet[Publication]:
    return Publication.objects.filter(slug=slug)


def person(name: str) -> QuerySet:
    return get_user_model().objects.filter(username=name)
