"""The example of each code shows it: with the lines before it is found, with those after not."""

from __future__ import annotations

from functools import cache

import pytest

from app.domain.scenario_check import check_scenario
from app.domain.scenario_codes import CODES
from app.library.problem_help import Example, code_help, families
from app.library.scenario_text import read_case
from tests.scenario_builders import sample_text

# Told by an example that stands for more than one place of a case, or for many lines.
SHOWN_ONLY = {"SC117", "SC311", "SC409", "SC505", "SC901", "SC902", "SC903"} | {
    "SC801",  # these four are told of a draft or a publication, not of a text alone
    "SC802",
    "SC803",
    "SC804",
}
KNOWN = frozenset({"CONF", "FAM", "MI", "ADV"})
FEEDBACK = "This is long enough to be read as feedback on"
MORE = f"""-> door

## [door] Before the hour
media: media/room.jpg
alt: Three chairs around a low table

- [Open the door.] -> film {{#open}}
  set: strain +1
  rate: 1
  shows: MI 1
  feedback: {FEEDBACK} the door.
- [Knock, and wait until she says that she is ready.] -> film {{#knock}}
  if: strain <= 2
  rate: 3
  shows: MI 3
  feedback: {FEEDBACK} knocking first.

## [film] In the hall
media: media/hall.mp4
captions: media/hall.vtt

```pick
ask: What would you bring up first?
choose: 1
options:
  - {{text: Her plan for the week, key: true}}
  - {{text: The weather, key: false}}
```

-> call

## [call] A call in between
media: media/call.mp3
transcript: Ruth breathes in, and says that she is downstairs.

```sct
hypothesis: Ruth is frightened rather than nosy.
news: She has waited downstairs for an hour.
panel: [1, 1, 1, 1, 1, 1, 2, 2, 2, 0]
```

-> meeting
"""
TO_THE_DOOR = "map ruth=2 jo=1 lena-dan:drinks_with\npick knock\ntick a\ngo\njudge +1\n"
OPENED = "map ruth=2\npick open\ntick a\ngo\njudge +1\n"
WALKS = {
    "good": f"pick neither\npick reflect\npick write\n{TO_THE_DOOR}pick hold\n"
    "expect ending good\nexpect alliance 8\n",
    "mixed": f"pick neither\npick push\npick sign\n{TO_THE_DOOR}pick flat\nexpect ending mixed\n",
    "broken": f"pick neither\npick push\npick sign\n{OPENED}pick tell\nexpect ending end-broken\n",
    "alone": "pick neither\npick push\npick wait\nexpect ending end-alone\n",
    "strained": f"pick hangup\npick push\npick sign\n{OPENED}pick flat\n",
}


def the_files() -> dict[str, str]:
    text = sample_text().replace("-> meeting\n", MORE, 1)
    text = text.replace("before your agenda", "before your own agenda")
    return {"case.md": text, **{f"walks/{name}.walk": walk for name, walk in WALKS.items()}}


def codes_of(files: dict[str, str]) -> set[str]:
    scenario, problems = read_case(files, path="lena-and-ruth")
    if scenario is not None:
        problems = [*problems, *check_scenario(scenario, known_competencies=KNOWN)]
    return {problem.code for problem in problems}


@cache
def sound_codes() -> set[str]:
    return codes_of(the_files())


def with_fault(example: Example) -> dict[str, str]:
    files = the_files()
    holding = [name for name, text in files.items() if example.after in text]
    assert holding, example.after
    name = holding[0]
    return {**files, name: files[name].replace(example.after, example.before, 1)}


@pytest.mark.parametrize("code", sorted(set(CODES) - SHOWN_ONLY))
def test_example_shows_its_code(code: str) -> None:
    example = code_help()[code].example
    assert example is not None

    assert code not in sound_codes()
    assert code in codes_of(with_fault(example))


def test_every_family_has_codes_and_words_for_each() -> None:
    assert [one.letters for one in families()] == ["YF", "LS", "IT", "SR", "XR", "IW", "SC"]
    for family in families():
        assert family.codes
        assert all(one.wrong.endswith(".") and one.cure.endswith(".") for one in family.codes)
