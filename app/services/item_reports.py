"""Reports about questions: learners send them, trainers settle them, learners hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

from app.domain.attempt import Attempt, AttemptKind, Response, Slot
from app.domain.errors import NotFound
from app.domain.item import Item
from app.domain.item_report import (
    ItemReport,
    ReportDecision,
    ReportKind,
    decide_report,
    only_trainers,
    refuse_unsettled,
    tidy_report_words,
)
from app.domain.person import Viewer
from app.library.markup import plain_text
from app.services.exam import own_attempt
from app.storage.news import News
from app.storage.store import Store

EVERY_KIND = frozenset(AttemptKind)
A_TITLE = 90  # characters of a stem that name a question


@dataclass(frozen=True, slots=True)
class ReportWish:
    """A report as a learner sends it, tied to the place they stand at."""

    attempt_id: str
    position: int
    kind: ReportKind
    words: str


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """A settled question of an attempt. None: nobody has reported it yet."""

    attempt: Attempt
    slot: Slot
    item: Item
    report: ItemReport | None


@dataclass(frozen=True, slots=True)
class SentReport:
    """The report that stands at a place. `is_new` when this sending made it."""

    report: ItemReport
    is_new: bool


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """A report beside the question as its sender met it. None: it was left unanswered."""

    report: ItemReport
    slot: Slot
    item: Item
    response: Response | None


def find_place(store: Store, viewer: Viewer, *, attempt_id: str, position: int) -> ReportedPlace:
    """Finds a question of the viewer's own that may be reported.

    Raises: NotFound for an attempt of someone else; what `refuse_unsettled` raises.
    """
    return _place(store, viewer, attempt_id, position)


def send_report(store: Store, viewer: Viewer, wish: ReportWish, *, now: datetime) -> SentReport:
    """Keeps a report. A place has one: sending again gives the one that is there.

    Raises: NotFound for an attempt of someone else; what `refuse_unsettled` and
    `tidy_report_words` raise.
    """
    with store.writing():
        place = _place(store, viewer, wish.attempt_id, wish.position, lock=True)
        if place.report is not None:
            return SentReport(place.report, is_new=False)
        report = ItemReport(
            id=store.new_id(now),
            person_id=viewer.id,
            attempt_id=wish.attempt_id,
            position=wish.position,
            item_id=place.slot.item_id,
            item_version=place.slot.item_version,
            kind=wish.kind,
            words=tidy_report_words(wish.kind, wish.words),
            sent_at=now,
        )
        store.item_reports.add(report)
    return SentReport(report, is_new=True)


def find_report(store: Store, report_id: str) -> ReportedAnswer:
    """Finds a report with what its sender met and answered. Raises: NotFound."""
    report = _known(store.item_reports.find(report_id))
    attempt = store.attempts.find(report.attempt_id)
    assert attempt is not None  # noqa: S101 (the report refers to its row)
    slot = attempt.slot(report.position)
    response = store.attempts.current_responses(attempt.id).get(report.position)
    return ReportedAnswer(
        report=report,
        slot=slot,
        item=_asked(store, slot),
        response=response if response is not None and response.is_answer else None,
    )


def answer_report(
    store: Store, viewer: Viewer, *, report_id: str, decision: ReportDecision, now: datetime
) -> ItemReport:
    """Keeps a trainer's decision; an outcome becomes news for the person who sent the report.

    Raises: NotFound for a report that is not there; what `decide_report` raises.
    """
    only_trainers(viewer)
    with store.writing():
        report = _known(store.item_reports.find(report_id, lock=True))
        decided = decide_report(report, decision, viewer=viewer, now=now)
        if decided != report:
            store.item_reports.settle(decided)
            if decided.state.is_settled:
                tell_reporter(store, decided, now)
    return decided


def tell_reporter(store: Store, report: ItemReport, now: datetime) -> None:
    """Lets the person who sent a report hear how it ended."""
    key = (report.item_id, report.item_version)
    about: Mapping[str, object] = {
        "report_id": report.id,
        "title": item_title(store.attempts.frozen([key])[key]),
        "state": str(report.state),
    }
    store.news.add_many([News(store.new_id(now), report.person_id, "report", about, now)])


def item_title(item: Item) -> str:
    """Names a question by the beginning of its stem."""
    return shorten(plain_text(item.stem), A_TITLE, placeholder=" …")


def _place(
    store: Store, viewer: Viewer, attempt_id: str, position: int, *, lock: bool = False
) -> ReportedPlace:
    attempt = own_attempt(store, viewer, attempt_id, kinds=EVERY_KIND, lock=lock)
    refuse_unsettled(attempt, position, store.attempts.current_responses(attempt_id))
    slot = attempt.slot(position)
    report = store.item_reports.find_at(attempt_id, position)
    return ReportedPlace(attempt, slot, _asked(store, slot), report)


def _asked(store: Store, slot: Slot) -> Item:
    key = (slot.item_id, slot.item_version)
    return store.attempts.frozen([key])[key]


def _known(report: ItemReport | None) -> ItemReport:
    if report is None:
        raise NotFound(
            "report-not-found", "There is no such report.", "Choose one from the list of reports."
        )
    return report
