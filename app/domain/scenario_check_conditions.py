"""Checks of conditions, assumptions, effects and rules in every state they can be met in."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.problem import Severity
from app.domain.scenario import Choice, Conditional, Scene
from app.domain.scenario_axes import AxisPlan
from app.domain.scenario_condition import Condition
from app.domain.scenario_declared import Add, Rule
from app.domain.scenario_findings import Findings, at_line, told_state, when_drawn
from app.domain.scenario_machine import MoveSets
from app.domain.scenario_reach import Reach
from app.domain.scenario_space import lowest, without
from app.domain.scenario_states import Exploration


def check_conditions(exploration: Exploration, findings: Findings) -> None:
    """Proves which conditions can hold, which always do, and which assumptions break."""
    reach = exploration.reach
    if reach is None:
        return
    for scene in exploration.scenario.scene_by_id.values():
        shown = reach.shown.get(scene.id, 0)
        if not shown:
            continue  # told once, as a scene nobody reaches
        _check_assumption(reach, scene, findings)
        _check_texts(reach, scene, shown, findings)
        for choice in scene.choices:
            _check_choice(reach, scene, choice, findings)
    _check_rules(reach, findings)
    if not exploration.plan.left_out:
        _check_debrief(exploration, reach, findings)


def tell_domain(exploration: Exploration, findings: Findings, *, largest: int) -> None:
    """Says plainly what was not proven because there are too many combinations of values."""
    plan: AxisPlan = exploration.plan
    place = exploration.scenario.front_matter
    if exploration.reach is None:
        message = (
            f"There are {plan.size:,} combinations of values; up to {largest:,} can be followed. "
            "What depends on them is not proven."
        )
        findings.add("SC390", message, place)
    elif plan.left_out:
        told = ", ".join(plan.left_out)
        message = f"To keep the combinations few, these were not followed, so not proven: {told}."
        findings.add("SC390", message, place, severity=Severity.WARNING)


def _check_assumption(reach: Reach, scene: Scene, findings: Findings) -> None:
    if scene.assumes is None:
        return
    holds = reach.machine.masks.of(scene.assumes)
    broken = without(reach.arrivals.get(scene.id, 0), holds)
    if not broken:
        return
    play = reach.play_to_arrival(scene.id, broken)
    state = told_state(reach.machine, lowest(broken), scene.assumes)
    drawn = when_drawn(reach, reach.start_of_arrival(scene.id, broken))
    message = f"“{scene.id}” assumes {scene.assumes.text}, but a play arrives when {state}{drawn}."
    place = at_line(scene.place, scene.assumes)
    findings.add("SC304", message, place, witness=play)


def _check_choice(reach: Reach, scene: Scene, choice: Choice, findings: Findings) -> None:
    shown = reach.shown[scene.id]
    moves = [move for move in reach.machine.moves[scene.id] if move.choice is choice]
    if not any(shown & move.mask for move in moves):
        told = f" ({choice.condition.text})" if choice.condition else ""
        message = f"“{choice.id}” is never open{told}."
        findings.add("SC302", message, choice.place, witness=reach.play_to(scene.id, shown))
        return
    holds = reach.machine.masks.of(choice.condition)
    if choice.condition is not None and not without(shown, holds):
        place = at_line(choice.place, choice.condition)
        message = f"The condition of “{choice.id}” always holds here: {choice.condition.text}."
        findings.add("SC303", message, place)
    for move in moves:
        _check_lost_effects(reach, move, choice, findings)


def _check_lost_effects(reach: Reach, move: MoveSets, choice: Choice, findings: Findings) -> None:
    machine = reach.machine
    if not any(isinstance(effect, Add) for effect in choice.effects):
        return
    states = taken = reach.shown[move.scene] & move.mask
    for effect in choice.effects:
        steps = machine.effect_steps((effect,))
        if isinstance(effect, Add) and steps and states:
            axis = machine.space.position["state", effect.variable]
            edge = machine.space.sizes[axis] - 1 if effect.amount > 0 else 0
            if not without(states, machine.space.equal(axis, edge)):
                told = f"{effect.variable} {effect.amount:+d}"
                message = f"The effect “{told}” of “{choice.id}” is always lost: no room is left."
                play = (*reach.play_to(move.scene, taken), choice.id)
                findings.add("SC307", message, choice.place, witness=play)
        states = machine.forward(states, steps)


def _check_texts(reach: Reach, scene: Scene, shown: int, findings: Findings) -> None:
    for block in scene.blocks:
        if isinstance(block, Conditional):
            masks = [
                shown if b.condition is None else shown & reach.machine.masks.of(b.condition)
                for b in block.branches
            ]
            _tell_branches(block, masks, shown, findings)


def _check_debrief(exploration: Exploration, reach: Reach, findings: Findings) -> None:
    endings = exploration.endings_reached
    for part in exploration.scenario.debrief:
        for block in part.blocks:
            if not isinstance(block, Conditional):
                continue
            # Endings are told apart by shifting their sets side by side into one number.
            masks = [_at_ends(reach, endings, branch.condition) for branch in block.branches]
            _tell_branches(block, masks, _at_ends(reach, endings, None), findings)


def _at_ends(reach: Reach, endings: tuple[Scene, ...], condition: Condition | None) -> int:
    found = 0
    for number, ending in enumerate(endings):
        states = reach.shown.get(ending.id, 0)
        if condition is not None:
            states &= reach.machine.masks.at_end(condition, ending)
        found |= states << (number * reach.machine.space.size)
    return found


def _tell_branches(block: Conditional, masks: list[int], shown: int, findings: Findings) -> None:
    left = shown
    for branch, mask in zip(block.branches, masks, strict=True):
        condition, reached = branch.condition, mask & left
        if condition is not None and left and not reached:
            message = f"This text is never shown: {condition.text}."
            findings.add("SC313", message, at_line(block.place, condition))
        elif condition is not None and left and not without(left, mask):
            message = f"This text is always shown: {condition.text}."
            findings.add("SC313", message, at_line(block.place, condition))
        left = without(left, mask)


def _check_rules(reach: Reach, findings: Findings) -> None:
    fired = set(reach.fired)
    leading = [rule for rule, _ in reach.machine.rules if rule.go]
    by_moves = len(leading) > 1 or len(leading) < len(reach.machine.rules)
    clashes: dict[tuple[str, str], _Clash] = {}
    for move, taken in reach.taken() if by_moves else ():
        if not taken:
            continue
        states = moved = reach.machine.forward(taken, move.steps)
        for number, (rule, mask) in enumerate(reach.machine.rules):
            here = states & mask
            if not here:
                continue
            fired.add(rule.id)
            for other, other_mask in reach.machine.rules[number + 1 :]:
                both = here & other_mask
                if both and rule.go and other.go and rule.go != other.go:
                    # What earlier rules changed cannot be followed back; then no play is told.
                    before = reach.machine.backward(both & moved, move.steps) & taken
                    found = _Clash(rule, other, move, before if states == moved else 0)
                    clashes.setdefault((rule.id, other.id), found)
            states = _after_rule(reach, rule, states, here)
    for rule, _ in reach.machine.rules:
        if rule.id not in fired:
            message = f"The rule “{rule.id}” never fires: {rule.when.text}."
            findings.add("SC305", message, rule.place)
    for clash in clashes.values():
        _tell_clash(reach, clash, findings)


@dataclass(frozen=True, slots=True)
class _Clash:
    """Two rules that lead elsewhere after one move, and the states it is made in; 0 if unknown."""

    rule: Rule
    other: Rule
    move: MoveSets
    before: int


def _tell_clash(reach: Reach, clash: _Clash, findings: Findings) -> None:
    first, other, move = clash.rule.id, clash.other.id, clash.move
    message = (
        f"After “{move.name or move.scene}” both “{first}” and “{other}” hold; "
        f"“{first}” stands first and decides."
    )
    play: tuple[str, ...] = ()
    if clash.before:
        last = (move.name,) if move.name else ()
        play = (*reach.play_to(move.scene, clash.before), *last)
    findings.add("SC306", message, clash.other.place, witness=play)


def _after_rule(reach: Reach, rule: Rule, states: int, here: int) -> int:
    if rule.go:
        return without(states, here)
    changed = reach.machine.forward(here, reach.machine.effect_steps(rule.effects))
    return changed | without(states, here)
