"""The outcome of a finished attempt: in total and by topic, with what each figure rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.attempt import Attempt, Response
from app.domain.item import Item

FEW_ANSWERS = 10  # under this many, a share says too little to be told as one


@dataclass(frozen=True, slots=True)
class PartScore:
    """Right answers in one part of an attempt.

    Units: counts of items. Unanswered items count as not right.
    """

    code: str
    title: str
    right: int
    asked: int

    @property
    def rests_on_few(self) -> bool:
        """Says whether too few items were asked to speak of a share."""
        return self.asked < FEW_ANSWERS


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The result of one attempt. Shape: `topics` in the order first met on the form."""

    right: int
    asked: int
    answered: int
    topics: tuple[PartScore, ...]


def build_score_report(
    attempt: Attempt, responses: Mapping[int, Response], items: Mapping[tuple[str, str], Item]
) -> ScoreReport:
    """Counts right answers as they were judged when given.

    Shape: `responses` holds the current response by position; `items` every version on the
    form by (item id, version).
    """
    topics: dict[str, list[int]] = {}
    titles: dict[str, str] = {}
    for slot in attempt.slots:
        item = items[slot.item_id, slot.item_version]
        response = responses.get(slot.position)
        counts = topics.setdefault(item.topic, [0, 0])
        titles[item.topic] = item.topic_title
        counts[0] += int(response is not None and response.is_right)
        counts[1] += 1
    return ScoreReport(
        right=sum(counts[0] for counts in topics.values()),
        asked=len(attempt.slots),
        answered=len(responses),
        topics=tuple(
            PartScore(topic, titles[topic], right, asked)
            for topic, (right, asked) in topics.items()
        ),
    )
