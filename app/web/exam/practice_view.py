"""Puts the page to build a quiz on screen: choices with their counts, and what fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from flask import url_for

from app.domain.attempt import Feedback
from app.domain.practice import (
    PracticeSupply,
    PracticeWish,
    Seen,
    WishPart,
)
from app.domain.practice_preset import Preset
from app.domain.practice_supply import PracticeOutlook, outlook
from app.library.library import Library
from app.storage.queries.learn_pages import practice_quizzes
from app.storage.store import Store
from app.web.exam.inputs import DIFFICULTIES, SEEN, PracticeInput, query_of
from app.web.exam.practice_buttons import missed_button
from app.web.exam.practice_pages import (
    Choice,
    ChoiceGroup,
    Fitting,
    MoreChoices,
    PracticePage,
    PresetLine,
    TopicChoice,
    TopicGroup,
)
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count
from app.web.shared.part_data import Way

RECENT = 5
NONE_OF_IT = PracticeSupply(0, 0, 0)
BEHIND_MORE = frozenset({"seen", "domain", "difficulty", "competency", "minutes", "feedback"})
PARTS = {
    WishPart.TOPICS: "Take any topic",
    WishPart.DOMAINS: "Take any domain",
    WishPart.COMPETENCIES: "Take any competency",
    WishPart.DIFFICULTIES: "Take any difficulty",
    WishPart.SEEN: "Take any question, met before or not",
}


def practice_page(
    store: Store,
    library: Library,
    person_id: str,
    form: PracticeInput,
    asked: tuple[str, ...],
) -> PracticePage:
    """Gathers what a person can practice."""
    wish, record = form.wish(), store.practice.record(person_id)
    seen_through = outlook(library.practice, wish, record)
    there = seen_through.whole
    quizzes = practice_quizzes(store, person_id, limit=30)
    faults = field_faults(form)
    return PracticePage(
        form=form,
        faults=faults,
        lead=_lead(there),
        groups=_groups(library, wish, seen_through),
        more=_more(
            library,
            wish,
            seen_through,
            has_fault=any(fault.field_id in BEHIND_MORE for fault in faults),
        ),
        fitting=_fitting(wish, seen_through, total=there.total),
        presets=tuple(_preset_line(preset) for preset in store.practice.presets(person_id)),
        bookmarked=len(record.bookmarked),
        missed=there.missed,
        missed_button=missed_button() if there.missed else None,
        asked=asked,
        open_quizzes=tuple(quiz for quiz in quizzes if quiz.finished_at is None)[:RECENT],
        recent=tuple(quiz for quiz in quizzes if quiz.finished_at is not None)[:RECENT],
    )


def practice_url(wish: PracticeWish) -> str:
    """The address of the page with a wish filled in."""
    return url_for("exam.practice", **query_of(wish))  # type: ignore[arg-type]  # texts and numbers


def quiz_title(library: Library, wish: PracticeWish) -> str:
    """Names a quiz by what it asks, so that people know it again."""
    topics = [topic.title for topic in library.topics.values() if topic.id in wish.topics]
    if len(topics) > 2:
        return f"{topics[0]} and {len(topics) - 1} more"
    if topics:
        return " and ".join(topics)
    if wish.seen is not Seen.ANY:
        return {"unseen": "New questions", "missed": "What you missed"}.get(
            wish.seen, SEEN[wish.seen]
        )
    return "All topics"


def _lead(there: PracticeSupply) -> str:
    return (
        f"{there.total} questions, {there.unseen} of them new to you, "
        f"{there.missed} missed the last time."
    )


def _groups(
    library: Library, wish: PracticeWish, seen_through: PracticeOutlook
) -> tuple[TopicGroup, ...]:
    offered = library.practice.named[WishPart.TOPICS]
    titles = {area.id: area.title for area in library.areas}
    topics = [topic for topic in library.topics.values() if topic.id in offered]
    return tuple(
        TopicGroup(
            titles.get(area, area),
            tuple(
                TopicChoice(
                    topic.id,
                    topic.title,
                    topic.id in wish.topics,
                    seen_through.topics.get(topic.id, NONE_OF_IT),
                )
                for topic in group
            ),
        )
        for area, group in groupby(topics, key=lambda topic: topic.area)
    )


def _more(
    library: Library,
    wish: PracticeWish,
    seen_through: PracticeOutlook,
    *,
    has_fault: bool,
) -> MoreChoices:
    counts = seen_through.choices
    domains = library.practice.named[WishPart.DOMAINS]
    titles = {code: one.title for code, one in library.domains.items() if code in domains}
    is_used = set(wish.narrowed) - {WishPart.TOPICS} or wish.minutes is not None
    return MoreChoices(
        is_open=bool(is_used) or wish.feedback is not Feedback.TUTOR or has_fault,
        states=_choices(SEEN, counts[WishPart.SEEN], {str(wish.seen)}),
        domains=_choices(titles, counts[WishPart.DOMAINS], wish.domains),
        difficulties=_choices(DIFFICULTIES, counts[WishPart.DIFFICULTIES], wish.difficulties),
        competencies=_competencies(library, wish, counts[WishPart.COMPETENCIES]),
    )


def _choices(
    words: Mapping[str, str], counts: Mapping[str, int], chosen: Iterable[str]
) -> tuple[Choice, ...]:
    wanted = frozenset(chosen)
    return tuple(
        Choice(value, told, counts.get(value, 0), value in wanted) for value, told in words.items()
    )


def _competencies(
    library: Library, wish: PracticeWish, counts: Mapping[str, int]
) -> tuple[ChoiceGroup, ...]:
    asked = library.practice.named[WishPart.COMPETENCIES]
    groups = []
    for framework in library.frameworks.values():
        words = {
            one.code: one.title if one.title != one.text else f"{one.code}: {one.text}"
            for one in framework.competencies
            if one.code in asked
        }
        if words:
            groups.append(ChoiceGroup(framework.title, _choices(words, counts, wish.competencies)))
    return tuple(groups)


def _fitting(wish: PracticeWish, seen_through: PracticeOutlook, *, total: int) -> Fitting:
    count = seen_through.fitting
    if count == 0:
        return Fitting("No question fits these choices.", 0, _ways_out(wish, seen_through, total))
    words = f"{say_count(count, 'question')} {'fits' if count == 1 else 'fit'} these choices"
    if count > wish.length:
        return Fitting(f"{words}; the quiz draws {wish.length} of them.", count, ())
    if count < wish.length:
        return Fitting(f"{words}, fewer than you asked for; the quiz has {count}.", count, ())
    return Fitting(f"{words}, as many as you asked for.", count, ())


def _ways_out(wish: PracticeWish, seen_through: PracticeOutlook, total: int) -> tuple[Way, ...]:
    """What to give up, with what it would bring; everything, when no single part is enough."""
    ways = [
        Way(f"{PARTS[part]}: {say_count(count, 'question')}", _loosened(wish, part))
        for part, count in seen_through.ways_out
    ]
    if ways:
        return tuple(ways)
    plain = PracticeWish(frozenset(), wish.length, Seen.ANY, wish.feedback, minutes=wish.minutes)
    words = f"Take any question at all: {say_count(total, 'question')}"
    return (Way(words, practice_url(plain) + "#fitting"),)


def _loosened(wish: PracticeWish, part: WishPart) -> str:
    freed = {
        WishPart.TOPICS: replace(wish, topics=frozenset()),
        WishPart.DOMAINS: replace(wish, domains=frozenset()),
        WishPart.COMPETENCIES: replace(wish, competencies=frozenset()),
        WishPart.DIFFICULTIES: replace(wish, difficulties=frozenset()),
        WishPart.SEEN: replace(wish, seen=Seen.ANY),
    }
    return practice_url(freed[part]) + "#fitting"


def _preset_line(preset: Preset) -> PresetLine:
    wish = preset.wish
    parts = [say_count(wish.length, "question")]
    if wish.minutes:
        parts.append(f"{wish.minutes} min")
    if wish.topics:
        parts.append(say_count(len(wish.topics), "topic"))
    if wish.seen is not Seen.ANY:
        parts.append(SEEN[wish.seen].lower())
    return PresetLine(
        name=preset.name,
        detail=", ".join(parts),
        url=practice_url(wish),
        delete_url=url_for("exam.remove_preset", preset_id=preset.id),
    )
