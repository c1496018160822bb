"""Errors of publishing, each a sentence for the person who asked."""


class PublishingError(Exception):
    """Why something cannot be published, in a sentence for the person who asked."""


class Unchanged(PublishingError):
    """The desk says what the current edition says."""


class Blocked(PublishingError):
    """Checks forbid it; `findings` says why."""

    def __init__(self, findings):
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings
