"""Puts reports about questions on screen for trainers: the queue, and each without its sender."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from flask import url_for

from app.domain.item_report import LONGEST_WORDS, ItemReport, ReportState, moves
from app.domain.person import Viewer
from app.library.library import Library
from app.services.item_reports import ReportedAnswer, item_title
from app.storage.store import Store
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Narrowing, Way
from app.web.shared.questions import answered_question
from app.web.shared.report_words import KIND_WORDS, STATE_WORDS, state_cell
from app.web.shared.site_days import site_day
from app.web.studio.inputs import ReportDecisionInput
from app.web.studio.item_report_pages import ReportPage, ReportsPage
from app.web.studio.pages import Row

A_PAGE = 50  # reports
MOST_OTHERS = 20  # reports of the same question
A_FEW_WORDS = 80  # characters in a row
NO_FAULT = ("", "")


def reports_page(store: Store, asked: Mapping[str, str]) -> ReportsPage:
    """Lists the reports in the state the address asks for, the open ones else."""
    counts = store.item_reports.counts()
    wanted = asked.get("state", "")
    state = ReportState(wanted) if wanted in set(ReportState) else ReportState.OPEN
    found = counts.get(state, 0)
    first = (_page_number(asked, found) - 1) * A_PAGE
    shown = store.item_reports.queue(state, limit=A_PAGE, skip=first)
    items = store.attempts.frozen((one.item_id, one.item_version) for one in shown)
    titles = {key: item_title(item) for key, item in items.items()}
    return ReportsPage(
        open_count=counts.get(ReportState.OPEN, 0),
        state=STATE_WORDS[state],
        narrowings=(_narrowing(counts, state),),
        rows=tuple(_row(one, titles[one.item_id, one.item_version]) for one in shown),
        previous=_page_way("Earlier reports", state, first - A_PAGE, found),
        following=_page_way("Later reports", state, first + A_PAGE, found),
    )


def report_page(
    store: Store,
    library: Library,
    viewer: Viewer,
    found: ReportedAnswer,
    *,
    form: ReportDecisionInput,
    fault: tuple[str, str] = NO_FAULT,
) -> ReportPage:
    """Shows a report with everything about the question, and nothing about its sender."""
    report = found.report
    today = library.items.get(report.item_id)
    others = store.item_reports.of_item(report.item_id, limit=MOST_OTHERS + 1)
    return ReportPage(
        item_id=report.item_id,
        kind=KIND_WORDS[report.kind],
        words=report.words,
        sent_at=report.sent_at,
        state=state_cell(report.state),
        answer=report.answer,
        question=answered_question(found.item, found.slot.option_order, found.response),
        has_changed=today is not None and today.version != report.item_version,
        preview=Way(report.item_id, url_for("studio.item", item_id=report.item_id))
        if today
        else None,
        others=tuple(
            _row(one, KIND_WORDS[one.kind])[:1] + _row(one, "")[2:]
            for one in others
            if one.id != report.id
        )[:MOST_OTHERS],
        form=form if moves(viewer, report) else None,
        longest=LONGEST_WORDS,
        faults=field_faults(form),
        fault=" ".join(fault).strip(),
        back=Way("Reports", url_for("studio.reports")),
    )


def decision_form(viewer: Viewer, report: ItemReport) -> ReportDecisionInput:
    """Makes the form as the report stands now."""
    form = ReportDecisionInput(
        formdata=None, state=report.state, answer=report.answer, seen_stamp=report.stamp
    )
    offer_moves(form, viewer, report)
    return form


def offer_moves(form: ReportDecisionInput, viewer: Viewer, report: ItemReport) -> None:
    """Gives a form the states that this person may choose."""
    form.state.choices = {str(one): STATE_WORDS[one] for one in moves(viewer, report)}


def _narrowing(counts: Mapping[ReportState, int], state: ReportState) -> Narrowing:
    options = tuple((str(one), f"{STATE_WORDS[one]} ({counts.get(one, 0)})") for one in ReportState)
    chosen = "" if state is ReportState.OPEN else str(state)
    return Narrowing("state", "State", (("", options[0][1]), *options[1:]), chosen)


def _row(report: ItemReport, title: str) -> Row:
    return (
        Cell(title, detail=report.item_id, url=url_for("studio.report", report_id=report.id)),
        KIND_WORDS[report.kind],
        shorten(report.words, A_FEW_WORDS, placeholder=" …") or "no words",
        say_short_day(site_day(report.sent_at)),
        state_cell(report.state),
    )


def _page_number(asked: Mapping[str, str], found: int) -> int:
    text = asked.get("page", "")
    last = max(1, -(-found // A_PAGE))
    return min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1


def _page_way(words: str, state: ReportState, first: int, found: int) -> Way | None:
    if not 0 <= first < found:
        return None
    values: dict[str, Any] = {"state": state, "page": first // A_PAGE + 1}
    count = say_count(min(A_PAGE, found - first), "report")
    return Way(f"{words}: {count}", url_for("studio.reports", **values))
