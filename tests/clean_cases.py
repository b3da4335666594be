"""Sound cases of any size, written as text from a seed: nothing in them is a fault of state.

A case is a row of chapters. Each opens with a hub whose choices lead to three side scenes, which
lead on to the next hub; what the choices change is asked for further on. One side of the first
chapter settles a release, and later choices lean on it.
"""

from __future__ import annotations

import random

FEEDBACK = "was weighed here in words of its own, long enough to be read as a reason"
ACTS = ("Ask", "Name", "Reflect", "Offer", "Wait and see", "Sum up", "Slow down", "Check")
THINGS = ("what she fears", "the plan for the week", "who was there", "the ride home", "the letter")


def clean_case(
    seed: int,
    *,
    chapters: int = 4,
    flags: int = 2,
    highest: int = 10,
    pauses: int = 1,
    name: str = "made",
) -> str:
    """Writes a case with four scenes for each chapter, one for each pause, and five at the end.

    Units: `flags`, `highest` and `pauses` decide how many combinations of values there are.
    """
    return _Writer(seed, chapters, flags, highest, pauses, name).case()


class _Writer:
    def __init__(
        self, seed: int, chapters: int, flags: int, highest: int, pauses: int, name: str
    ) -> None:
        self.chance = random.Random(seed)
        self.chapters = chapters
        self.flags = min(flags, chapters - 1)
        self.highest = highest
        self.pauses = min(pauses, chapters)
        self.name = name
        self.count = 0
        self.has_draw = self.chance.random() < 0.5

    def case(self) -> str:
        scenes = [scene for number in range(self.chapters) for scene in self._chapter(number)]
        return "\n".join([self._front(), *scenes, self._last(), _ENDINGS])

    def _front(self) -> str:
        middle = self.highest // 2
        flags = "".join(
            f"  seen{n}: {{flag: true, start: false, show: debrief}}\n" for n in range(self.flags)
        )
        draw = "random:\n  mood: [calm, tense]\n" if self.has_draw else ""
        return _FRONT.format(
            name=self.name, highest=self.highest, middle=middle, flags=flags, draw=draw
        )

    def _chapter(self, number: int) -> list[str]:
        onward = f"hub{number + 1}" if number + 1 < self.chapters else "last"
        hub = self._hub(number)
        sides = [self._side(number, letter, onward) for letter in "ab"]
        third = self._scope(onward) if number == 0 else self._meeting(number, onward)
        rest = f"## [rest{number}] A pause\n\nTea is poured.\n\n-> hub{number}\n"
        return [hub, *sides, third, *([rest] if number < self.pauses else [])]

    def _hub(self, number: int) -> str:
        guard = self._guard(number)
        text = f"::: if {guard}\n**Ann:** Go on.\n::: else\n**Ann:** Hm.\n:::\n" if guard else ""
        third = "scope" if number == 0 else f"meet{number}"
        choices = [
            self._choice(f"side{number}a", 3, "alliance +1"),
            self._choice(f"side{number}b", 1, "alliance -1, strain +1"),
            self._choice(third, 2, "alliance -1"),
        ]
        if guard:
            choices.append(self._choice(third, 2, "alliance +1", condition=guard))
        pause = f"- [Take a breath first.] -> rest{number} {{#pause{number}}}\n  once: true"
        self.chance.shuffle(choices)
        return f"## [hub{number}] Talk {number}\n\nThe room is quiet.\n\n{text}\n" + "\n".join(
            [*choices, *([pause] if number < self.pauses else []), ""]
        )

    def _guard(self, number: int) -> str:
        """A condition that some plays meet in this hub and others do not."""
        middle = self.highest // 2
        asked = [f"alliance >= {middle + 1}", f"alliance <= {middle}", "strain >= 1"]
        asked += [f"not seen{n}" for n in range(min(self.flags, number))]
        asked += [f"(seen{n} or alliance >= {middle})" for n in range(min(self.flags, number))]
        asked += ["consent(rel_bo)", "asked(rel_bo) and not consent(rel_bo)"]
        if self.has_draw and number == 1:
            return "mood = calm"
        return self.chance.choice(asked) if number else ""

    def _side(self, number: int, letter: str, onward: str) -> str:
        marks = f", seen{number} = true" if letter == "a" and number < self.flags else ""
        choices = [
            self._choice(onward, 3, f"alliance +1{marks}"),
            self._choice(onward, 1, "alliance -1"),
            self._choice(onward, 0, "alliance -2, strain +1", "critical: harm was done"),
        ]
        self.chance.shuffle(choices)
        head = f"## [side{number}{letter}] Aside {number}{letter}\n\n**Ann:** Well then.\n\n"
        return head + "\n".join([*choices, ""])

    def _scope(self, onward: str) -> str:
        choices = [
            self._choice(onward, 3, "ask rel_bo, give rel_bo, alliance +1"),
            self._choice(onward, 2, "ask rel_bo, refuse rel_bo"),
            self._choice(onward, 1, "alliance -1"),
        ]
        head = "## [scope] What Bo may hear\nassumes: not consent(rel_bo)\n\n**Ann:** Not all.\n\n"
        return head + "\n".join([*choices, ""])

    def _meeting(self, number: int, onward: str) -> str:
        told = "discloses: goals to bo"
        kept = "discloses: episodes to bo\n  breach: kept by the release\n  critical: told"
        choices = [
            self._choice(onward, 3, "alliance +1", told, condition="consent(rel_bo)"),
            self._choice(onward, 3, "alliance +2"),
            self._choice(onward, 0, "alliance -2", kept),
        ]
        if number % 3 == 1:
            choices.append(
                self._choice(onward, 2, "revoke rel_bo, strain +1", condition="consent(rel_bo)")
            )
        head = f"## [meet{number}] Bo comes in {number}\n\n**Bo:** So how is she?\n\n"
        return head + "\n".join([*choices, ""])

    def _last(self) -> str:
        middle = self.highest // 2
        choices = [
            self._choice("end-good", 3, "strain -1", condition=f"alliance > {middle}"),
            self._choice("end-mixed", 3, "strain -1"),
            self._choice("end-poor", 1, "strain +1"),
        ]
        return "## [last] At the door\n\n**Ann:** See you?\n\n" + "\n".join([*choices, ""])

    def _choice(
        self, target: str, rate: int, effects: str, *lines: str, condition: str = ""
    ) -> str:
        self.count += 1
        thing, more = self.chance.choice(THINGS), self.chance.choice(THINGS)
        label = f"{self.chance.choice(ACTS)}, then turn to {thing}"
        if self.chance.random() < 0.5:
            label += f", and leave {more} for another day"
        written = [f"- [{label}; {self.count}.] -> {target} {{#c{self.count}}}"]
        written += [f"  if: {condition}"] if condition else []
        written += [
            f"  rate: {rate}",
            f"  shows: CONF {rate}, FAM {rate}",
            f"  set: {effects}",
            *(f"  {line}" for line in lines),
            f"  feedback: Choice {self.count} {FEEDBACK}.",
        ]
        return "\n".join(written)


