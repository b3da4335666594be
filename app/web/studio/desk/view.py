"""Puts the desk on screen: outline, one place of the draft, and what the checker says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from app.domain.case_layout import lay_out as lay_out_case
from app.domain.ids import fingerprint
from app.domain.problem import Problem, Severity
from app.domain.scenario import Scenario
from app.domain.trial_play import moves_for
from app.library.case_choices import CHOICE_KEYS
from app.library.case_draft import CheckedDraft
from app.library.case_spans import CaseSpans, ChoiceSpan, SceneSpan, case_spans, text_at
from app.storage.case_drafts import StoredDraft, StoredEdit
from app.web.shared.case_map import CaseMap, case_map
from app.web.shared.filters import say_count
from app.web.shared.map_scenes import ways_of_scene, whole_case
from app.web.shared.part_data import Cell, Way
from app.web.studio.cases import ENDING_SIGNS
from app.web.studio.desk.pages import (
    BothTexts,
    ChoiceForm,
    DeskPage,
    OutlineEntry,
    Panel,
    SceneForm,
    SourceForm,
    StateRow,
)
from app.web.studio.desk.places import (
    HINTS,
    SCENE,
    DraftPlace,
    find_place,
    place_text,
    place_url,
    places_of,
)
from app.web.studio.desk.scene_input import SCENE_KEYS
from app.web.studio.desk.state_here import state_rows

COUNTED = frozenset({Severity.ERROR, Severity.WARNING})
FORM, SOURCE, MAP = "form", "source", "map"
TRIAL_SEED = 1


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft laid out: its text in spans, its places, what the checker says, its edits."""

    draft: StoredDraft
    checked: CheckedDraft
    edits: Sequence[StoredEdit]
    spans: CaseSpans
    places: tuple[DraftPlace, ...]

    @property
    def start(self) -> str:
        """The id of the first scene, as far as there is one."""
        scenario = self.checked.scenario
        if scenario is not None and self.spans.scene(scenario.start) is not None:
            return scenario.start
        return self.spans.scenes[0].id if self.spans.scenes else ""


def lay_out(draft: StoredDraft, checked: CheckedDraft, edits: Sequence[StoredEdit]) -> Desk:
    """Lays a draft out for the desk."""
    spans = case_spans(draft.files)
    return Desk(draft, checked, edits, spans, places_of(draft.files, spans))


def desk_page(
    desk: Desk,
    at: str,
    view: str,
    *,
    both: BothTexts | None = None,
    text: str | None = None,
    fault: str = "",
) -> DeskPage:
    """Shows one place of a draft. None: `text` is None unless a text was sent and refused."""
    draft = desk.draft
    place = find_place(desk.places, at, start=desk.start)
    view = view if view in {SOURCE, MAP} else FORM
    as_form = view == FORM and bool(place.scene_id)
    scene = desk.spans.scene(place.scene_id) if as_form else None
    shown = place_text(draft.files, place)
    source = None
    if scene is None and view != MAP:
        title = place.title
        source = SourceForm(title, shown if text is None else text, HINTS.get(place.id, ""))
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
        views=_views(draft, place, view),
        action_url=url_for("studio.save_place", draft_id=draft.id, at=place.id, view=view),
        edits_url=url_for("studio.edit_draft", draft_id=draft.id),
        seen=fingerprint(shown),
        panel=panel(desk, place),
        scene=_scene_form(desk, scene) if scene else None,
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


def panel(desk: Desk, here: DraftPlace) -> Panel:
    """What the checker says, what can be true here, and how to play from here."""
    at_hand: list[Problem] = []
    elsewhere: list[tuple[Way, Problem]] = []
    for problem in desk.checked.problems:
        place = place_of_problem(desk, problem)
        if place is not None and place.id == here.id:
            at_hand.append(problem)
        else:
            target = place or desk.places[0]
            elsewhere.append((Way(target.title, place_url(desk.draft.id, target.id)), problem))
    words, rows = _state(desk, here.scene_id)
    return Panel(
        summary=_summary(desk.checked),
        here=tuple(at_hand),
        elsewhere=tuple(elsewhere),
        state_words=words,
        state=rows,
        play=_play(desk, here.scene_id),
    )


