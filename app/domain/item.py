"""One question with its options and key, and how a response to it scores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.ids import fingerprint
from app.domain.review_mark import ReviewMark


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of an item, with the reason why it is right or wrong."""

    id: str
    text: str
    why: str


@dataclass(frozen=True)  # without slots, so that the version is worked out only once
class Item:
    """One scored question.

    Shape: `key` holds the ids of the right options; today always exactly one.
    None: `vignette` is empty when the stem stands alone.
    """

    id: str
    stem: str
    options: tuple[Option, ...]
    key: tuple[str, ...]
    domain: str
    competencies: tuple[str, ...]
    level: str  # recall, apply, analyse
    difficulty: int  # the author's estimate, 1 to 5
    pool: str  # practice, mock
    status: str  # draft, pretest, live, retired
    refs: tuple[str, ...]
    reviewed: ReviewMark
    topic: str
    topic_title: str
    area: str
    lesson: str  # id of the lesson to read, area/slug; empty: none on the topic yet
    vignette_id: str = ""
    vignette: str = ""
    path: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @cached_property
    def version(self) -> str:
        """Names this exact wording, key and rationale; any edit gives another version.

        Where it stands in its file, its review, status and estimates are not part of it.
        """
        body = {
            "id": self.id,
            "vignette": self.vignette,
            "stem": self.stem,
            "options": [[option.id, option.text, option.why] for option in self.options],
            "key": list(self.key),
            "domain": self.domain,
            "competencies": list(self.competencies),
            "refs": list(self.refs),
            "topic": [self.area, self.topic, self.topic_title, self.lesson],
        }
        return fingerprint(json.dumps(body, ensure_ascii=False, sort_keys=True))

    @property
    def is_offered(self) -> bool:
        """Says whether learners may meet it: live, or on trial as a pretest item."""
        return self.status in {"live", "pretest"}

    def option(self, option_id: str) -> Option | None:
        """Finds an option by its id. None: the item has no such option."""
        return next((option for option in self.options if option.id == option_id), None)


def is_correct(item: Item, chosen: Sequence[str]) -> bool:
    """Says whether a response names the whole key and nothing else."""
    return set(chosen) == set(item.key)
