"""What the forms of a scene send. Shape only; the rules judge it.

Choices, options and steps arrive as their number on the page: names that authors gave them could
tell what they are worth.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence

from app.domain.errors import InvalidInput
from app.domain.run import ACTIVITY, CHOICE, CONTINUE, Move
from app.domain.run_scene import ActivityPrompt, SceneForLearner
from app.domain.scenario_walk import Answer
from app.services.play import StepAsked
from app.web.play.activity_view import pairs_of

NO_POSITION = -1
_JUDGMENT = re.compile(r"-?[0-9]{1,2}")

Form = Mapping[str, Sequence[str]]


def read_position(form: Form) -> int:
    """How many steps had been taken when the page was made."""
    base = _first(form, "base_position")
    return int(base) if base.isdecimal() and len(base) < 6 else NO_POSITION


def read_step(form: Form, scene: SceneForLearner, *, is_current: bool) -> StepAsked:
    """Reads the move that a form asks for, in the scene as it stands.

    When the page was behind, its numbers mean nothing here; the service tells so.
    Raises: InvalidInput if an answer leaves out what the form asks for.
    """
    move = _move(form, scene) if is_current else Move("", CONTINUE)
    key = _first(form, "request_key")[:64] or secrets.token_urlsafe(12)
    return StepAsked(move, read_position(form), key)


def typed_words(form: Form) -> str:
    """What a person wrote in their own words, so that it can be given back."""
    # Browsers send two characters for each line break that a person typed as one.
    return _first(form, "words").replace("\r\n", "\n").strip()


def _move(form: Form, scene: SceneForLearner) -> Move:
    if scene.activity is not None:
        return Move(scene.id, ACTIVITY, answer=_answer(form, scene.activity))
    if scene.choices:
        chosen = _numbered([choice.id for choice in scene.choices], _first(form, "choice"))
        return Move(scene.id, CHOICE, choice_id=chosen)
    return Move(scene.id, CONTINUE)


def _answer(form: Form, prompt: ActivityPrompt) -> Answer:
    match prompt.kind:
        case "sociogram":
            return _map(form, prompt)
        case "pick":
            ids = [option.id for option in prompt.options]
            return {"chosen": [_numbered(ids, number) for number in form.get("chosen", ())][:40]}
        case "order":
            return {"order": _order(form, prompt)}
        case "say":
            return {"words": typed_words(form)}
        case _:
            judgment = _first(form, "judgment")
            return {"judgment": int(judgment) if _JUDGMENT.fullmatch(judgment) else None}


def _map(form: Form, prompt: ActivityPrompt) -> Answer:
    rings = {}
    for person in prompt.people:
        ring = _first(form, f"ring.{person.id}")
        if ring.isdecimal() and len(ring) < 3:
            rings[person.id] = int(ring) + 1  # the form counts rings from 0, the rules from 1
    if not rings:
        raise InvalidInput("nobody-placed", "Place at least one person.", "Then send it again.")
    drawn = {pair: _first(form, f"tie.{pair[0]}.{pair[1]}") for pair in pairs_of(prompt)}
    ties = [{"pair": list(pair), "kind": kind} for pair, kind in drawn.items() if kind]
    return {"rings": rings, "ties": ties}


def _order(form: Form, prompt: ActivityPrompt) -> list[str]:
    count = len(prompt.options)
    places = [_first(form, f"place.{number}") for number in range(1, count + 1)]
    known = {str(place) for place in range(1, count + 1)}
    if not known.issuperset(places):
        raise InvalidInput("step-without-place", "Give every step a place.", "Then send it again.")
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        raise InvalidInput(
            "place-taken", f"Two steps have place {twice}.", "Give each a place of its own."
        )
    placed = zip(places, prompt.options, strict=True)
    return [option.id for _, option in sorted(placed, key=lambda pair: int(pair[0]))]


def _numbered(ids: Sequence[str], number: str) -> str:
    """The id with a number on the page. Empty: there is no such number."""
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    return ids[place - 1] if 1 <= place <= len(ids) else ""


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")