_FRONT = """---
format: 1
id: {name}
title: A case made by a program
version: 1
language: en
start: hub0
author: Nobody
review: {{by: unreviewed, date: 2026-11-01}}
competencies: [CONF, FAM]
cast:
  you: {{name: You, role: counselor}}
  ann: {{name: Ann, role: client}}
  bo: {{name: Bo, role: brother}}
  cy: {{name: Cy, role: sponsor}}
state:
  alliance: {{range: 0..{highest}, start: {middle}, label: Alliance, show: debrief}}
  strain: {{range: 0..5, start: 0, label: Strain, show: debrief}}
{flags}{draw}consents:
  rel_bo: {{from: ann, to: bo, covers: [goals, visits], never: [episodes]}}
facts:
  goals: What Ann works on
  visits: That she comes
  episodes: Any return to drinking
rules:
  - {{id: bo-leaves, when: strain >= 5, go: end-strained}}
---

# Brief

Ann comes for the third time.

# Scenes
"""

_ENDINGS = """## [end-good] A plan
ending: good

They nod.

## [end-mixed] Next week
ending: mixed

The door closes.

## [end-poor] Not again
ending: poor

She does not come back.

## [end-strained] Bo leaves
ending: poor

The chair is empty.

# Debrief

## What was decided

- Which sentence would you use again?
"""
