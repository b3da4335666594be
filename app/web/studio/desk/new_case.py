"""Starting a case: from a template that can be played at once, or from files."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from flask import redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.library.case_draft import LARGEST_DRAFT, MOST_FILES
from app.library.case_lines import MAIN_FILE
from app.library.case_template import new_case_files
from app.library.scenario_text import read_case
from app.services import case_drafts
from app.services.case_drafts import CaseSource
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.studio.desk.pages import NewCasePage
from app.web.studio.desk.places import place_url
from app.web.studio.desk.serving import serving_case
from app.web.studio.door import bp


@bp.get("/cases/new")
def new_case() -> Response:
    return _page()


@bp.post("/cases/new")
def make_case() -> Response:
    form = request.form
    case_id, title = form.get("id", "").strip(), " ".join(form.get("title", "").split())
    try:
        if not title:
            raise InvalidInput("case-title", "The case has no title.", "Give it one.")
        author = signed_in().person.full_name
        files = new_case_files(case_id, title=title, author=author, today=site_today())
        return _open(case_id, files)
    except (Conflict, InvalidInput) as refused:
        return _page(refused)


@bp.post("/cases/import")
def import_case() -> Response:
    """Starts a draft from a case.md, or from a ZIP file of a case folder."""
    try:
        files = _files_of(request.files.get("file"))
        scenario, _ = read_case(files, path="")
        case_id = request.form.get("id", "").strip() or (scenario.id if scenario else "")
        return _open(case_id, files)
    except (Conflict, InvalidInput) as refused:
        return _page(refused)


def _open(case_id: str, files: Mapping[str, str]) -> Response:
    store = open_store()
    serving = serving_case(current_library(), case_id) if case_id else None
    if store.case_drafts.open_of(case_id) is not None:
        raise Conflict(
            "draft-there",
            f"There is an open draft of “{case_id}” already.",
            "Open it from the list of cases, or choose another id.",
        )
    revision = serving.revision if serving else ""
    draft = case_drafts.open_draft(
        store, signed_in(), CaseSource(case_id, files, revision), now=now()
    )
    return redirect(place_url(draft.id), code=303)


def _files_of(sent: FileStorage | None) -> dict[str, str]:
    if sent is None or not sent.filename:
        raise InvalidInput("no-file", "No file was chosen.", "Choose a case.md or a ZIP file.")
    body = sent.stream.read(LARGEST_DRAFT + 1)
    sent.close()  # a large one lies in a file of its own
    if len(body) > LARGEST_DRAFT:
        raise InvalidInput(
            "file-too-large", f"The file is larger than {LARGEST_DRAFT // 1000} kB.", "Split it."
        )
    if body[:2] == b"PK":
        return _unpacked(body)
    return {MAIN_FILE: _text(body, MAIN_FILE)}


def _unpacked(body: bytes) -> dict[str, str]:
    """The files of a ZIP, without the folder they may stand in; nothing is written to disk."""
    files: dict[str, str] = {}
    try:
        with ZipFile(BytesIO(body)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            total = sum(one.file_size for one in entries)
            if len(entries) > MOST_FILES or total > LARGEST_DRAFT:
                raise InvalidInput(
                    "file-too-large",
                    f"A case has at most {MOST_FILES} files and {LARGEST_DRAFT // 1000} kB.",
                    "Take out what does not belong to it.",
                )
            names = [one.filename for one in entries]
            main = next((n for n in sorted(names) if posixpath.basename(n) == MAIN_FILE), "")
            folder = posixpath.dirname(main)
            for one in entries:
                inside = one.filename.startswith(f"{folder}/") if folder else True
                name = one.filename.removeprefix(f"{folder}/") if folder else one.filename
                if inside and name.endswith((".md", ".walk")) and name != "README.md":
                    with archive.open(one) as file:
                        files[name] = _text(file.read(LARGEST_DRAFT + 1), name)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise InvalidInput(
            "file-unreadable", "This ZIP file cannot be read.", "Pack the folder again."
        ) from error
    return files


def _text(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(
            "file-not-text", f"{name[:80]} is not UTF-8 text.", "Save it again with UTF-8."
        ) from None


def _page(refused: Conflict | InvalidInput | None = None) -> Response:
    page = NewCasePage(
        back=Way("Cases", url_for("studio.cases")),
        fault=refused.user_message if refused else "",
        advice=refused.advice if refused else "",
        values={name: request.form.get(name, "") for name in ("id", "title")},
        make_url=url_for("studio.make_case"),
        import_url=url_for("studio.import_case"),
    )
    status = 200 if refused is None else 409 if isinstance(refused, Conflict) else 422
    return render_page("studio/new_case.html", page, status)
