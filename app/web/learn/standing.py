"""Where a person stands, gathered once for Today and My progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.lesson import reading_state
from app.domain.person import Viewer
from app.domain.practice_supply import supply
from app.domain.score_report import PartScore
from app.domain.study_plan import Standing
from app.library.library import Library
from app.services.assigned import own_standings
from app.storage.queries.learn_pages import ItemCount
from app.storage.store import Store
from app.web.learn.pages import DomainLine
from app.web.shared.filters import say_count

AADC = "aadc"


def standing_of(store: Store, library: Library, viewer: Viewer, *, today: date) -> Standing:
    """Reads where a person stands today."""
    read = store.reading.all_of([viewer.id]).get(viewer.id, {})
    last_right = store.attempts.last_right(viewer.id)
    there = supply(library.practice, last_right)
    return Standing(
        reading={
            lesson.id: reading_state(lesson, read.get(lesson.id, frozenset()))
            for lesson in library.lessons.values()
        },
        played=frozenset(run.scenario_id for run in store.runs.ended_of([viewer.id])),
        missed=there.missed,
        unseen=there.unseen,
        asked=own_standings(store, library, viewer, today=today),
    )


def domain_lines(library: Library, counts: Mapping[str, ItemCount]) -> tuple[DomainLine, ...]:
    """What has been answered in each domain of the exam; few answers are told as few."""
    blueprint = library.blueprints.get(AADC)
    lines = []
    for domain in blueprint.domains if blueprint else ():
        of_domain = [
            count
            for item_id, count in counts.items()
            if item_id in library.items and library.items[item_id].domain == domain.code
        ]
        answered = sum(count.answered for count in of_domain)
        right = sum(count.right for count in of_domain)
        lines.append(_line(PartScore(domain.code, domain.title, right, answered)))
    return tuple(lines)


def _line(score: PartScore) -> DomainLine:
    asked, right = score.asked, score.right
    if score.rests_on_few:
        words = say_count(asked, "answer") + " so far" if asked else "nothing answered yet"
        return DomainLine(score.title, asked, right, "open", words)
    return DomainLine(score.title, asked, right, "info", f"{right} of {asked} right")
