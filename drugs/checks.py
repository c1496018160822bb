"""What must not be published, and what an editor should look at: Document to findings.

Three levels. `block` cannot be published at all, `review` cannot be published as reviewed, `look` asks an
editor for a tick. Each check is one function that yields findings; none touches a database.
"""

import re

from drugs.document import Finding

_REFUSAL = re.compile(
    r"\b(?:please (?:provide|specify|give me|tell me|clarify)"
    r"|i (?:need|require) (?:more information|the (?:generic )?name)"
    r"|could you (?:please )?(?:provide|specify|clarify)"
    r"|i (?:cannot|can't|am unable to|'m unable to) (?:provide|generate|create|fulfil))",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\{\w*\}|\[(?:specific|insert|drug|name of|brand|generic|your)\b[^\]\n]{0,60}\](?!\()", re.IGNORECASE
)
_CUT_OFF_TITLE = re.compile(r"[-+]$|[-+]\s*\.$|\s\.$")


def check(document):
    """All findings about `document`, the ones that block first."""
    findings = [finding for run in _CHECKS for finding in run(document)]
    return sorted(findings, key=lambda finding: ("block", "review", "look").index(finding.level))


def blocking(findings):
    """Those of `findings` that forbid publishing."""
    return [finding for finding in findings if finding.level == "block"]


def texts(document):
    """Every Markdown text of the document as pairs (path, text)."""
    for index, section in enumerate(document.sections):
        yield f"sections.{index}", f"{section.heading}\n{section.body}".strip()
    for index, effect in enumerate(document.side_effects):
        yield f"side_effects.{index}", f"{effect.name}\n{effect.description}".strip()
    for index, faq in enumerate(document.faqs):
        yield f"faqs.{index}", f"{faq.question}\n{faq.answer}".strip()


def _says_something(document):
    if not document.side_effects and not document.faqs and not any(s.body.strip() for s in document.sections):
        yield Finding("block", "empty", "The page has nothing but a title.", "sections")


def _title_is_whole(document):
    if _CUT_OFF_TITLE.search(document.title):
        yield Finding("block", "title-cut-off", "The title looks cut off at its end.", "title")


def _no_refusal(document):
    """A page without any section that informs, whose text asks back or declines, is a model's refusal."""
    informs = {section.kind for section in document.sections} & {
        "uses",
        "dosage",
        "side_effects",
        "how_it_works",
    }
    if informs:
        return
    for path, text in texts(document):
        if match := _REFUSAL.search(text):
            yield Finding(
                "block", "refusal", f"The text is a refusal or a question back: “{match[0]} …”", path
            )
            return


def _no_placeholder(document):
    for path, text in [("title", document.title), *texts(document)]:
        if match := _PLACEHOLDER.search(text):
            yield Finding("block", "placeholder", f"An unfilled placeholder: {match[0]}", path)


_CHECKS = (_says_something, _title_is_whole, _no_refusal, _no_placeholder)
