"""Puts the desk on screen: outline, one place of the draft, and what the checker says."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from app.domain.ids import fingerprint
from app.domain.lawful_ground import GROUNDS
from app.library.case_choices import CHOICE_KEYS
from app.library.case_spans import ChoiceSpan, SceneSpan, text_at
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.web.shared.part_data import Way
from app.web.studio.desk.draft_map import draft_map, fold_all
from app.web.studio.desk.laid_out import Desk
from app.web.studio.desk.learners import LearnerShares
from app.web.studio.desk.outline import AS_IT_IS, OutlineAsked, outline
from app.web.studio.desk.pages import BothTexts, ChoiceForm, DeskPage, SceneForm, SourceForm
from app.web.studio.desk.panel import panel
from app.web.studio.desk.places import HINTS, MAP, DraftPlace, find_place, place_text, place_url
from app.web.studio.desk.review_view import comment_rows
from app.web.studio.desk.scene_input import SCENE_KEYS
from app.web.studio.readers import stand_cell

FORM, SOURCE = "form", "source"


def desk_page(
    desk: Desk,
    at: str,
    view: str,
    *,
    both: BothTexts | None = None,
    fault: str = "",
    asked: OutlineAsked = AS_IT_IS,
    shares: LearnerShares | None = None,
) -> DeskPage:
    """Shows one place of a draft.

    None: `both` is None unless a text was sent and refused; without `shares` nothing is told of
    learners.
    """
    draft = desk.draft
    place = find_place(desk.places, at, start=desk.start)
    view = view if view in {SOURCE, MAP} else FORM
    as_form = view == FORM and bool(place.scene_id)
    scene = desk.scene_spans.get(place.scene_id) if as_form else None
    shown = place_text(draft.files, place)
    source = None
    if scene is None and view != MAP:
        source = _source_form(place, both.mine if both else shown)
    scenario = desk.checked.scenario
    done = [one for one in desk.edits if not one.is_undone]
    undone = [one for one in desk.edits if one.is_undone]
    return DeskPage(
        title=scenario.title if scenario else draft.case_id,
        case_id=draft.case_id,
        back=Way("Cases", url_for("studio.cases")),
        draft_url=place_url(draft.id),
        saved_words=f"Saved {draft.changed_at:%H:%M:%S} UTC",
        undo=Way(_told(done[-1]), _edit_url("undo", draft)) if done else None,
        redo=Way(_told(undone[0]), _edit_url("redo", draft)) if undone else None,
        publish_url=url_for("studio.publish_draft", draft_id=draft.id),
        outline=outline(desk, place, "" if view == FORM else view, asked),
        here=place.id,
        place=place.title,
        view="" if view == FORM else view,
        views=_views(desk, place, view),
        review=stand_cell(desk.review.stand),
        comments=comment_rows(desk, desk.review.comments, place.id),
        action_url=url_for("studio.save_place", draft_id=draft.id, at=place.id, view=view),
        edits_url=url_for("studio.edit_draft", draft_id=draft.id),
        seen=fingerprint(shown),
        panel=panel(desk, place),
        scene=_scene_form(desk, scene, shares or LearnerShares()) if scene else None,
        source=source,
        map=draft_map(desk, place, asked) if view == MAP else None,
        map_fold=fold_all(desk, place, asked) if view == MAP else None,
        is_file=bool(place.file_name),
        both=both,
        fault=fault,
    )


def _views(desk: Desk, place: DraftPlace, view: str) -> tuple[tuple[Way, bool], ...]:
    names = ((FORM, "Form"), (SOURCE, "Source")) if place.scene_id else ((FORM, "Source"),)
    view = FORM if view == SOURCE and not place.scene_id else view
    return tuple(
        (Way(words, desk.url(place.id, view="" if name == FORM else name)), name == view)
        for name, words in (*names, (MAP, "Map"))
    )


def _source_form(place: DraftPlace, text: str) -> SourceForm:
    return SourceForm(
        label=place.title,
        text=text,
        hint=HINTS.get(place.id, ""),
        first_line=place.span.first if place.span else 1,
        kind="walk" if place.file_name.endswith(".walk") else "case",
    )


def _scene_form(desk: Desk, scene: SceneSpan, shares: LearnerShares) -> SceneForm:
    files = desk.draft.files
    values = {key.name: key.value for key in scene.keys}
    known = desk.scene_spans
    wanted = [choice.target for choice in scene.choices] + ([scene.go] if scene.go else [])
    last = len(scene.choices) - 1
    return SceneForm(
        id=scene.id,
        title=scene.title,
        values={key: values.get(key, "") for key in SCENE_KEYS},
        text=text_at(files, scene.text).strip("\n"),
        activity=text_at(files, scene.activity).strip("\n") if scene.activity else "",
        go=scene.go,
        choices=tuple(
            _choice_form(
                choice,
                is_first=number == 0,
                is_last=number == last,
                learners=shares.by_choice.get(choice.id, ""),
            )
            for number, choice in enumerate(scene.choices)
        ),
        targets=tuple((one.id, one.title) for one in desk.spans.scenes),
        missing=tuple(dict.fromkeys(one for one in wanted if one and one not in known)),
        grounds=tuple((one.id, f"{one.title}, {one.section}") for one in GROUNDS.values()),
        paths_url=shares.url,
    )


def _choice_form(choice: ChoiceSpan, *, is_first: bool, is_last: bool, learners: str) -> ChoiceForm:
    values: Mapping[str, str] = {key.name: key.value for key in choice.keys}
    return ChoiceForm(
        id=choice.id,
        label=choice.label,
        target=choice.target,
        values={key: values.get(key, "") for key in CHOICE_KEYS},
        is_first=is_first,
        is_last=is_last,
        learners=learners,
    )


def _told(edit: StoredEdit) -> str:
    return str(edit.edit.get("what", "")) or "the last change"


def _edit_url(name: str, draft: StoredDraft) -> str:
    return url_for(f"studio.{name}_draft", draft_id=draft.id)
