"""Routes and pages of importing people: a file, a look at what it would do, then all of it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import InvalidInput
from app.domain.people_file import LARGEST_FILE, MOST_ROWS, PersonRow, RowFault
from app.services import account, people_import
from app.services.people_import import ImportPlan, Invited
from app.web.admin.door import bp
from app.web.shared.clock import now
from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell, Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The form, and what the file that was sent would do.

    Shape: `kept` is the file again, to be applied as it was looked at; empty while there is
    nothing to apply.
    """

    limits: str
    verdict: str
    faults: tuple[Row, ...]
    rows: tuple[Row, ...]
    new_teams: tuple[str, ...]
    kept: str
    back: Way


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """Everyone who was invited, with their links, shown this once."""

    rows: tuple[Row, ...]
    count: int
    days: int
    back: Way


@bp.get("/import")
def import_people() -> Response:
    return _page(None, b"")


@bp.post("/import")
def check_import() -> Response:
    file = request.files.get("file")
    data = file.stream.read(LARGEST_FILE + 1) if file else b""
    plan = people_import.plan_import(open_store(), signed_in(), data, now=now())
    return _page(plan, data, 200 if plan.is_sound else 422)


@bp.post("/import/apply")
def apply_import() -> Response:
    store, viewer, data = open_store(), signed_in(), _kept()
    try:
        invited = people_import.apply_import(store, viewer, data, now=now())
    except InvalidInput:
        # Something has come up since the look: it is told line by line, and nothing is kept.
        return _page(people_import.plan_import(store, viewer, data, now=now()), data, 422)
    page = ImportedPage(
        rows=tuple(_invited_row(one) for one in invited),
        count=len(invited),
        days=account.INVITATION_LASTS.days,
        back=_back(),
    )
    # The answer to this post is the only page that ever holds the links.
    return render_page("admin/imported.html", page)


def _kept() -> bytes:
    try:
        return base64.b64decode(request.form.get("kept", ""), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _page(plan: ImportPlan | None, data: bytes, status: int = 200) -> Response:
    page = ImportPage(
        limits=f"At most {MOST_ROWS} people and {LARGEST_FILE // 1000} kB.",
        verdict=_verdict(plan),
        faults=tuple(_fault_row(one) for one in plan.faults) if plan else (),
        rows=tuple(_person_row(one) for one in plan.rows) if plan else (),
        new_teams=plan.new_teams if plan and plan.is_sound else (),
        kept=base64.b64encode(data).decode("ascii") if plan and plan.is_sound else "",
        back=_back(),
    )
    return render_page("admin/import.html", page, status)


def _verdict(plan: ImportPlan | None) -> str:
    if plan is None:
        return ""
    if plan.is_sound:
        people = say_count(len(plan.rows), "person", "people")
        return f"{people} can be invited. Nothing is done yet."
    faults = say_count(len(plan.faults), "line has", "lines have")
    return f"{faults} a fault, so nothing can be imported. Mend the file and send it again."


def _fault_row(fault: RowFault) -> Row:
    return (f"line {fault.line}" if fault.line else "the whole file", fault.words)


def _person_row(row: PersonRow) -> Row:
    who = Cell(row.name, detail=row.email)
    return (who, str(row.role), row.team or "–", row.credential or "–", f"line {row.line}")


def _invited_row(one: Invited) -> Row:
    base: str = current_app.config["WAYMARK"].base_url
    link = base + url_for("account.invitation", token=one.token)
    return (Cell(one.row.name, detail=one.row.email), link)


def _back() -> Way:
    return Way("People", url_for("admin.people"))
