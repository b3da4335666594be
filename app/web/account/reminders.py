"""Routes of reminders by mail and of one's calendar address."""

from __future__ import annotations

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from app.services import calendar
from app.services.digests import choose_digests
from app.web.account.door import bp
from app.web.account.pages import FeedPage
from app.web.shared.clock import now
from app.web.shared.content_keeper import current_library
from app.web.shared.notices import redirect_with
from app.web.shared.part_data import Way
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in


@bp.post("/reminders")
def save_reminders() -> Response:
    is_off = request.form.get("digests") == "off"
    choose_digests(open_store(), signed_in(), is_off=is_off, now=now())
    return redirect_with(url_for("account.profile", _anchor="reminders"), "reminders-saved")


@bp.post("/calendar")
def make_feed() -> Response:
    token = calendar.make_feed(open_store(), signed_in(), now=now())
    base: str = current_app.config["WAYMARK"].base_url
    # The answer to this post is the only page that ever holds the address.
    link = base + url_for("account.feed", token=token)
    page = FeedPage(link, Way("Your account", url_for("account.profile")))
    return render_page("account/feed.html", page)


@bp.post("/calendar/withdraw")
def withdraw_feed() -> Response:
    calendar.withdraw_feed(open_store(), signed_in())
    return redirect_with(url_for("account.profile"), "feed-withdrawn")


@bp.get("/calendar/<token>/due-days.ics")
def feed(token: str) -> Response:
    text = calendar.read_feed(open_store(), current_library(), token, now=now())
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="due-days.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
