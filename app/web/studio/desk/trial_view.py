"""Puts a trial play on screen: the scene as learners see it, and beside it what they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flask import url_for

from app.domain.run import current_scene, in_shown_order, is_open, is_waiting
from app.domain.run_scene import shown_blocks
from app.domain.scenario import Scenario
from app.domain.scenario_activity import kind_of, prompt_of
from app.domain.trial_play import ANSWERED, WENT_ON, TrialPlay, play_trial, walk_of
from app.web.shared.part_data import Cell, Way
from app.web.shared.safe_html import block_html, inline_html
from app.web.studio.case_scenes import RATINGS, UNRATED
from app.web.studio.cases import ENDING_SIGNS
from app.web.studio.desk.laid_out import Desk
from app.web.studio.desk.pages import TrialChoice, TrialPage
from app.web.studio.desk.places import SCENE


def trial_page(desk: Desk, moves: Sequence[str], *, seed: int) -> TrialPage:
    """Shows where a play of the draft comes to, as far as the text allows it."""
    scenario = desk.checked.scenario
    assert scenario is not None  # noqa: S101 (the routes let nothing else through)
    trial = play_trial(scenario, moves, seed=seed)
    state = trial.run.state
    scene = current_scene(scenario, state)
    draft_id = desk.draft.id

    def url(to: Sequence[str]) -> str:
        return url_for(
            "studio.try_draft",
            draft_id=draft_id,
            reading="yes" if desk.is_reading else None,
            seed=seed,
            moves=",".join(to) or None,
        )

    waits = is_waiting(scene, state) and not state.has_ended
    way_on = None
    if waits and scene.activity is not None:
        way_on = Way(
            f"Answer the {kind_of(scene.activity)} and go on", url([*trial.moves, ANSWERED])
        )
    elif scene.go and not scene.choices and not state.has_ended:
        way_on = Way("Go on", url([*trial.moves, WENT_ON]))
    blocks = shown_blocks(scenario, scene.blocks, state)
    text = [(block.name, block_html(block.text)) for block in blocks]
    if waits and scene.activity is not None:
        text.append(("", inline_html(prompt_of(scene.activity))))
    return TrialPage(
        title=scenario.title,
        back=Way(_back_words(desk), desk.url(f"{SCENE}{scene.id}")),
        scene=scene.id,
        scene_title=scene.title,
        text=tuple(text),
        notice=_notice(trial),
        last=tuple(_last(scenario, trial)),
        choices=()
        if waits or state.has_ended
        else tuple(
            TrialChoice(
                label=inline_html(choice.label),
                url=url([*trial.moves, choice.id]) if is_open(choice, state) else "",
                rating=RATINGS.get(choice.rate, UNRATED) if choice.rate is not None else UNRATED,
                locked=_locked(choice.locked, choice.condition.text if choice.condition else ""),
            )
            for choice in in_shown_order(scene, seed=seed)
        ),
        way_on=way_on,
        state=tuple(_state(scenario, trial)),
        ending=_ending(trial),
        path=tuple(_path(scenario, trial, url)),
        restart=Way("From the start", url(())),
        edit_url=desk.url(f"{SCENE}{scene.id}"),
        walk=walk_of(scenario, trial, seed=seed),
        walk_name=",".join(trial.moves),
        save_url="" if desk.is_reading else url_for("studio.keep_walk", draft_id=draft_id),
    )


def _back_words(desk: Desk) -> str:
    return "Back to reading" if desk.is_reading else "Back to the desk"


def _notice(trial: TrialPlay) -> str:
    if not trial.left:
        return ""
    return (
        f"The text no longer offers “{trial.left[0]}” here, so the play stops at this place. "
        "Choose from here."
    )


def _last(scenario: Scenario, trial: TrialPlay) -> Iterator[tuple[str, str]]:
    if not trial.run.steps:
        return
    step = trial.run.steps[-1]
    before = scenario.scene_by_id[step.before.scene]
    choice = before.choice(step.move.choice_id)
    if choice is not None:
        yield "Chosen", choice.label
        yield "Rating", RATINGS[choice.rate].text if choice.rate is not None else UNRATED.text
        yield "Feedback", choice.feedback or "none"
        if choice.critical:
            yield "Critical error", choice.critical
    if step.outcome.rules:
        yield "Rules that fired", ", ".join(step.outcome.rules)


def _state(scenario: Scenario, trial: TrialPlay) -> Iterator[tuple[str, str]]:
    state = trial.run.state
    before = trial.run.steps[-1].before if trial.run.steps else trial.run.start
    for name, value in state.values.items():
        variable = scenario.variable_by_name.get(name)
        label = variable.label if variable and variable.label else name
        was = before.values.get(name)
        yield label, f"{value}" if was == value else f"{value} (was {was})"
    for consent in scenario.consents:
        yield f"Release {consent.id}", str(state.status_of(consent.id))
    if state.is_breached:
        yield "Breach", "yes"


def _ending(trial: TrialPlay) -> Cell | None:
    ending = trial.run.state.ending
    if ending is None:
        return None
    return Cell(f"{ending.value} ending", state=ENDING_SIGNS.get(ending.value, "open"))


def _path(
    scenario: Scenario, trial: TrialPlay, url: Callable[[Sequence[str]], str]
) -> Iterator[Way]:
    for number, step in enumerate(trial.run.steps):
        scene = scenario.scene_by_id[step.before.scene]
        choice = scene.choice(step.move.choice_id)
        told = choice.label if choice else "answered" if step.move.answer is not None else "went on"
        yield Way(f"{scene.title}: {told}", url(trial.moves[:number]))


def _locked(words: str, condition: str) -> str:
    return words or (f"hidden unless {condition}" if condition else "used up")
