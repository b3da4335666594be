"""Small cases to edit, and what every edit of one must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.domain.scenario import Scenario, Scene
from app.library.case_edit import Edit, apply_edit, undo_of
from app.library.scenario_text import read_case

HEAD = """---
format: 1
id: small
title: A small case
language: en
start: "one"  # where it begins
competencies: [FAM]
cast:
  you: {name: You, role: counselor}
  ann: {name: Ann, role: "client, cook"}
state:
  trust: {range: 0..3, start: 2}
rules:
  - {id: late, when: trust <= 0 and visited(two), go: end}   # visited(two) in a comment stays
  - id: never
    when: >-
      trust >= 3 and
      chose(b)
    go: 'end'
---

"""
BODY = """# Brief

Read this first.

# Scenes

## [one] The first
assumes: not visited( two )
<!-- a note that stays -->

**Ann:** Good morning.

::: if chose(b) and not visited(two)
She looks up.
:::

- [Ask how she is.] -> two {#a}   
  rate: 3 <!-- check with Marva -->
  shows: FAM 3
  feedback: Some words that
    go on here.
<!-- between the two -->
- [Wait, and say
  nothing at all.] -> two {#b}
  if: trust >= 1 and
    not visited(two)
  rate: 1

## [two] The second

A quiet room.

```say
ask: What do you say?
```

-> end

## [end] The end
ending: good

It is over.

# Debrief

::: if visited(two)
You came far.
:::

# Trainer notes

visited(two) is only a word here.
"""  # noqa: W291
WALK = """# pick a
seed 7
pick a
see two "A quiet room."
expect ending good
expect ending end
expect open a
"""


def small_case(body: str = BODY) -> dict[str, str]:
    return {"case.md": HEAD + body, "walks/good.walk": WALK}


def read(files: Mapping[str, str]) -> Scenario:
    scenario, _ = read_case(files, path="small")
    assert scenario is not None
    return scenario


def meaning(files: Mapping[str, str]) -> Scenario:
    """What a case says, without the marks that every change of its text changes."""
    scenario = read(files)
    scenes = tuple(replace(scene, fingerprint="") for scene in scenario.scenes)
    return replace(scenario, scenes=scenes, fingerprint="")


def edited(files: Mapping[str, str], edit: Edit) -> dict[str, str]:
    """The files after an edit, once it is seen that it can be kept and taken back."""
    after = apply_edit(files, Edit.from_json(edit.as_json()))
    assert apply_edit(after, undo_of(edit)) == dict(files)
    assert apply_edit(apply_edit(after, undo_of(edit)), undo_of(undo_of(edit))) == after
    return after


def with_scene(scenario: Scenario, scene_id: str, **changes: object) -> Scenario:
    scenes = [replace(s, **changes) if s.id == scene_id else s for s in scenario.scenes]
    return replace(scenario, scenes=tuple(scenes))


def with_choice(scenario: Scenario, scene_id: str, choice_id: str, **changes: object) -> Scenario:
    scene = scene_of(scenario, scene_id)
    choices = [replace(c, **changes) if c.id == choice_id else c for c in scene.choices]
    return with_scene(scenario, scene_id, choices=tuple(choices))


def scene_of(scenario: Scenario, scene_id: str) -> Scene:
    scene = scenario.scene(scene_id)
    assert scene is not None
    return scene
