"""Puts the day's plan on screen."""

from __future__ import annotations

from datetime import date

from flask import url_for

from app.domain.assignment import AssignmentKind
from app.domain.due_day import AssignmentStanding
from app.domain.person import Viewer
from app.domain.study_plan import PlanStop, Standing, StopKind, plan_day
from app.library.library import Library
from app.storage.queries.learn_pages import item_counts
from app.storage.store import Store
from app.web.learn.lesson_view import lesson_url
from app.web.learn.news import news_lines
from app.web.learn.pages import TodayPage
from app.web.learn.standing import domain_lines, standing_of
from app.web.shared.asked import asked_url
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import TrailStop, Way


def today_page(store: Store, library: Library, viewer: Viewer, *, today: date) -> TodayPage:
    """Gathers what a person could do today, and why."""
    standing = standing_of(store, library, viewer, today=today)
    plan = plan_day(standing, lessons=library.lessons, scenarios=library.scenarios)
    person = viewer.person
    days = (person.exam_on - today).days if person.exam_on else None
    return TodayPage(
        running=_running(store, viewer),
        first_name=person.first_name,
        today=today,
        days_to_exam=days if days is not None and days >= 0 else None,
        minutes_planned=sum(stop.minutes for stop in plan),
        minutes_a_day=person.minutes_a_day,
        stops=tuple(
            _on_screen(library, standing, stop, is_first=position == 0)
            for position, stop in enumerate(plan)
        ),
        domains=domain_lines(library, item_counts(store, viewer.id)),
        later=_later(library, standing, plan),
        news=news_lines(store, viewer),
        is_asked=bool(standing.asked),
    )


def _running(store: Store, viewer: Viewer) -> Way | None:
    exams = store.attempts.running(viewer.id, limit=1)
    return next((Way(one.title, url_for("exam.sitting", attempt_id=one.id)) for one in exams), None)


def _on_screen(
    library: Library, standing: Standing, stop: PlanStop, *, is_first: bool
) -> TrailStop:
    state = "here" if is_first else "open"
    if stop.is_overdue:
        state = "below"
    if stop.kind is StopKind.LESSON:
        return _lesson_stop(library, standing, stop, state, is_first=is_first)
    if stop.kind is StopKind.SCENARIO:
        title = f"Case: {library.scenarios[stop.target_id].title}"
        url = url_for("play.brief", scenario_id=stop.target_id)
        return TrailStop(title, _detail(stop), state, url, "Open the case" if is_first else "")
    if stop.asked is not None:
        return _asked_stop(stop.asked, _detail(stop), state, is_first=is_first)
    return _quiz_stop(standing, stop, state, is_first=is_first)


def _lesson_stop(
    library: Library, standing: Standing, stop: PlanStop, state: str, *, is_first: bool
) -> TrailStop:
    lesson = library.lessons[stop.target_id]
    reading = standing.reading[lesson.id]
    begun = reading.is_started and not reading.is_complete
    where = f" · section {reading.sections_read + 1} of {reading.sections_total}" if begun else ""
    url = lesson_url(lesson, reading.next_section or "")
    action = ("Continue reading" if begun else "Start reading") if is_first else ""
    return TrailStop(lesson.title, f"Lesson · {_detail(stop)}{where}", state, url, action)


def _quiz_stop(standing: Standing, stop: PlanStop, state: str, *, is_first: bool) -> TrailStop:
    if stop.kind is StopKind.MISSED:
        title = f"{say_count(stop.count, 'question')} you missed"
        detail = f"about {stop.minutes} min · {standing.missed} wait in all"
        url = url_for("exam.practice", seen="missed", length=stop.count)
    else:
        title = f"{say_count(stop.count, 'new question')}"
        detail = f"about {stop.minutes} min · {standing.unseen} not seen yet"
        url = url_for("exam.practice", seen="unseen", length=stop.count)
    return TrailStop(title, detail, state, url, "Practice" if is_first else "")


_ASKED_WORDS = {
    AssignmentKind.MOCK: "Open the exam",
    AssignmentKind.PLAN: "Open my supervision",
}


def _asked_stop(asked: AssignmentStanding, detail: str, state: str, *, is_first: bool) -> TrailStop:
    words = _ASKED_WORDS.get(asked.assignment.kind, "Practice")
    url = asked_url(asked.assignment)
    return TrailStop(asked.target.title, detail, state, url, words if is_first else "")


def _detail(stop: PlanStop) -> str:
    words = f"{stop.minutes} min"
    if stop.asked is None:
        return words
    due = say_short_day(stop.asked.due.on)
    return f"{words} · asked of you, {'was due' if stop.is_overdue else 'due'} {due}"


def _later(
    library: Library, standing: Standing, plan: tuple[PlanStop, ...]
) -> tuple[TrailStop, ...]:
    """What is asked of a person later than the plan looks."""
    planned = {stop.target_id for stop in plan}
    stops = []
    for asked in standing.asked:
        assignment = asked.assignment
        if assignment.target_id in planned or asked.is_done:
            continue
        lesson = library.lessons.get(assignment.target_id)
        url = lesson_url(lesson) if lesson else asked_url(assignment)
        stops.append(TrailStop(asked.target.title, f"due {say_short_day(asked.due.on)}", url=url))
    return tuple(stops)
