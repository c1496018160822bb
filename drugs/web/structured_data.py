"""Structured data of a page for search engines, as JSON-LD in the words of schema.org: never more than readers see.

`document_data` is made once an edition; `page_data` puts around it what changes without one. Warnings, doses and
side effects stay out: a machine would repeat them without the page's status beside them.
"""

import json
from collections.abc import Iterable
from typing import Any, TypedDict

from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from drugs.content import Document
from drugs.content.markdown import plain, render
from drugs.content.names import own_names
from drugs.models import Publication
from drugs.web import checked_against

# What would end the script element, or a line in it, for some reader of the page.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


class DocumentData(TypedDict):
    """The parts that only a document decides: `about` is a Drug, `questions` are its Questions, `citations` the labels
    that it was checked against.
    """

    about: dict[str, Any]
    questions: list[dict[str, Any]]
    citations: list[dict[str, Any]]


def document_data(document: Document) -> DocumentData:
    """The structured data of a document, without what only its publication knows."""
    return {
        "about": _without_blanks(
            {
                "@type": "Drug",
                "name": document.title,
                "nonProprietaryName": _names(document, "generic"),
                "proprietaryName": _names(document, "brand"),
                "alternateName": _names(document, "synonym", "abbreviation"),
                "activeIngredient": list(document.ingredients),
                "drugClass": [{"@type": "DrugClass", "name": item.name} for item in document.classes],
            }
        ),
        "questions": [_question(faq) for faq in document.faqs if faq.answer],
        "citations": checked_against.citations(document),
    }


def _names(document, *kinds):
    """Misspellings are nobody's name for it."""
    return list(dict.fromkeys(name.text for name in own_names(document) if name.kind in kinds))


def _question(faq):
    """The answer is HTML as on the page: lines of a list, run together, could be read as another dose."""
    answer = {"@type": "Answer", "text": str(render(faq.answer)).strip()}
    about = {"about": {"@type": "Drug", "name": faq.component}} if faq.component else {}
    return {"@type": "Question", "name": plain(faq.question), "acceptedAnswer": answer, **about}


def caution(publication: Publication) -> str:
    """What readers are told about the page before all else; "" while a review covers it."""
    return {
        "not_reviewed": _("Not yet reviewed by a clinician."),
        "overdue": _("The review of this page is overdue."),
    }.get(publication.status, "")


def described(publication: Publication) -> str:
    """The page in a sentence, for places where its banner is not seen: the caution stands first."""
    return " ".join(filter(None, (caution(publication), publication.summary)))


def page_data(
    publication: Publication,
    parts: DocumentData,
    *,
    address: str,
    language: str,
    trail: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """The MedicalWebPage of a publication, and the FAQPage of its questions, as a JSON-LD graph.

    `parts` are those of its document, in `language`; `address` is the page's own; `trail`, the breadcrumb, are
    pairs of name and address that lead to it.
    """
    page = {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": publication.title,
        "description": described(publication),
        "inLanguage": language,
        "version": publication.number,
        "dateModified": timezone.localdate(publication.published_at).isoformat(),
        "creativeWorkStatus": caution(publication),
        "about": parts["about"],
        "citation": parts["citations"],
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": name, "item": {"@id": place}}
                for position, (name, place) in enumerate(trail, start=1)
            ],
        },
        **_review(publication),
    }
    graph = [_without_blanks(page)]
    if parts["questions"]:
        part_of = {"@type": "FAQPage", "@id": f"{address}#faqs", "isPartOf": {"@id": address}}
        graph.append({**part_of, "inLanguage": language, "mainEntity": parts["questions"]})
    return {"@context": "https://schema.org", "@graph": graph}


def _review(publication):
    """Who reviewed the text as it stands: nobody, once a name or a comma changed or the review ran out."""
    if publication.status != "reviewed" or publication.review_of != publication.number:
        return {}
    reviewer = {"@type": "Person", "name": publication.reviewed_by, "jobTitle": publication.reviewer_role}
    return {"lastReviewed": publication.reviewed_on.isoformat(), "reviewedBy": _without_blanks(reviewer)}


def _without_blanks(values):
    return {key: value for key, value in values.items() if value}


def to_html(data: object) -> str:
    """`data` as the content of a script element, which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - JSON in which nothing is left that HTML or JavaScript could read
