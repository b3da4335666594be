"""Routes for anyone."""

from __future__ import annotations

from flask import abort, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app import __version__
from app.demo.cast import DEMO_PASSWORD, ON_SCREEN
from app.domain.second_reading import agreement, case_agreement
from app.storage.health import check_health
from app.web.shared.assets import CACHE_CONTROL, Assets, UnknownAsset
from app.web.shared.content_keeper import current_library
from app.web.shared.database import db
from app.web.shared.navigation import home_endpoint
from app.web.shared.render import render_page
from app.web.shared.request_store import current_viewer
from app.web.site.door import bp
from app.web.site.gallery import gallery_page
from app.web.site.pages import AboutContentPage, WelcomePage, demo_person, review_counts


@bp.get("/")
def welcome() -> Response:
    viewer = current_viewer()
    if viewer is not None:
        return redirect(url_for(home_endpoint(viewer)), code=303)
    library = current_library()
    demo = current_app.config["WAYMARK"].demo
    page = WelcomePage(
        sign_in_url=url_for("account.sign_in"),
        lessons=len(library.lessons),
        questions=len(library.items),
        cases=len(library.scenarios),
        demo=tuple(demo_person(member) for member in ON_SCREEN) if demo else (),
        demo_password=DEMO_PASSWORD if demo else "",
    )
    return render_page("site/welcome.html", page)


@bp.get("/healthz")
def healthz() -> tuple[Response, int]:
    library = current_library()
    health = check_health(db.engine)
    ready = health.answers and bool(library.lessons) and bool(library.items)
    body = {
        "status": "ok" if ready else "unavailable",
        "version": __version__,
        "database": {"answers": health.answers, "kind": health.kind, "mode": health.mode},
        "content": {
            "lessons": len(library.lessons),
            "items": len(library.items),
            "scenarios": len(library.scenarios),
            "quarantined": len(library.quarantined),
            "fingerprint": library.fingerprint,
        },
    }
    return jsonify(body), 200 if ready else 503


@bp.get("/about-content")
def about_content() -> Response:
    current_viewer()  # so that the menu stays when somebody is signed in
    library = current_library()
    agreements = [agreement(reading, library.items) for reading in library.second_readings]
    cases = [
        case_agreement(case, library.scenarios[case.case_id])
        for reading in library.second_readings
        for case in reading.cases
        if case.case_id in library.scenarios
    ]
    page = AboutContentPage(
        counts=review_counts(library),
        second_readings=sum(found.answered for found in agreements),
        agreed=sum(found.agreed for found in agreements),
        decisions_read=sum(found.read for found in cases),
        decisions_agreed=sum(found.agreed for found in cases),
        sources=tuple(library.sources.values()),
    )
    return render_page("site/about_content.html", page)


@bp.get("/assets/<path:name>")
def asset_file(name: str) -> Response:
    assets: Assets = current_app.extensions["waymark-assets"]
    try:
        asset = assets.open(name)
    except UnknownAsset:
        abort(404)
    headers = {"Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}
    body = asset.body
    if asset.gzipped is not None and request.accept_encodings["gzip"] > 0:
        body, headers["Content-Encoding"] = asset.gzipped, "gzip"
    return Response(body, headers=headers, content_type=asset.media_type)


@bp.get("/parts")
def parts() -> Response:
    if not (current_app.debug or current_app.testing or current_app.config["WAYMARK"].demo):
        abort(404)
    return render_page("site/parts.html", gallery_page())
