"""Puts the desk on screen: outline, one place of the draft, and what the checker says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask import url_for

from app.domain.case_layout import lay_out as lay_out_case
from app.domain.ids import fingerprint
from app.domain.lawful_ground import GROUNDS
from app.domain.problem import Severity
from app.library.case_choices import CHOICE_KEYS
from app.library.case_spans import ChoiceSpan, SceneSpan, text_at
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.web.shared.case_map import CaseMap, case_map
from app.web.shared.filters import say_count
from app.web.shared.map_scenes import ways_of_scene, whole_case
from app.web.shared.part_data import Cell, Way
from app.web.studio.cases import ENDING_SIGNS
from app.web.studio.desk.laid_out import Desk, place_of_problem
from app.web.studio.desk.learners import LearnerShares
from app.web.studio.desk.pages import (
    BothTexts,
    ChoiceForm,
    DeskPage,
    OutlineEntry,
    SceneForm,
    SourceForm,
)
from app.web.studio.desk.panel import panel
from app.web.studio.desk.places import (
    HINTS,
    SCENE,
    DraftPlace,
    find_place,
    place_text,
    place_url,
)
from app.web.studio.desk.scene_input import SCENE_KEYS

COUNTED = frozenset({Severity.ERROR, Severity.WARNING})
FORM, SOURCE, MAP = "form", "source", "map"


def desk_page(
    desk: Desk,
    at: str,
    view: str,
    *,
    both: BothTexts | None = None,
    text: str | None = None,
    fault: str = "",
    shares: LearnerShares | None = None,
) -> DeskPage:
    """Shows one place of a draft.

    None: `text` is None unless a text was sent and refused; without `shares` nothing is told of
    learners.
    """
    draft = desk.draft
    place = find_place(desk.places, at, start=desk.start)
    view = view if view in {SOURCE, MAP} else FORM
    as_form = view == FORM and bool(place.scene_id)
    scene = desk.spans.scene(place.scene_id) if as_form else None
    shown = place_text(draft.files, place)
    source = None
    if scene is None and view != MAP:
        source = _source_form(place, shown if text is None else text)
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
        outline=outline(desk, place, view),
        here=place.id,
        view="" if view == FORM else view,
        views=_views(draft, place, view),
        action_url=url_for("studio.save_place", draft_id=draft.id, at=place.id, view=view),
        edits_url=url_for("studio.edit_draft", draft_id=draft.id),
        seen=fingerprint(shown),
        panel=panel(desk, place),
        scene=_scene_form(desk, scene, shares or LearnerShares()) if scene else None,
        source=source,
        map=_map(desk, place) if view == MAP else None,
        is_file=bool(place.file_name),
        both=both,
        fault=fault,
    )


def outline(desk: Desk, here: DraftPlace, view: str) -> tuple[OutlineEntry, ...]:
    """Every place with what stands out about it."""
    counts = Counter(
        place.id
        for problem in desk.checked.problems
        if problem.severity in COUNTED and (place := place_of_problem(desk, problem)) is not None
    )
    kept = view if view != FORM else ""
    return tuple(
        OutlineEntry(
            id=place.id,
            title=place.title,
            url=place_url(desk.draft.id, place.id, view=kept),
            signs=_signs(desk, place),
            problems=counts[place.id],
            is_here=place.id == here.id,
        )
        for place in desk.places
    )


def _signs(desk: Desk, place: DraftPlace) -> tuple[Cell, ...]:
    scene = desk.spans.scene(place.scene_id) if place.scene_id else None
    if scene is None:
        return ()
    ending = next((key.value for key in scene.keys if key.name == "ending"), "")
    signs = []
    if scene.id == desk.start:
        signs.append(Cell("start", state="here"))
    if ending:
        signs.append(Cell(f"{ending} ending", state=ENDING_SIGNS.get(ending, "open")))
    if scene.activity is not None:
        signs.append(Cell("activity"))
    if scene.choices:
        signs.append(Cell(say_count(len(scene.choices), "choice")))
    return tuple(signs)


def _map(desk: Desk, here: DraftPlace) -> CaseMap | None:
    """The case as a picture, each scene with its problems. None: nothing can be read yet."""
    scenario = desk.checked.scenario
    if scenario is None:
        return None
    notes = {
        entry.id.removeprefix(SCENE): (say_count(entry.problems, "problem"),)
        for entry in outline(desk, here, MAP)
        if entry.problems and entry.id.startswith(SCENE)
    }
    layout = lay_out_case(scenario)
    scenes = whole_case(
        scenario, lambda scene: place_url(desk.draft.id, f"{SCENE}{scene}", view=MAP), notes
    )
    ways = ways_of_scene(layout, here.scene_id) if here.scene_id else {}
    title = "Map of the case"
    return case_map(title, layout, scenes, ways=ways, current=here.scene_id)


def _views(draft: StoredDraft, place: DraftPlace, view: str) -> tuple[tuple[Way, bool], ...]:
    names = ((FORM, "Form"), (SOURCE, "Source")) if place.scene_id else ((FORM, "Source"),)
    view = FORM if view == SOURCE and not place.scene_id else view
    return tuple(
        (Way(words, place_url(draft.id, place.id, view="" if name == FORM else name)), name == view)
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
    known = {one.id for one in desk.spans.scenes}
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
