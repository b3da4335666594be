"""Routes of competency frameworks: what there is, taking one away, bringing one along."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.competency import CompetencyFramework
from app.domain.competency_exchange import to_package
from app.domain.competency_import import MOST_BYTES, PackageFault
from app.domain.errors import Conflict, InvalidInput
from app.library.library import Library
from app.services.competencies import (
    UnusablePackage,
    framework_named,
    frameworks_of,
    import_framework,
)
from app.web.admin.door import bp
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.filters import say_count
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Cell
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class FrameworksPage:
    """Every framework, and the form that brings one along.

    Shape: `faults` are rows of line, place and reason; `refused` says why a file was not taken.
    """

    rows: tuple[Row, ...]
    downloads: tuple[tuple[str, str], ...]
    refused: str
    advice: str
    faults: tuple[Row, ...]
    largest_kb: int


@bp.get("/frameworks")
def frameworks() -> Response:
    return render_page("admin/frameworks.html", _page(current_library()))


@bp.post("/frameworks")
def bring_framework() -> Response:
    sent, library = request.files.get("package"), current_library()
    raw = sent.stream.read(MOST_BYTES + 1) if sent else b""
    try:
        text = raw.decode("utf-8-sig")
        import_framework(open_store(), signed_in(), library, text=text, now=now())
    except UnicodeDecodeError:
        page = _page(library, refused="This file is not text in UTF-8.")
    except UnusablePackage as error:
        page = _page(library, refused=error.user_message, advice=error.advice, faults=error.faults)
    except (Conflict, InvalidInput) as error:
        page = _page(library, refused=error.user_message, advice=error.advice)
    else:
        return redirect_with(url_for("admin.frameworks"), "framework-imported")
    return render_page("admin/frameworks.html", page, 422)


@bp.get("/frameworks/<framework_id>/case.json")
def framework_package(framework_id: str) -> Response:
    found = framework_named(frameworks_of(open_store(), current_library()), framework_id)
    text = json.dumps(to_package(found), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.case.json"'}
    return Response(text, content_type="application/json; charset=utf-8", headers=headers)


def _page(
    library: Library,
    *,
    refused: str = "",
    advice: str = "",
    faults: tuple[PackageFault, ...] = (),
) -> FrameworksPage:
    known = frameworks_of(open_store(), library)
    return FrameworksPage(
        rows=tuple(_row(one, library) for one in known.values()),
        downloads=tuple(
            (one.title, url_for("admin.framework_package", framework_id=one.id))
            for one in known.values()
        ),
        refused=refused,
        advice=advice,
        faults=tuple(
            (str(one.line or "–"), Cell(one.place or "the file"), one.message) for one in faults
        ),
        largest_kb=MOST_BYTES // 1_000,
    )


def _row(one: CompetencyFramework, library: Library) -> Row:
    scale = library.supervision.scale_of(one)
    origin = "comes with Waymark" if one.id in library.frameworks else "your own"
    is_outline = any(blueprint.id.upper() == one.id for blueprint in library.blueprints.values())
    return (
        Cell(one.title, detail=one.publisher),
        f"{one.edition}, version {one.version}",
        say_count(len(one.competencies), "competency", "competencies"),
        scale.title if scale else "none",
        "view of an exam outline" if is_outline else origin,
    )
