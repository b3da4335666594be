"""Puts on screen what publishing a draft would do."""

from __future__ import annotations

from flask import url_for

from app.domain.case_changes import summary
from app.domain.case_gate import Hurdle
from app.domain.errors import DomainError
from app.domain.open_runs import RunStand
from app.services.case_publishing import PublishOutlook
from app.web.shared.filters import say_count
from app.web.shared.part_data import Way
from app.web.studio.desk.laid_out import Desk, place_of_problem, scenario_title
from app.web.studio.desk.pages import PublishPage
from app.web.studio.desk.places import place_url

STANDS = {
    RunStand.UNTOUCHED: "go on as they are; nothing changed for them",
    RunStand.SAME_PATH: "go on in the new text; what they met is unchanged",
    RunStand.DECISION_CHANGED: "finish in the old text, because something they met changed",
    RunStand.SCENE_GONE: "finish in the old text, because the scene they stand in is gone",
}


def publish_page(
    desk: Desk, outlook: PublishOutlook, refused: DomainError | None = None
) -> PublishPage:
    """Shows the gate, the changes in words, and who is in the middle of the case."""
    draft = desk.draft
    hurdles = [_told(desk, hurdle) for hurdle in outlook.hurdles]
    if refused is not None and not any(words == refused.user_message for words, *_ in hurdles):
        hurdles.insert(0, (refused.user_message, refused.advice, ""))
    return PublishPage(
        title=scenario_title(desk.checked.scenario, draft),
        back=Way("Back to the desk", place_url(draft.id)),
        hurdles=tuple(hurdles),
        changes=summary(outlook.changes),
        open_runs=tuple(
            (say_count(outlook.open_runs[stand], "run"), words)
            for stand, words in STANDS.items()
            if outlook.open_runs.get(stand)
        ),
        version=outlook.version,
        is_outdated=outlook.is_outdated,
        change=draft.change,
        publish_url=url_for("studio.publish_draft_now", draft_id=draft.id),
        discard_url=url_for("studio.discard_draft", draft_id=draft.id),
    )


def _told(desk: Desk, hurdle: Hurdle) -> tuple[str, str, str]:
    place = place_of_problem(desk, hurdle.problem) if hurdle.problem else None
    url = place_url(desk.draft.id, place.id) if place else ""
    return hurdle.words, hurdle.advice, url
