"""Checks of conditions, assumptions, effects and rules in every state they can be met in."""

from __future__ import annotations

from app.domain.problem import Severity
from app.domain.scenario import Choice, Conditional, Scene
from app.domain.scenario_axes import AxisPlan
from app.domain.scenario_condition import Condition
from app.domain.scenario_declared import Add, Rule
from app.domain.scenario_findings import Findings, at_line, told_state, when_drawn
from app.domain.scenario_machine import MoveSets
from app.domain.scenario_reach import Reach
from app.domain.scenario_space import lowest
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
    broken = reach.arrivals.get(scene.id, 0) & ~reach.machine.masks.of(scene.assumes)
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
        findings.add("SC302", f"“{choice.id}” is never open{told}.", choice.place)
        return
    if choice.condition is not None and not shown & ~reach.machine.masks.of(choice.condition):
        place = at_line(choice.place, choice.condition)
        message = f"The condition of “{choice.id}” always holds here: {choice.condition.text}."
        findings.add("SC303", message, place)
    for move in moves:
        _check_lost_effects(reach, move, choice, findings)


def _check_lost_effects(reach: Reach, move: MoveSets, choice: Choice, findings: Findings) -> None:
    machine = reach.machine
    states = reach.shown[move.scene] & move.mask
    for effect in choice.effects:
        steps = machine.effect_steps((effect,))
        if isinstance(effect, Add) and steps and states:
            axis = machine.space.position["state", effect.variable]
            edge = machine.space.sizes[axis] - 1 if effect.amount > 0 else 0
            if not states & ~machine.space.equal(axis, edge):
                told = f"{effect.variable} {effect.amount:+d}"
                message = f"The effect “{told}” of “{choice.id}” is always lost: no room is left."
                findings.add("SC307", message, choice.place)
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
        elif condition is not None and left and not left & ~mask:
            message = f"This text is always shown: {condition.text}."
            findings.add("SC313", message, at_line(block.place, condition))
        left &= ~mask


def _check_rules(reach: Reach, findings: Findings) -> None:
    fired: set[str] = set()
    clashes: dict[tuple[str, str], tuple[Rule, Rule, MoveSets]] = {}
    for move, taken in reach.taken():
        if not taken:
            continue
        states = reach.machine.forward(taken, move.steps)
        for number, (rule, mask) in enumerate(reach.machine.rules):
            here = states & mask
            if not here:
                continue
            fired.add(rule.id)
            for other, other_mask in reach.machine.rules[number + 1 :]:
                if here & other_mask and rule.go and other.go and rule.go != other.go:
                    clashes.setdefault((rule.id, other.id), (rule, other, move))
            states = _after_rule(reach, rule, states, here)
    for rule, _ in reach.machine.rules:
        if rule.id not in fired:
            message = f"The rule “{rule.id}” never fires: {rule.when.text}."
            findings.add("SC305", message, rule.place)
    for rule, other, move in clashes.values():
        message = (
            f"After “{move.name or move.scene}” both “{rule.id}” and “{other.id}” hold; "
            f"“{rule.id}” stands first and decides."
        )
        findings.add("SC306", message, other.place)


def _after_rule(reach: Reach, rule: Rule, states: int, here: int) -> int:
    if rule.go:
        return states & ~here
    changed = reach.machine.forward(here, reach.machine.effect_steps(rule.effects))
    return changed | (states & ~here)
