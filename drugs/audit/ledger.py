"""Ledger: what the database has to say, added up from the facts of all acts in their order.

It holds one small entry for each page, account and report, and for the newest texts of each desk, however many
editions and acts there are.
"""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from drugs import content
from drugs.audit.log import CLOCK_TOLERANCE
from drugs.models import AuditEntry

# What an act must state that claims to have done this.
OWED = {
    "published": "editions",
    "reviewed": "editions",
    "withdrawn": "pages",
    "saved": "desks",
    "deleted": "desks",
    **dict.fromkeys(("handed_in", "asked_changes", "commented"), "reviews"),
    "shared": "shares",
    "share_revoked": "shares",
    "text_changed": "texts",
    "reported": "reports",
    "report_answered": "reports",
    "reports_purged": "reports",
    "restored_backup": "restored",
    **dict.fromkeys(("person_added", "person_changed", "password_set", "password_kept"), "accounts"),
    **dict.fromkeys(
        ("enrolled", "backup_codes", "backup_code", "factor_removed", "sessions_ended"), "accounts"
    ),
}
MOST_TEXTS = 400  # of a page that are remembered, the newest: twice as many as a desk keeps
AHEAD = datetime.timedelta(days=1)  # by which an act may be later than the clock of whoever verifies


@dataclass
class Chain:
    """The editions of one page as acts name them: the newest number, and a hash (`fold`) over all since `base`.

    `at` is when the newest was published and `act` the number of the act that says so.
    """

    base: int
    number: int
    fold: str
    at: datetime.datetime
    act: int


@dataclass
class Objection:
    """Something that acts themselves say against each other. A `warning` may have an honest reason."""

    message: str
    warning: bool = False


@dataclass
class Ledger:
    """What is so by all acts: values by slug, key or name, as `facts` has them."""

    chains: dict[str, Chain] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)  # the withdrawn ones
    desks: dict[str, list[Any]] = field(default_factory=dict)
    writers: dict[str, list[str]] = field(default_factory=dict)
    revisions: dict[str, dict[str, str]] = field(default_factory=dict)  # "" of a text that no act tells
    texts: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, str] = field(default_factory=dict)
    shares: dict[str, str] = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)
    found: list[AuditEntry] = field(default_factory=list)
    last: AuditEntry | None = None

    @classmethod
    def read(cls) -> "Ledger":
        """The ledger of all acts in the database."""
        ledger = cls()
        for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=500):
            ledger.add(entry)
        return ledger

    def add(self, entry: AuditEntry) -> None:
        """One more act."""
        try:
            facts = json.loads(entry.facts or "{}")
            if "found" in facts:
                self._begin_again(entry)
            self._check_clock(entry, facts)
            self._add(entry, facts)
        except (ValueError, TypeError, AttributeError):
            self._object(entry, "states something that this program cannot read")
        if entry.facts_sha256 and not entry.facts:
            self._object(entry, "has lost what it states")
        elif entry.action in OWED and f'"{OWED[entry.action]}":' not in entry.facts:
            self._object(
                entry, f"claims that {entry.who} {entry.words} {entry.object}, and states nothing of it"
            )
        self.last = entry

    def _begin_again(self, entry):
        """From here on what was found counts, and not what acts said before."""
        vars(self).update(vars(Ledger(found=[*self.found, entry], last=self.last)))

    def _check_clock(self, entry, facts):
        if self.last and entry.at < self.last.at - CLOCK_TOLERANCE and "clock" not in facts:
            self._object(
                entry,
                f"is dated {entry.at:%Y-%m-%d %H:%M}, before the act that it follows, and does not say why",
            )

    def _add(self, entry, facts):
        for slug, number, record in facts.get("editions", ()):
            self._publish(entry, slug, number, record, is_head="found" in facts)
        self.pages.update(facts.get("pages", {}))
        self.texts.update(facts.get("texts", {}))
        self.accounts.update(facts.get("accounts", {}))
        self.groups.update(facts.get("groups", {}))
        for key, kept in facts.get("revisions", {}).items():
            self._replace_text(key, kept)
        if "revisions" not in facts:
            for key, kept in _unsaid(facts).items():
                self._replace_text(key, {**kept, **self.revisions.get(key, {})})
        for name in ("desks", "writers", "reports", "reviews", "shares"):
            states = getattr(self, name)
            for key, state in facts.get(name, {}).items():
                states[key] = state
                if state is None:
                    del states[key]

    def _replace_text(self, key, kept):
        texts = self.revisions.setdefault(key, {})
        texts.update(kept)
        while len(texts) > MOST_TEXTS:
            del texts[next(iter(texts))]

    def _publish(self, entry, slug, number, record, *, is_head):
        self.pages.pop(slug, None)
        chain = self.chains.get(slug)
        if is_head:
            self.chains[slug] = Chain(number, number, record, entry.at, entry.number)
            return
        if number != (chain.number if chain else 0) + 1:
            self._object(
                entry, f"published edition {number} of {slug} after edition {chain.number if chain else 0}"
            )
        base, before = (chain.base, chain.fold) if chain else (0, "")
        folded = fold(before, record, entry.who, entry.action == "reviewed")
        self.chains[slug] = Chain(base, number, folded, entry.at, entry.number)

    def _object(self, entry, words):
        self.objections.append(Objection(f"Entry {entry.number} of the record of acts {words}."))


def _unsaid(facts):
    """Texts that an act replaced which a version of the program wrote that does not say what they were."""
    saved = {key: state for key, state in facts.get("desks", {}).items() if state and "found" not in facts}
    return {key: {str(version - 1): ""} for key, (_, version, _) in saved.items()}


def fold(before: str, record: str, by: str, is_signed: bool) -> str:
    """Hash over the editions of a page so far and one more: its record, who published it, and whether it was signed."""
    return content.sha256(f"{before}\n{record}\n{by}\n{is_signed}")