def place_of_problem(desk: Desk, problem: Problem) -> DraftPlace | None:
    """Where a problem stands. None: it belongs to the whole case."""
    name = problem.path.removeprefix(f"{desk.draft.case_id}/")
    for place in desk.places:
        span = place.span
        if place.file_name == name:
            return place
        if span is None or span.file != name or problem.line is None:
            continue
        if span.first <= problem.line <= span.last:
            return place
    return None


def trial_url(desk: Desk, moves: Sequence[str]) -> str:
    """The address of a trial play of the draft."""
    return url_for("studio.try_draft", draft_id=desk.draft.id, moves=",".join(moves) or None)


def _state(desk: Desk, scene_id: str) -> tuple[str, tuple[StateRow, ...]]:
    exploration = desk.checked.exploration
    if not scene_id or exploration is None:
        return "", ()
    if not exploration.is_proven:
        return "Not proven: there are too many combinations of values to follow.", ()
    count = exploration.states_in(scene_id)
    if not count:
        return "No play comes to this scene.", ()

    def play_url(choices: Sequence[str]) -> str:
        scenario = exploration.scenario
        return trial_url(desk, moves_for(scenario, choices, seed=TRIAL_SEED, to=scene_id))

    return f"{say_count(count, 'state')} can be met here.", state_rows(
        exploration, scene_id, play_url
    )


def _play(desk: Desk, scene_id: str) -> Way | None:
    scenario, exploration = desk.checked.scenario, desk.checked.exploration
    if scenario is None or exploration is None:
        return None
    if not scene_id or not exploration.states_in(scene_id):
        return Way("Play from the start", trial_url(desk, ()))
    choices = exploration.play_to(scene_id)
    return Way(
        "Play from here",
        trial_url(desk, moves_for(scenario, choices, seed=TRIAL_SEED, to=scene_id)),
    )


def _summary(checked: CheckedDraft) -> Cell:
    counts = Counter(problem.severity for problem in checked.problems)
    parts = [
        say_count(counts[severity], word)
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "note"),
        )
        if counts[severity]
    ]
    state = "below" if counts[Severity.ERROR] else "ageing" if counts[Severity.WARNING] else "met"
    return Cell(", ".join(parts) or "No problems", state=state)


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
    return tuple(
        (Way(words, place_url(draft.id, place.id, view="" if name == FORM else name)), name == view)
        for name, words in (*names, (MAP, "Map"))
    )


def _scene_form(desk: Desk, scene: SceneSpan) -> SceneForm:
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
            _choice_form(choice, is_first=number == 0, is_last=number == last)
            for number, choice in enumerate(scene.choices)
        ),
        targets=tuple((one.id, one.title) for one in desk.spans.scenes),
        missing=tuple(dict.fromkeys(one for one in wanted if one and one not in known)),
    )


def _choice_form(choice: ChoiceSpan, *, is_first: bool, is_last: bool) -> ChoiceForm:
    values: Mapping[str, str] = {key.name: key.value for key in choice.keys}
    return ChoiceForm(
        id=choice.id,
        label=choice.label,
        target=choice.target,
        values={key: values.get(key, "") for key in CHOICE_KEYS},
        is_first=is_first,
        is_last=is_last,
    )


def _told(edit: StoredEdit) -> str:
    return str(edit.edit.get("what", "")) or "the last change"


def _edit_url(name: str, draft: StoredDraft) -> str:
    return url_for(f"studio.{name}_draft", draft_id=draft.id)


def scenario_title(scenario: Scenario | None, draft: StoredDraft) -> str:
    """How a draft is called on its pages."""
    return scenario.title if scenario and scenario.title else draft.case_id
