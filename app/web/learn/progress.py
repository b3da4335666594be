"""Puts one's own progress on screen, each figure with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from app.domain.lesson import reading_state
from app.domain.person import Viewer
from app.library.library import Library
from app.storage.queries.learn_pages import ItemCount, QuizLine, item_counts, practice_quizzes
from app.storage.runs import StoredRun
from app.storage.store import Store
from app.web.learn.lesson_view import lesson_url
from app.web.learn.pages import ProgressPage, ReadingLine, RunLine
from app.web.learn.standing import domain_lines
from app.web.shared.charts import LineChart, line_chart
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell
from app.web.shared.site_days import site_day

FEWEST_POINTS = 3  # a line through two points suggests a trend that nobody knows of


def progress_page(store: Store, library: Library, viewer: Viewer) -> ProgressPage:
    """Gathers everything a person has done."""
    read = store.reading.all_of([viewer.id]).get(viewer.id, {})
    counts = item_counts(store, viewer.id)
    quizzes = tuple(practice_quizzes(store, viewer.id))
    runs = store.runs.of_person(viewer.id)
    reading = []
    for lesson in library.lessons.values():
        state = reading_state(lesson, read.get(lesson.id, frozenset()))
        reading.append(
            ReadingLine(lesson.title, lesson_url(lesson), state.sections_read, state.sections_total)
        )
    return ProgressPage(
        reading=tuple(reading),
        lessons_read=sum(line.read == line.total for line in reading),
        quizzes=quizzes,
        chart=_chart(quizzes),
        domains=domain_lines(library, counts),
        runs=tuple(_run_line(library, run) for run in runs),
        competency_rows=_competency_rows(library, read, counts, runs),
        answered=sum(count.answered for count in counts.values()),
    )


def _chart(quizzes: tuple[QuizLine, ...]) -> LineChart | None:
    finished = [quiz for quiz in reversed(quizzes) if quiz.finished_at and quiz.asked]
    if len(finished) < FEWEST_POINTS:
        return None
    points = [
        (say_short_day(site_day(quiz.started_at)), round(100 * (quiz.right or 0) / quiz.asked))
        for quiz in finished[-20:]
    ]
    return line_chart("Practice quizzes, percent right", points, unit="%", low=0, high=100)


def _run_line(library: Library, run: StoredRun) -> RunLine:
    scenario = library.scenarios.get(run.scenario_id)
    title = scenario.title if scenario else run.scenario_id
    ending = scenario.scene(run.ending) if scenario and run.ending else None
    is_ended = run.ended_at is not None
    endpoint = "play.debrief" if is_ended else "play.run"
    return RunLine(
        title=title,
        url=url_for(endpoint, run_id=run.id),
        started=site_day(run.started_at),
        ending=(ending.title if ending else "ended") if is_ended else "",
        is_ended=is_ended,
    )


def _competency_rows(
    library: Library,
    read: Mapping[str, frozenset[str]],
    counts: Mapping[str, ItemCount],
    runs: list[StoredRun],
) -> tuple[tuple[str | Cell, ...], ...]:
    """Competencies touched, with counts of what touched them. Nothing touched is left out."""
    played = [run.scenario_id for run in runs if run.ended_at is not None]
    rows: list[tuple[str | Cell, ...]] = []
    for code, competency in library.competencies.items():
        lessons = sum(1 for one in library.lessons_for(code) if read.get(one.id))
        asked = [counts[item.id] for item in library.items_for(code) if item.id in counts]
        answered, right = sum(c.answered for c in asked), sum(c.right for c in asked)
        cases = sum(played.count(one.id) for one in library.scenarios_for(code))
        if lessons or answered or cases:
            answers = f"{right} right of {answered}" if answered else "–"
            rows.append(
                (
                    Cell(code, detail=competency.title),
                    str(lessons or "–"),
                    answers,
                    str(cases or "–"),
                )
            )
    return tuple(rows)
