"""Turns refusals and failures into pages: kind, with a next step, and with a reference.

The failsafe page asks nothing of the database, the session or the menu.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound, TooMany
from app.storage.trouble import StorageTrouble, TroubleKind

log = logging.getLogger("waymark")

STATUS = {NotFound: 404, NotAllowed: 403, Conflict: 409, InvalidInput: 422, TooMany: 429}
TROUBLES = {
    TroubleKind.FULL: (
        507,
        "The disk is full",
        "Nothing of this step was saved. Reading still works.",
        "Tell your administrator; then send this step again.",
    ),
    TroubleKind.READ_ONLY: (
        503,
        "Waymark is read-only just now",
        "Nothing of this step was saved. What was saved before is safe.",
        "Try again in a few minutes. If it stays like this, tell your administrator.",
    ),
    TroubleKind.BUSY: (
        503,
        "Waymark is very busy",
        "Nothing of this step was saved.",
        "Wait a moment, then send it again.",
    ),
}
UNREACHABLE = (
    503,
    "Waymark cannot reach its records",
    "Nothing of this step was saved.",
    "Try again in a few minutes. If it stays like this, tell your administrator.",
)
HTTP_WORDS = {
    400: ("This request could not be read", "Go back and try again."),
    404: ("There is no such page", "It may have moved. Start again from your own start page."),
    405: ("This page cannot be used that way", "Go back and use the buttons on the page."),
    413: ("That is too much at once", "Send less."),
    415: ("This cannot be read here", "Use the form on the page."),
    429: ("That was too often", "Wait a little, then try again."),
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A refusal or failure, in words. `reference` finds it in the log."""

    title: str
    message: str
    advice: str
    reference: str
    status: int


def install_errors(app: Flask) -> None:
    """Registers one handler for each kind of failure."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(StorageTrouble, _trouble)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)


def _refused(error: DomainError) -> Response:
    status = status_of(error)
    if isinstance(error, NotAllowed):
        log.warning("refused %s %s: %s", request.method, request.path, error.code)
    titles = {404: "Not found", 403: "Not open to you", 409: "Something has moved on"}
    return _page(titles.get(status, "That did not work"), error.user_message, error.advice, status)


def _trouble(error: StorageTrouble) -> Response:
    status, title, message, advice = TROUBLES.get(error.kind, UNREACHABLE)
    reference = _reference()
    log.error("storage trouble %s (%s): %s", reference, error.kind, error)
    response = _failsafe(ErrorPage(title, message, advice, reference, status))
    response.headers["Retry-After"] = "30"
    return response


def _stale_form(error: CSRFError) -> Response:
    log.info("form refused: %s", error.description)
    return _page(
        "This form was open too long",
        "Nothing was changed, because the form no longer belongs to this sign-in.",
        "Go back, load the page again, and send it once more.",
        400,
    )


def _http(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:  # a redirect that werkzeug raises
        return Response(error.get_response().get_data(), code, dict(error.get_response().headers))
    message, advice = HTTP_WORDS.get(code, HTTP_WORDS[400])
    return _page(message, "", advice, code)


def _unexpected(error: Exception) -> Response:
    reference = _reference()
    log.exception("unexpected failure %s on %s %s", reference, request.method, request.path)
    if current_app.config.get("RAISE_UNEXPECTED"):
        raise error
    return _failsafe(
        ErrorPage(
            "Something went wrong on our side",
            "Nothing of this step was saved.",
            "Try once more. If it happens again, tell your administrator the reference.",
            reference,
            500,
        )
    )


def _page(title: str, message: str, advice: str, status: int) -> Response:
    return _failsafe(ErrorPage(title, message, advice, "", status))


def _failsafe(page: ErrorPage) -> Response:
    """Renders without asking who is looking, so that it works with the database down."""
    g.viewer = None
    if request_ctx.url_adapter is None:  # an address we refuse: nothing can be linked from it
        return Response(page.title, status=page.status, content_type="text/plain; charset=utf-8")
    return Response(
        render_template("errors/error.html", page=page),
        status=page.status,
        content_type="text/html; charset=utf-8",
    )


def _reference() -> str:
    return secrets.token_hex(4)
