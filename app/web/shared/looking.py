"""Keeps who opened whose record, for every address that names somebody, without being asked."""

from __future__ import annotations

import logging

from flask import Blueprint, g, request
from werkzeug.routing import Rule
from werkzeug.wrappers import Response

from app.domain.record_look import look_kind
from app.services.record_looks import keep_look
from app.storage.trouble import StorageTrouble
from app.web.shared.request_store import current_viewer, open_store
from app.web.shared.site_days import site_today

log = logging.getLogger("waymark")

PERSON = "person_id"  # the name under which addresses carry a member of staff
LEADING = frozenset({"team", "admin", "people"})
SHOWS = frozenset({200, 422})  # a page that was refused shows the person all the same


def keeps_looks(bp: Blueprint) -> None:
    """Makes a blueprint keep a look whenever it shows a page about a named person.

    A look that cannot be kept must not keep a supervisor from the page: it is logged instead.
    """

    @bp.after_request
    def _keep(response: Response) -> Response:
        person_id = (request.view_args or {}).get(PERSON)
        if person_id is None or response.status_code not in SHOWS:
            return response
        viewer = current_viewer()
        if viewer is None or request.url_rule is None:
            return response
        kind = kind_of(request.url_rule)
        try:
            keep_look(open_store(), viewer, person_id=person_id, kind=kind, today=site_today())
            g.store.end_reading()
        except StorageTrouble:
            log.exception("a look at a record could not be kept")
        return response


def kind_of(rule: Rule) -> str:
    """Names what an address opens of a person, by its fixed parts."""
    fixed = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
    account = ["account"] if fixed == ["admin", "people"] else []
    return look_kind([part for part in fixed if part not in LEADING] + account)
