"""Errors of publishing, each a sentence for the person who asked."""

from drugs.content import Finding


class PublishingError(Exception):
    """Refusal of publishing: why something cannot be done, in a sentence for the person who asked."""


class Unchanged(PublishingError):
    """Nothing to publish: the desk says what the current edition says."""


class Blocked(PublishingError):
    """Findings of the checks forbid it: those of level `block`, or of `review` for a signature."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings
