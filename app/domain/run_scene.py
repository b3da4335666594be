"""A scene as a learner may see it, built by adding fields to nothing.

There is no field for a rating, feedback, target, breach or critical mark, or expected answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.play_state import PlayState
from app.domain.run import OfferedChoice, current_scene, is_waiting, legal_choices
from app.domain.scenario import Block, Conditional, Media, Prose, Scenario, Speech
from app.domain.scenario_activity import (
    Activity,
    Labeled,
    Order,
    Pick,
    Say,
    Sct,
    Sociogram,
    kind_of,
    prompt_of,
)
from app.domain.scenario_condition import Facts, holds
from app.domain.scenario_vocabulary import Show, Value


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Prose or speech as it stands on the screen. Shape: `speaker` is empty for prose."""

    text: str  # Markdown
    speaker: str = ""  # cast id
    name: str = ""
    role: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ActivityPrompt:
    """What an activity asks. Shape: only the fields of its kind are filled.

    Units: `most` is how many may be picked; a judgment runs from `-reach` to `reach`.
    """

    kind: str
    ask: str
    center: Labeled | None = None  # the client, who stands in the middle
    people: tuple[Labeled, ...] = ()
    rings: tuple[str, ...] = ()
    ties: tuple[Labeled, ...] = ()
    options: tuple[Labeled, ...] = ()
    most: int = 0
    reach: int = 0
    cues: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class LiveValue:
    """A state variable the case lets the learner watch."""

    name: str
    label: str
    value: Value
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class SceneForLearner:
    """One screen of a run.

    None: `activity` is None when there is none, or when it has been answered.
    """

    id: str
    title: str
    blocks: tuple[ShownBlock, ...]
    choices: tuple[OfferedChoice, ...]
    activity: ActivityPrompt | None
    can_go_on: bool
    has_ended: bool
    live_values: tuple[LiveValue, ...] = ()
    media: Media | None = None


def scene_for_learner(scenario: Scenario, state: PlayState) -> SceneForLearner:
    """Shows the scene a run stands in, with what is open in it. Raises: NotFound if it is gone."""
    scene = current_scene(scenario, state)
    waits = is_waiting(scene, state) and not state.has_ended
    return SceneForLearner(
        id=scene.id,
        title=scene.title,
        blocks=shown_blocks(scenario, scene.blocks, state),
        choices=legal_choices(scenario, state),
        activity=_prompt(scenario, state, scene.activity) if scene.activity and waits else None,
        can_go_on=bool(scene.go) and not scene.choices and not waits and not state.has_ended,
        has_ended=state.has_ended,
        live_values=_live_values(scenario, state),
        media=scene.media,
    )


def brief_for_learner(scenario: Scenario, state: PlayState) -> tuple[ShownBlock, ...]:
    """What the learner reads before the first scene."""
    return shown_blocks(scenario, scenario.brief, state)


def shown_blocks(
    scenario: Scenario, blocks: Iterable[Block], facts: Facts
) -> tuple[ShownBlock, ...]:
    """Chooses the text that holds now: of each conditional block, the first fitting branch."""
    shown: list[ShownBlock] = []
    for block in blocks:
        if isinstance(block, Conditional):
            fitting = (b for b in block.branches if holds(b.condition, facts))
            inner = next(fitting, None)
            shown += [_shown(scenario, part) for part in inner.blocks] if inner else []
        else:
            shown.append(_shown(scenario, block))
    return tuple(shown)


def _shown(scenario: Scenario, block: Prose | Speech) -> ShownBlock:
    if isinstance(block, Prose):
        return ShownBlock(block.text)
    member = next((m for m in scenario.cast if m.id == block.speaker), None)
    if member is None:
        return ShownBlock(block.text, name=block.name)
    return ShownBlock(
        block.text,
        speaker=member.id,
        name=member.name,
        role=member.role,
        picture=member.picture,
        alt=member.alt,
    )


def _prompt(scenario: Scenario, state: PlayState, activity: Activity) -> ActivityPrompt:
    kind, ask = kind_of(activity), prompt_of(activity)
    match activity:
        case Sociogram():
            client = activity.center
            center = Labeled(client, scenario.name_of(client)) if client else None
            return ActivityPrompt(
                kind,
                ask,
                center=center,
                people=activity.people,
                rings=activity.rings,
                ties=activity.ties,
            )
        case Pick():
            options = [Labeled(option.id, option.text) for option in activity.options]
            return ActivityPrompt(kind, ask, options=_mixed(options, state), most=activity.choose)
        case Order():
            return ActivityPrompt(kind, ask, options=_mixed(list(activity.items), state))
        case Say():
            return ActivityPrompt(kind, ask, cues=activity.cues, minutes=activity.minutes)
        case Sct():
            return ActivityPrompt(kind, ask, reach=activity.reach)


def _mixed(options: list[Labeled], state: PlayState) -> tuple[Labeled, ...]:
    # Authors write the right order or the keys first; the run's seed hides that.
    random.Random(f"{state.seed}:{state.scene}:activity").shuffle(options)
    return tuple(options)


def _live_values(scenario: Scenario, state: PlayState) -> tuple[LiveValue, ...]:
    return tuple(
        LiveValue(v.name, v.label or v.name, state.values[v.name], v.low, v.high)
        for v in scenario.state
        if v.show is Show.LIVE
    )
