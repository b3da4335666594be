"""Puts mock exams on screen before they start: what there is to sit, and what to know."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from app.domain.attempt import Attempt
from app.domain.exam_blueprint import ExamBlueprint, ExamShape
from app.domain.exam_clock import Allowance
from app.domain.exam_form import mock_pool
from app.domain.item import Item
from app.library.library import Library
from app.storage.store import Store
from app.web.exam.mock_pages import BriefPage, ExamOffer, MocksPage, OutlineOffers
from app.web.shared.filters import say_short_day
from app.web.shared.part_data import Cell, Header, Way
from app.web.shared.site_days import site_day

PAST = 100  # exams told; nobody is known to have sat as many
HEADERS = ("Exam", "Finished", Header("Score", is_figure=True), "Result")


def mocks_page(store: Store, library: Library, person_id: str) -> MocksPage:
    """Gathers the exams a person can sit, and has sat."""
    attempts = store.attempts.recent_mocks(person_id, limit=PAST)
    running = next((one for one in attempts if one.is_open), None)
    pool = mock_pool(library.items.values())
    return MocksPage(
        running=running_way(running),
        running_words=f"begun {say_short_day(site_day(running.started_at))}" if running else "",
        outlines=tuple(
            outline
            for outline in (_outline(one, pool) for one in library.blueprints.values())
            if any(not offer.missing for offer in outline.offers)
        ),
        headers=HEADERS,
        past=_past(store, [one for one in attempts if not one.is_open]),
        is_cut=len(attempts) == PAST,
    )


def running_way(running: Attempt | None) -> Way | None:
    """The way back into an exam that runs. None: none runs."""
    if running is None:
        return None
    return Way(running.title, url_for("exam.sitting", attempt_id=running.id))


def brief_page(
    blueprint: ExamBlueprint,
    shape: ExamShape,
    *,
    allowance: Allowance,
    running: Attempt | None,
    asked: tuple[str, ...] = (),
    fault: tuple[str, str] = ("", ""),
) -> BriefPage:
    """Says what to know before an exam starts."""
    return BriefPage(
        title=shape.title,
        outline=f"{blueprint.title}, outline {blueprint.version}",
        facts=_facts(blueprint, shape, allowance, is_asked=bool(asked)),
        note=blueprint.note,
        start_url=url_for("exam.start_mock", blueprint_id=blueprint.id, shape_id=shape.id),
        request_key=secrets.token_urlsafe(12),
        running=running_way(running),
        asked=asked,
        fault=fault[0],
        advice=fault[1],
    )


def say_minutes(minutes: float) -> str:
    """Working time in words: 3 hours, 1 hour 30 minutes, 45 minutes."""
    hours, rest = divmod(round(minutes), 60)
    told = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    if rest or not hours:
        told.append(f"{rest} minute{'s' if rest != 1 else ''}")
    return " ".join(told)


def _facts(
    blueprint: ExamBlueprint, shape: ExamShape, allowance: Allowance, *, is_asked: bool
) -> tuple[tuple[str, str], ...]:
    time = say_minutes(shape.minutes * (1 + allowance.extra_percent / 100))
    if allowance.extra_percent:
        time += f", with your {allowance.extra_percent} % of extra time"
    if allowance.break_minutes:
        time += f"; up to {say_minutes(allowance.break_minutes)} of breaks on top"
    questions = f"{shape.items}"
    if shape.pretest:
        questions += f": {shape.scored} are scored, {shape.pretest} on trial are not, unmarked"
    titles = {domain.code: domain.title for domain in blueprint.domains}
    mix = "; ".join(f"{titles[code]} {count}" for code, count in shape.domains.items())
    return (
        ("Questions", questions),
        ("Time", time),
        ("Mix", mix),
        ("Points", "A wrong answer costs no more than none, so answer every question."),
        (
            "Score",
            f"{blueprint.scale.low} to {blueprint.scale.high}; our cut at {blueprint.scale.cut} "
            f"asks for {blueprint.scale.cut_percent} % of the scored questions.",
        ),
        (
            "Who sees it",
            "It is asked of you: see above who sees what. Nobody else sees your answers."
            if is_asked
            else "Only you. Nobody else sees your answers or your result.",
        ),
    )


def _outline(blueprint: ExamBlueprint, pool: Sequence[Item]) -> OutlineOffers:
    return OutlineOffers(
        title=blueprint.title,
        detail=f"Outline {blueprint.version}",
        offers=tuple(_offer(blueprint, shape, pool) for shape in blueprint.shapes),
    )


def _offer(blueprint: ExamBlueprint, shape: ExamShape, pool: Sequence[Item]) -> ExamOffer:
    there = Counter(item.domain for item in pool if item.status == "live")
    short = [code for code, count in shape.domains.items() if there[code] < count]
    return ExamOffer(
        title=shape.title,
        detail=f"{shape.items} questions, {say_minutes(shape.minutes)}",
        url=url_for("exam.mock_brief", blueprint_id=blueprint.id, shape_id=shape.id),
        missing="The question bank is too small for this exam so far." if short else "",
    )


def _past(store: Store, attempts: Sequence[Attempt]) -> tuple[tuple[str | Cell, ...], ...]:
    reports = store.sittings.current_reports([one.id for one in attempts])
    rows = []
    for attempt in attempts:
        report = reports.get(attempt.id)
        if report is None:
            continue
        score = report.score
        rows.append(
            (
                Cell(attempt.title, url=url_for("exam.result", attempt_id=attempt.id)),
                _day(attempt.finished_at),
                Cell(str(score.scaled), detail=f"{score.right} of {score.scored}"),
                Cell("at or above our cut", state="met")
                if score.is_pass
                else Cell("not yet", state="below"),
            )
        )
    return tuple(rows)


def _day(moment: datetime | None) -> str:
    return "" if moment is None else say_short_day(site_day(moment))
