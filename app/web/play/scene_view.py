"""Puts the scene a run stands in on screen, with what has happened so far.

Built from what the rules show a learner; feedback comes from steps that were taken, and only
where the case gives it at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask import url_for
from markupsafe import Markup

from app.domain.errors import DomainError, InvalidInput
from app.domain.run import ACTIVITY, CHOICE, ReplayStep
from app.domain.run_scene import SceneForLearner, brief_for_learner, scene_for_learner, shown_blocks
from app.domain.scenario import Media, Scenario
from app.domain.scenario_vocabulary import Value
from app.services.play import RunInPlay
from app.web.play.activity_view import activity_on_screen, answer_in_words
from app.web.play.case_words import blocks_html, cited_in, people_of, plain_words, some_html
from app.web.play.pages import LiveLine, Passed, RunPage, ShownMedia, Taken
from app.web.shared.part_data import FieldFault, SceneChoice
from app.web.shared.safe_html import inline_html

SCENE = "scene"  # the anchor of what has just changed
MOST_PASSED = 60  # scenes told again; a run that goes round and round would fill the page


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that was not taken: why, and what had been filled in."""

    error: DomainError
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unsaved: str = ""

    @property
    def words(self) -> str:
        """Why, with the next step."""
        return f"{self.error.user_message} {self.error.advice}".strip()


def run_page(in_play: RunInPlay, refused: Refused | None = None) -> RunPage:
    """Shows where a run stands."""
    scenario, state = in_play.scenario, in_play.replay.state
    scene = scene_for_learner(scenario, state)
    steps = in_play.replay.steps
    is_faulty = refused is not None and isinstance(refused.error, InvalidInput)
    typed = refused.typed if refused and is_faulty else None
    return RunPage(
        title=plain_words(scenario.title),
        scene_number=_arrivals(steps),
        scene_title=plain_words(scene.title),
        blocks=blocks_html(scenario, scene.blocks),
        media=_media(scene.media),
        taken=taken_step(scenario, steps[-1]) if steps else None,
        live=tuple(
            LiveLine(v.label, value_in_words(v.value, v.low, v.high)) for v in scene.live_values
        ),
        choices=_choices(scene),
        activity=activity_on_screen(scenario, scene.activity, typed) if scene.activity else None,
        can_go_on=scene.can_go_on,
        passed=_passed(scenario, steps),
        brief=blocks_html(scenario, brief_for_learner(scenario, in_play.replay.start)),
        people=people_of(scenario),
        citations=cited_in(scenario, _read_so_far(in_play, scene)),
        action_url=url_for("play.take_step", run_id=in_play.run.id, _anchor=SCENE),
        leave_url=url_for("play.cases"),
        hidden={"base_position": str(in_play.position), "request_key": secrets.token_urlsafe(12)},
        faults=(FieldFault("task", refused.words),) if refused and is_faulty else (),
        notice=refused.words if refused and not is_faulty else "",
        unsaved=refused.unsaved if refused else "",
    )


def taken_step(scenario: Scenario, step: ReplayStep) -> Taken | None:
    """Tells a step with the feedback it brought. None: it was only going on."""
    scene = scenario.scene_by_id[step.before.scene]
    feedback = some_html(scenario, step.outcome.feedback)
    if step.move.kind == CHOICE:
        choice = scene.choice(step.move.choice_id)
        return Taken("You chose", (inline_html(choice.label),), feedback) if choice else None
    if step.move.kind == ACTIVITY and scene.activity is not None:
        told: tuple[Markup | str, ...] = answer_in_words(
            scenario, scene.activity, step.move.answer or {}
        )
        return Taken("You answered", told, feedback)
    return None


def value_in_words(value: Value, low: int, high: int) -> str:
    """Tells a value of the case: a number with its range, a word, or yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value} (of {low} to {high})"
    return value.replace("_", " ")


def _choices(scene: SceneForLearner) -> tuple[SceneChoice, ...]:
    return tuple(
        SceneChoice(str(number), inline_html(choice.label), choice.locked)
        for number, choice in enumerate(scene.choices, start=1)
    )


def _media(media: Media | None) -> ShownMedia | None:
    return ShownMedia(media.alt, media.transcript, media.describe) if media else None


def _arrivals(steps: Iterable[ReplayStep]) -> int:
    return 1 + sum(step.move.kind != ACTIVITY for step in steps)


def _passed(scenario: Scenario, steps: Sequence[ReplayStep]) -> tuple[Passed, ...]:
    """The scenes that were left, each with what was done in it."""
    numbered = [(_arrivals(steps[:place]), step) for place, step in enumerate(steps)]
    passed = []
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        in_scene = [step for _, step in group]
        if in_scene[-1].move.kind == ACTIVITY:
            continue  # still in this scene
        first = in_scene[0].before
        scene = scenario.scene_by_id[first.scene]
        shown = shown_blocks(scenario, scene.blocks, first)
        told = [taken_step(scenario, step) for step in in_scene]
        done = tuple(one for one in told if one is not None)
        passed.append(Passed(plain_words(scene.title), blocks_html(scenario, shown), done))
    return tuple(passed[-MOST_PASSED:])


def _read_so_far(in_play: RunInPlay, scene: SceneForLearner) -> list[str]:
    """Every text on the page that may name a source."""
    scenario, replay = in_play.scenario, in_play.replay
    texts = [block.text for block in brief_for_learner(scenario, replay.start)]
    texts += [block.text for block in scene.blocks]
    texts += [step.outcome.feedback for step in replay.steps]
    for step in replay.steps:
        left = scenario.scene_by_id[step.before.scene]
        texts += [block.text for block in shown_blocks(scenario, left.blocks, step.before)]
    return [*texts, scene.activity.ask] if scene.activity else texts
