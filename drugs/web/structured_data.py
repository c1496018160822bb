"""Structured data of a page for search engines, as JSON-LD in the words of schema.org: never more than readers see.

`document_data` is made once an edition; `page_data` puts around it what changes without one. Warnings are said only
while a review covers the very text, and doses and side effects never: a machine would repeat them without the page's
status beside them.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, TypedDict

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from drugs.content import Document
from drugs.content.components import with_component
from drugs.content.countries import country_name
from drugs.content.markdown import plain, plain_lines
from drugs.content.names import own_names
from drugs.models import Publication

# What would end the script element, or a line in it, for some reader of the page.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


# What the Drug says of itself under reviewed pages: the property, and the kind of section that it is said in.
WARNINGS = {
    "warning": "warning",
    "overdosage": "overdose",
    "pregnancyWarning": "pregnancy",
    "alcoholWarning": "food_alcohol",
}
# An ATC code of the fifth level names a substance; shorter ones name a class, and stand there.
SUBSTANCE = re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d")


class DocumentData(TypedDict):
    """The parts that only a document decides: `about` is a Drug, `questions` are its Questions, `citation` its
    references, and `warnings` what the Drug also says while it is reviewed.
    """

    about: dict[str, Any]
    questions: list[dict[str, Any]]
    citation: list[dict[str, Any]]
    warnings: dict[str, str]


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
                "drugClass": [
                    _without_blanks({"@type": "DrugClass", "name": item.name, "code": _code(item.atc)})
                    for item in document.classes
                ],
                "code": [_code(item.atc) for item in document.classes if SUBSTANCE.fullmatch(item.atc)],
            }
        ),
        "questions": [_question(faq) for faq in document.faqs if faq.answer],
        "citation": [_citation(reference) for reference in document.references],
        "warnings": _without_blanks({name: _said(document, kind) for name, kind in WARNINGS.items()}),
    }


def _code(atc):
    return {"@type": "MedicalCode", "codeValue": atc, "codingSystem": "ATC"} if atc else None


def _citation(reference):
    return _without_blanks(
        {
            "@type": "CreativeWork",
            "name": reference.title,
            "publisher": reference.publisher and {"@type": "Organization", "name": reference.publisher},
            "url": reference.url,
            "version": reference.version,
            "datePublished": reference.date or reference.year and str(reference.year),
            "spatialCoverage": reference.country
            and {"@type": "Country", "name": country_name(reference.country)},
        }
    )


def _said(document, kind):
    """All sections of a kind as text, each with the component that it speaks of."""
    return "\n".join(
        with_component(section.component, plain_lines(section.body)) for section in document.of_kind(kind)
    )


def _names(document, *kinds):
    """Misspellings are nobody's name for it."""
    return list(dict.fromkeys(name.text for name in own_names(document) if name.kind in kinds))


def _question(faq):
    answer = {"@type": "Answer", "text": plain_lines(faq.answer)}
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
        "about": {**parts["about"], **(parts["warnings"] if _is_reviewed(publication) else {})},
        "citation": parts["citation"],
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.BASE_URL},
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"},
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


def _is_reviewed(publication):
    """Whether the text is reviewed as it stands: not once a name or a comma changed, or the review ran out."""
    return publication.status == "reviewed" and publication.review_of == publication.number


def _review(publication):
    if not _is_reviewed(publication):
        return {}
    reviewer = {"@type": "Person", "name": publication.reviewed_by, "jobTitle": publication.reviewer_role}
    return {"lastReviewed": publication.reviewed_on.isoformat(), "reviewedBy": _without_blanks(reviewer)}


def _without_blanks(values):
    return {key: value for key, value in values.items() if value}


def to_html(data: object) -> str:
    """`data` as the content of a script element, which no text in it can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - JSON in which nothing is left that HTML or JavaScript could read
