"""The JSON record of a monograph: its document with source, status, disclaimer and edition."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from drugs.content import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drugs.audit.withdrawals import Withdrawal
    from drugs.models import Edition, Publication


@dataclass(frozen=True)
class Exported:
    """One monograph on its way out: its document and the rows that say where it came from and how it stands.

    `edition` and `publication` are None for a desk never published, `source` for a page that no file was read for.
    """

    document: Document
    source: dict[str, str] | None
    publication: Publication | None
    edition: Edition | None
    withdrawals: tuple[Withdrawal, ...]


class Terms(NamedTuple):
    """What the operator says of every text: the short disclaimer, the licence and whom to name."""

    disclaimer: str
    licence: str
    attribution: str


def as_json(exported: Exported, terms: Terms) -> dict[str, Any]:
    """JSON record as a dict: one line of the NDJSON export, and the JSON of a page. `json_schema` describes it.

    `terms` are the operator's.
    """
    return {
        **exported.document.to_dict(),
        "source": exported.source,
        "status": exported.publication.status if exported.publication else "not_reviewed",
        **terms._asdict(),
        "edition": edition_as_json(exported.edition) if exported.edition else None,
        "withdrawals": withdrawals_as_json(exported.withdrawals),
    }


def withdrawals_as_json(withdrawals: Iterable[Withdrawal]) -> list[dict[str, str | None]]:
    """The withdrawals of a page in their order; `returned_at` is null while readers do not have it again."""
    return [
        {
            "withdrawn_at": withdrawal.withdrawn_at.isoformat(),
            "reason": withdrawal.reason,
            "returned_at": withdrawal.returned_at.isoformat() if withdrawal.returned_at else None,
        }
        for withdrawal in withdrawals
    ]


def withdrawal_as_json(publication: Publication, withdrawals: Iterable[Withdrawal]) -> dict[str, Any]:
    """What programs are told in the place of a page that was withdrawn; `successor` is the page that replaces it."""
    assert publication.withdrawn_at
    return {
        "slug": publication.slug,
        "title": publication.title,
        "status": "withdrawn",
        "withdrawn_at": publication.withdrawn_at.isoformat(),
        "withdrawn_reason": publication.withdrawn_reason,
        "successor": publication.successor.slug if publication.successor else None,
        "withdrawals": withdrawals_as_json(withdrawals),
    }


def as_line(exported: Exported, terms: Terms) -> str:
    """NDJSON line of the record: `as_json` on one line of text that ends in a newline."""
    return json.dumps(as_json(exported, terms), ensure_ascii=False) + "\n"


def edition_as_json(edition: Edition) -> dict[str, Any]:
    """What is known of an edition beside its text; its hashes are explained by the JSON Schema."""
    return {
        "number": edition.number,
        "kind": edition.kind,
        "note": edition.note,
        "published_at": edition.published_at.astimezone(datetime.UTC).isoformat(),
        "published_by": edition.published_by,
        "sha256": edition.sha256,
        "previous": edition.previous,
        "record": edition.record,
        "reviewed_by": edition.reviewed_by,
        "reviewer_role": edition.reviewer_role,
        "reviewed_on": edition.reviewed_on and edition.reviewed_on.isoformat(),
        "review_due": edition.review_due and edition.review_due.isoformat(),
        "review_of": edition.review_of,
    }
