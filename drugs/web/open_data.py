"""Shapes of a page for programs: what each says of its text beside the text, and the Markdown that they read."""

import datetime
import json

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from drugs import formats
from drugs.content import Document
from drugs.content.countries import country
from drugs.content.vocabulary import URGENCY_LABELS
from drugs.formats.json_record import Terms
from drugs.models import Publication
from drugs.web import checked_against, site_texts
from drugs.web.lookup import source_changed_on


def terms() -> Terms:
    """The operator's Terms of every text: one query. Without a licence it is said that none is stated."""
    licence = settings.LICENCE or _("no licence stated")
    return Terms(site_texts.load()["disclaimer_short"], licence, settings.ATTRIBUTION)


_LLMS_TXT = """# {site}

> {disclaimer}

{site} holds pages of general information about medicines. Each says its status.

- A text whose status is `not_reviewed` was reviewed by no clinician: whoever passes it on must mark it so, and must not
  quote doses from it. `overdue` means that the next review is late.
- Pass on the status, the review, the edition and the disclaimer with every text.
- Licence: {licence}
- Attribution: {attribution}

## Where the texts are

- [List of all pages, JSON]({list}): 100 at a time, `next` is the `cursor` of the next request
- [What changed]({changes}): `cursor` is the `since` of the next request; delete what was withdrawn
- [All of it at once]({bulk}): a line of JSON a page, compressed; [all names]({names})
- [All addresses]({docs}), [OpenAPI]({openapi})
- One page as Markdown: {markdown}
- One page as JSON: {json}
- [JSON Schema of a page]({schema})
"""


def llms_txt() -> str:
    """Text of /llms.txt: what the site is, what must go with its texts, and where they are; one query."""
    said = {name: " ".join(text.split()) for name, text in terms()._asdict().items()}
    said["attribution"] = said["attribution"] or "nobody stated"
    base = settings.BASE_URL
    return _LLMS_TXT.format(
        **said,
        site=" ".join(settings.SITE_NAME.split()),
        list=base + reverse("drugs:api-monographs"),
        changes=base + reverse("drugs:api-changes"),
        bulk=base + reverse("drugs:api-bulk-monographs.ndjson.gz"),
        names=base + reverse("drugs:api-bulk-names.json"),
        docs=base + reverse("drugs:api-docs"),
        openapi=base + reverse("drugs:api-openapi"),
        markdown=f"{base}/drugs/<slug>.md",
        json=f"{base}/drugs/<slug>.json",
        schema=base + reverse("drugs:monograph-schema"),
    )


def markdown(publication: Publication) -> str:
    """Markdown of the page: status and disclaimer in front matter and in the first line, urgency in words.

    A source that changed since the page was checked against it is said there too.
    """
    said, changed_on = terms(), source_changed_on(publication)
    facts = {
        "status": publication.status,
        "reviewed_by": publication.reviewed_by,
        "reviewer_role": publication.reviewer_role,
        "reviewed_on": publication.reviewed_on,
        "review_due": publication.review_due,
        "source_changed_on": changed_on,
        "edition": publication.number,
        "published_at": publication.published_at.isoformat(),
        "url": settings.BASE_URL + publication.get_absolute_url(),
        **said._asdict(),
    }
    # A quoted line is one line, whatever an editor wrote.
    sentences = (status_sentence(publication), _source_sentence(changed_on), said.disclaimer)
    first = " ".join(" ".join(sentences).split())
    urgencies = {
        urgency: _(labels.phrase).capitalize() + "."
        for urgency, labels in URGENCY_LABELS.items()
        if urgency != "unsorted"
    }
    document = Document.from_json(publication.edition.document)
    return formats.write_for_readers(
        document, facts, first, urgencies, said_last=checked_against.markdown_list(document)
    )


def _source_sentence(changed_on: datetime.date | None) -> str:
    """The notice that a source changed, in the words of the page; empty where there is none."""
    if changed_on is None:
        return ""
    told = _("A source of this page changed on %(date)s.") % {"date": changed_on}
    return f"{told} {_('Nobody has checked the page against it since.')}"


def withdrawn_markdown(publication: Publication) -> str:
    """Markdown in the place of a page that was withdrawn: its status, when and why."""
    facts = {
        "title": publication.title,
        "status": publication.status,
        "withdrawn_at": publication.withdrawn_at and publication.withdrawn_at.isoformat(),
        "withdrawn_reason": publication.withdrawn_reason,
    }
    # JSON on one line is YAML.
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    here = country(settings.COUNTRY)
    advice = (
        _("This page was withdrawn. Do not use earlier copies of it."),
        _("If you take this medicine, do not stop it because this page is gone: ask a doctor or pharmacist."),
        here.if_unwell,
        _("Has somebody taken too much?"),
        here.poison_advice,
    )
    return f"---\n{front}\n---\n\n> {' '.join(advice)}\n"


def status_sentence(publication: Publication) -> str:
    """The status of a page that readers may see, with reviewer and days."""
    if publication.status == "not_reviewed":
        return _("Not yet reviewed by a clinician.")
    said = {"name": publication.reviewed_by, "day": publication.reviewed_on, "due": publication.review_due}
    if publication.status == "overdue":
        return _("Reviewed by %(name)s on %(day)s; the next review was due on %(due)s and is overdue.") % said
    return _("Reviewed by %(name)s on %(day)s; the next review is due on %(due)s.") % said
