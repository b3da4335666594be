"""The small languages behind the keys of a case: effects, disclosures, what a choice shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from app.domain.scenario import Disclosure
from app.domain.scenario_activity import Showing
from app.domain.scenario_condition import Condition, ConditionError, read_condition
from app.domain.scenario_declared import Add, ConsentAct, Effect, Put
from app.domain.scenario_vocabulary import ConsentVerb, Value
from app.library.case_lines import CaseLine, Faults

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")
_ADD = re.compile(r"([A-Za-z][\w-]*) *([+-]) *([0-9]{1,6})")
_PUT = re.compile(r"([A-Za-z][\w-]*) *= *(-?[0-9]{1,9}|[A-Za-z][\w-]*)")
_SHOWING = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*) +([0-9]{1,3})")
_DISCLOSURE = re.compile(r"([A-Za-z][\w-]*) +to +([A-Za-z][\w-]*)")
_TRUTH = {"true": True, "false": False}


def nearest(word: str, known: Sequence[str]) -> str:
    """Asks back after a misspelling, or lists what there is. Shape: a sentence."""
    told = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), list(told), n=1, cutoff=0.6)
    return f"Did you mean “{told[close[0]]}”?" if close else f"There are: {', '.join(known)}."


def condition_of(text: str, line: CaseLine, faults: Faults) -> Condition | None:
    """Reads a condition. None: it cannot be read, and that has been noted."""
    try:
        return read_condition(text, line=line.number)
    except ConditionError as error:
        faults.at(line, "SC112", str(error), error.advice)
        return None


def effects_of(text: str, line: CaseLine, faults: Faults) -> tuple[Effect, ...]:
    """Reads effects: `alliance +1, limits = written, give release_ruth`."""
    effects: list[Effect] = []
    for part in _parts(text):
        effect = _effect(part)
        if effect is None:
            advice = "Write “name +1”, “name -1” or “name = value”, with commas between."
            faults.at(line, "SC112", f"The effect “{part}” cannot be read.", advice)
        else:
            effects.append(effect)
    return tuple(effects)


def _effect(part: str) -> Effect | None:
    if added := _ADD.fullmatch(part):
        amount = int(added[3])
        return Add(added[1], amount if added[2] == "+" else -amount)
    if put := _PUT.fullmatch(part):
        return Put(put[1], literal(put[2]))
    return _consent_act(part)


def consents_of(text: str, line: CaseLine, faults: Faults) -> tuple[Effect, ...]:
    """Reads what happens to consents: `give release_ruth`."""
    acts: list[Effect] = []
    for part in _parts(text):
        act = _consent_act(part)
        if act is None:
            advice = "Write ask, give, refuse or revoke, and the id of a consent."
            faults.at(line, "SC111", f"“{part}” says nothing about a consent.", advice)
        else:
            acts.append(act)
    return tuple(acts)


def _consent_act(part: str) -> ConsentAct | None:
    verb, _, consent = part.partition(" ")
    if verb not in set(ConsentVerb) or not NAME.fullmatch(consent.strip()):
        return None
    return ConsentAct(ConsentVerb(verb), consent.strip())


def disclosures_of(text: str, line: CaseLine, faults: Faults) -> tuple[Disclosure, ...]:
    """Reads what is told to whom: `episodes to ruth`."""
    found: list[Disclosure] = []
    for part in _parts(text):
        told = _DISCLOSURE.fullmatch(part)
        if told is None:
            advice = "Write “topic to person”, with ids from facts and cast."
            faults.at(line, "SC111", f"The disclosure “{part}” cannot be read.", advice)
        else:
            found.append(Disclosure(told[1], told[2]))
    return tuple(found)


def showings_of(text: str, line: CaseLine, faults: Faults) -> tuple[Showing, ...]:
    """Reads what a choice shows: `CONF 3, FAM 2`."""
    found: list[Showing] = []
    for part in _parts(text):
        shown = _SHOWING.fullmatch(part)
        if shown is None or int(shown[2]) > 3:
            advice = "Write a competency code and a number from 0 to 3, for example “CONF 3”."
            faults.at(line, "SC111", f"“{part}” does not say what is shown.", advice)
        else:
            found.append(Showing(shown[1], int(shown[2])))
    return tuple(found)


def codes_of(text: str) -> tuple[str, ...]:
    """Reads codes with commas between: `CONF, FAM`."""
    return tuple(_parts(text.strip().removeprefix("[").removesuffix("]")))


def truth_of(text: str, line: CaseLine, faults: Faults) -> bool:
    """Reads true or false; anything else is a fault and counts as false."""
    value = _TRUTH.get(text.strip())
    if value is None:
        faults.at(line, "SC111", f"“{text}” is neither true nor false.", "Write true or false.")
    return value or False


def literal(text: str) -> Value:
    """Reads a value: a whole number, true, false, or a word."""
    if text in _TRUTH:
        return _TRUTH[text]
    return int(text) if text.lstrip("-").isdecimal() else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
