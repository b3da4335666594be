"""Scenes: heading, keys, what is read aloud, at most one activity, then choices or one way on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.ids import fingerprint
from app.domain.scenario import Media, Scene
from app.domain.scenario_activity import Activity
from app.domain.scenario_vocabulary import EndingKind
from app.library.case_activities import activity_of, starts_activity
from app.library.case_blocks import Speakers, blocks_of
from app.library.case_choices import choices_of, starts_choice
from app.library.case_keys import Keys, keys_of, starts_key
from app.library.case_lines import CaseLine, Faults, place_of
from app.library.case_values import (
    NAME,
    codes_of,
    condition_of,
    effects_of,
    nearest,
    truth_of,
)

SCENE_KEYS = (
    "assumes",
    "on-enter",
    "shuffle",
    "ending",
    "shows",
    "media",
    "alt",
    "captions",
    "transcript",
    "describe",
    "time",
)
_HEADING = re.compile(r"## +\[([^\[\]]{1,80})\] *(.*)")
_LONGEST_TIME = 1_440  # minutes: one day in the story


def scene_of(
    lines: Sequence[CaseLine], *, speakers: Speakers, client: str, faults: Faults
) -> Scene | None:
    """Reads one scene. None: its heading cannot be read, and that has been noted."""
    heading = read_heading(lines[0].text)
    if heading is None:
        advice = "Write “## [scene-id] Title”; ids have letters, digits and hyphens."
        faults.at(lines[0], "SC100", "This is not the heading of a scene.", advice)
        return None
    scene_id, title = heading
    head = touching_keys(lines[1:])
    keys = keys_of(head, SCENE_KEYS, faults)
    text, fence, tail = split_scene(lines[1 + len(head) :], faults)
    ways_on, rest = _ways_on(tail, faults)
    choices, strays = choices_of(rest, scene=scene_id, faults=faults)
    if strays:
        faults.at(strays[0], "SC114", "Text after the choices is never shown.")
    guard, enter = keys.get("assumes"), keys.get("on-enter")
    return Scene(
        id=scene_id,
        title=title,
        blocks=blocks_of(text, speakers=speakers, faults=faults),
        choices=tuple(choices),
        activity=_activity(fence, client, faults),
        go=ways_on[0] if ways_on else "",
        assumes=condition_of(guard.value, guard.line, faults) if guard else None,
        on_enter=effects_of(enter.value, enter.line, faults) if enter else (),
        is_shuffled=_shuffle(keys, faults),
        ending=_ending(keys, faults),
        shows=codes_of(keys["shows"].value) if "shows" in keys else (),
        media=_media(keys),
        minutes=_minutes(keys, faults),
        place=place_of(lines),
        fingerprint=fingerprint("\n".join(line.text for line in lines).strip()),
    )


def read_heading(text: str) -> tuple[str, str] | None:
    """Reads `## [id] Title` into id and title. None: it is not the heading of a scene."""
    heading = _HEADING.fullmatch(text)
    if heading is None or not NAME.fullmatch(heading[1].strip()):
        return None
    return heading[1].strip(), heading[2].strip()


def touching_keys(lines: Sequence[CaseLine]) -> list[CaseLine]:
    """The key lines right under the heading, with values that go on."""
    found: list[CaseLine] = []
    for line in lines:
        goes_on = bool(found) and line.indent > 0
        if line.is_blank or not (starts_key(line) or goes_on):
            break
        found.append(line)
    return found


def split_scene(
    lines: Sequence[CaseLine], faults: Faults
) -> tuple[list[CaseLine], list[CaseLine], list[CaseLine]]:
    """Cuts a scene into text, its activity with the fences, and what leads on."""
    text: list[CaseLine] = []
    fence: list[CaseLine] = []
    at = 0
    while at < len(lines) and not leads_on(lines[at]):
        if not starts_activity(lines[at]):
            text.append(lines[at])
            at += 1
            continue
        end = _end_of_fence(lines, at)
        if fence:
            faults.at(lines[at], "SC100", "A scene has at most one activity.", "Split the scene.")
        else:
            fence = list(lines[at:end])
        at = end
    return text, fence, list(lines[at:])


def _end_of_fence(lines: Sequence[CaseLine], at: int) -> int:
    for end in range(at + 1, len(lines)):
        if starts_activity(lines[end]):
            return end + 1
    return len(lines)


def leads_on(line: CaseLine) -> bool:
    """Says whether a line begins a choice or is the one way on."""
    return starts_choice(line) or line.text.startswith("->")


def _ways_on(lines: Sequence[CaseLine], faults: Faults) -> tuple[list[str], list[CaseLine]]:
    ways: list[str] = []
    rest: list[CaseLine] = []
    for line in lines:
        if not line.text.startswith("->"):
            rest.append(line)
            continue
        target = line.text[2:].strip()
        if not NAME.fullmatch(target):
            faults.at(line, "SC100", "“->” needs one scene id.", "Write “-> scene-id”.")
        elif ways:
            faults.at(line, "SC203", "This scene has a second “->” line.")
        else:
            ways.append(target)
    return ways, rest


def _activity(fence: list[CaseLine], client: str, faults: Faults) -> Activity | None:
    return activity_of(fence, client=client, faults=faults) if fence else None


def _shuffle(keys: Keys, faults: Faults) -> bool:
    told = keys.get("shuffle")
    return truth_of(told.value, told.line, faults) if told else True


def _ending(keys: Keys, faults: Faults) -> EndingKind | None:
    told = keys.get("ending")
    if told is None:
        return None
    if told.value in set(EndingKind):
        return EndingKind(told.value)
    advice = nearest(told.value, list(EndingKind))
    faults.at(told.line, "SC111", f"“{told.value}” is no kind of ending.", advice)
    return EndingKind.MIXED


def _media(keys: Keys) -> Media | None:
    if "media" not in keys:
        return None
    told = ("media", "alt", "captions", "transcript", "describe")
    texts = {key: keys[key].value for key in told if key in keys}
    return Media(
        file=texts["media"],
        alt=texts.get("alt", ""),
        captions=texts.get("captions", ""),
        transcript=texts.get("transcript", ""),
        describe=texts.get("describe", ""),
    )


def _minutes(keys: Keys, faults: Faults) -> int:
    told = keys.get("time")
    if told is None:
        return 0
    if told.value.isdecimal() and int(told.value[:9]) <= _LONGEST_TIME:
        return int(told.value)
    faults.at(told.line, "SC111", f"“{told.value}” is no number of minutes.", "Write digits only.")
    return 0
