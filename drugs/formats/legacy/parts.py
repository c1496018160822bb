"""Parts of a legacy page: its stretches under one name each, and what can be told of them once all are there."""

from dataclasses import dataclass, field

from drugs.formats.legacy.blocks import paragraph
from drugs.formats.legacy.notices import closing_notice
from drugs.formats.legacy.questions import ends_in_answer, hold_questions

GENERIC_NAME = "generic_name"


@dataclass(slots=True)
class Part:
    """Stretch of the page under one name.

    `heading` is the source's own, blank when it is the plain name of the kind; `dropped` is that plain name.
    `component` is the drug of a combination that the part is about, `above` another heading that it stands below, such
    as that of an age: both are the label of its effects. `labels` says whether bold labels may start
    the next part, `level` how deep its heading was.
    """

    kind: str
    heading: str
    line: int
    dropped: str = ""
    component: str = ""
    above: str = ""
    labels: bool = False
    level: int = 0
    blocks: list = field(default_factory=list)
    _looked_at: int = 0  # of the blocks, for questions
    _asks: bool = False

    def asks_without_headings(self):
        """True if questions of another shape stand in the part. Each block is looked at once."""
        self._asks = self._asks or hold_questions(self.blocks[self._looked_at :])
        self._looked_at = len(self.blocks)
        return self._asks

    @property
    def is_empty(self):
        return not (self.blocks or self.heading or self.dropped)


def move_closing_notices(parts):
    """Closing notices: each paragraph at the very end of `parts` that speaks about the page itself becomes one."""
    notices = []
    while len(parts) > 1:
        last = parts[-1]
        if last.kind == "notice" or last.is_empty:
            notices.insert(0, parts.pop())
            continue
        notice = _closing_notice(last)
        if not notice or (len(last.blocks) == 1 and (last.heading or last.dropped)):
            break
        line = last.blocks.pop().line
        notices.insert(0, Part("notice", notice.marker, line, blocks=[paragraph(notice.text, line)]))
    parts += notices


def _closing_notice(part):
    """Notice in the last block of a part; None where that answers a question."""
    if not part.blocks or (part.kind == "faqs" and ends_in_answer(part.blocks)):
        return None
    return closing_notice(part.blocks[-1])
