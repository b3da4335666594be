"""Puts the reporting of a question on screen: the form, what was sent, and all of one's own."""

from __future__ import annotations

from flask import url_for

from app.domain.attempt import Attempt, AttemptKind
from app.domain.item import Item
from app.domain.item_report import LONGEST_WORDS, ItemReport
from app.services.item_reports import ReportedPlace, item_title
from app.storage.store import Store
from app.web.exam.inputs import ItemReportInput
from app.web.exam.item_report_pages import MyReportsPage, ReportItemPage, ReportOnScreen
from app.web.shared.faults import field_faults
from app.web.shared.part_data import Way
from app.web.shared.report_words import KIND_WORDS, state_cell
from app.web.shared.safe_html import inline_html

MOST = 50  # reports on one page; hardly anybody sends more


def report_item_page(place: ReportedPlace, form: ItemReportInput) -> ReportItemPage:
    """Shows the form, or the report that is there already."""
    position = place.slot.position
    return ReportItemPage(
        position=position,
        topic=place.item.topic_title,
        stem=inline_html(place.item.stem),
        back=_where_they_stood(place.attempt, position, place.item),
        form=form,
        longest=LONGEST_WORDS,
        faults=field_faults(form),
        sent=_on_screen(place.report, place.item) if place.report else None,
        all_url=url_for("exam.reports"),
    )


def my_reports_page(store: Store, person_id: str) -> MyReportsPage:
    """Lists what a person has reported, with what came of it."""
    found = store.item_reports.of_person(person_id, limit=MOST + 1)
    items = store.attempts.frozen((one.item_id, one.item_version) for one in found)
    return MyReportsPage(
        reports=tuple(
            _on_screen(one, items[one.item_id, one.item_version]) for one in found[:MOST]
        ),
        is_cut=len(found) > MOST,
        back=Way("Practice", url_for("exam.practice")),
    )


def _on_screen(report: ItemReport, item: Item) -> ReportOnScreen:
    url = url_for("exam.report_item", attempt_id=report.attempt_id, position=report.position)
    return ReportOnScreen(
        question=Way(item_title(item), url),
        kind=KIND_WORDS[report.kind],
        words=report.words,
        sent_at=report.sent_at,
        state=state_cell(report.state),
        answer=report.answer,
    )


def _where_they_stood(attempt: Attempt, position: int, item: Item) -> Way:
    title, here = f"Question {position}", f"question-{position}"
    if attempt.kind is AttemptKind.MOCK:
        url = url_for("exam.review", attempt_id=attempt.id, at=position, _anchor=here)
    elif attempt.kind is AttemptKind.CHECK:
        area, _, slug = attempt.title.partition("/")
        title = "The lesson"
        url = url_for("learn.lesson", area=area, slug=slug, _anchor=f"check-{item.id}")
    elif attempt.is_open:
        url = url_for("exam.item", attempt_id=attempt.id, position=position)
    else:
        url = url_for("exam.report", attempt_id=attempt.id, _anchor=here)
    return Way(title, url)
