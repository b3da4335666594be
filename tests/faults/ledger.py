"""What clients sent, what they were told is saved, and whether the database agrees."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.attempt import Response

Place = tuple[str, int]  # attempt id and position


@dataclass(frozen=True, slots=True)
class Post:
    """An answer that went out. An empty `chosen` takes the answer back."""

    place: Place
    chosen: str
    base_revision: int
    key: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that a client was told is saved."""

    place: Place
    revision: int
    chosen: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison found. Units: answers."""

    acknowledged: int
    lost: int = 0
    duplicated: int = 0
    altered: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.duplicated or self.altered)

    def line(self, kills: int) -> str:
        return (
            f"kills {kills}, acknowledged {self.acknowledged}, lost {self.lost}, "
            f"duplicated {self.duplicated}, altered {self.altered}"
        )


class Ledger:
    """The clients' own record; every client writes to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: dict[tuple[str, str], Post] = {}  # by attempt and key
        self._kept: list[Kept] = []

    @property
    def acknowledged(self) -> int:
        return len(self._kept)

    def send(self, post: Post) -> None:
        with self._lock:
            self._sent[post.place[0], post.key] = post

    def acknowledge(self, post: Post, revision: int) -> None:
        with self._lock:
            self._kept.append(Kept(post.place, revision, post.chosen))

    def compare(self, responses: Iterable[tuple[str, Response]]) -> Verdict:
        """Holds every answer in the database against this record.

        Lost: acknowledged and not there. Duplicated: two rows for one post, or for one place in
        the order. Altered: there, but not as it was sent, or never sent at all, so that no later
        row can hide an acknowledged one. What was never acknowledged may be there or not.
        """
        rows = list(responses)
        there: dict[tuple[Place, int], list[str]] = defaultdict(list)
        for attempt_id, row in rows:
            there[(attempt_id, row.position), row.revision].append("".join(row.chosen))
        kept = set(self._kept)
        lost = sum((one.place, one.revision) not in there for one in kept)
        altered = sum(
            one.chosen not in there.get((one.place, one.revision), [one.chosen]) for one in kept
        )
        altered += sum(not self._was_sent(attempt_id, row) for attempt_id, row in rows)
        keys = Counter((attempt_id, row.request_key) for attempt_id, row in rows)
        duplicated = sum(count - 1 for count in keys.values())
        duplicated += sum(len(chosen) - 1 for chosen in there.values())
        return Verdict(len(self._kept), lost, duplicated, altered)

    def _was_sent(self, attempt_id: str, row: Response) -> bool:
        post = self._sent.get((attempt_id, row.request_key))
        return post is not None and (post.place, post.chosen, post.base_revision + 1) == (
            (attempt_id, row.position),
            "".join(row.chosen),
            row.revision,
        )
