"""Puts on screen what publishing a draft would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from app.domain.case_changes import summary
from app.domain.case_gate import Hurdle
from app.domain.errors import DomainError
from app.domain.line_diff import files_diff
from app.domain.open_runs import RunStand
from app.domain.person import Viewer
from app.services.case_publishing import PublishOutlook
from app.web.shared.filters import say_count
from app.web.shared.part_data import Way
from app.web.studio.desk.laid_out import Desk, place_of_problem, scenario_title
from app.web.studio.desk.publish_pages import Hurdled, PublishPage
from app.web.studio.desk.review_view import review_card

STANDS = {
    RunStand.UNTOUCHED: "go on as they are; nothing changed for them",
    RunStand.SAME_PATH: "go on in the new text; what they met is unchanged",
    RunStand.DECISION_CHANGED: "finish in the old text, because something they met changed",
    RunStand.SCENE_GONE: "finish in the old text, because the scene they stand in is gone",
}


@dataclass(frozen=True, slots=True)
class PublishSeen:
    """What serves now, and what was sent. None: `refused` is None unless it was refused.

    Shape: `served` holds the files that serve, `revision` names their text.
    """

    served: Mapping[str, str]
    revision: str
    note: str = ""
    refused: DomainError | None = None


def publish_page(
    desk: Desk, outlook: PublishOutlook, viewer: Viewer, seen: PublishSeen
) -> PublishPage:
    """Shows the gate, the second reader, the changes, and who is in the middle of the case."""
    draft, refused = desk.draft, seen.refused
    found = [_told(desk, hurdle) for hurdle in outlook.hurdles]
    if refused is not None and not any(one.words == refused.user_message for one in found):
        found.insert(0, Hurdled(refused.user_message, refused.advice))
    return PublishPage(
        title=scenario_title(desk.checked.scenario, draft),
        back=Way("Back to the desk", desk.url()),
        hurdles=tuple(found),
        is_shut=bool(outlook.hurdles),
        cautions=outlook.cautions,
        card=review_card(desk, viewer),
        is_read=outlook.review.stand.is_read,
        changes=summary(outlook.changes),
        diffs=files_diff(seen.served, draft.files) if seen.served else (),
        open_runs=tuple(
            (say_count(outlook.open_runs[stand], "run"), words)
            for stand, words in STANDS.items()
            if outlook.open_runs.get(stand)
        ),
        version=outlook.version,
        is_outdated=outlook.is_outdated,
        serving=seen.revision,
        change=draft.change,
        note=seen.note,
        go_on_url=url_for("studio.rebase_draft", draft_id=draft.id),
        publish_url=url_for("studio.publish_draft_now", draft_id=draft.id),
        discard_url=url_for("studio.discard_draft", draft_id=draft.id),
    )


def _told(desk: Desk, hurdle: Hurdle) -> Hurdled:
    problem = hurdle.problem
    place = place_of_problem(desk, problem) if problem else None
    url = desk.url(place.id) if place else ""
    return Hurdled(hurdle.words, hurdle.advice, url, problem.code if problem else "")
