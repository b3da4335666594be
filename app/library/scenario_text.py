"""The text of a case folder → a Scenario in which every part knows its lines.

Reading never fails: what cannot be read is a Problem, and the rest is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.ids import fingerprint
from app.domain.problem import Problem
from app.domain.scenario import DebriefPart, Scenario, Scene
from app.domain.scenario_codes import case_problem
from app.domain.scenario_vocabulary import Place
from app.domain.scenario_walk import Walk
from app.library.case_blocks import Speakers, blocks_of
from app.library.case_limits import scenes_fit, texts_fit
from app.library.case_lines import (
    MAIN_FILE,
    MOST_FAULTS,
    CaseLine,
    Faults,
    TooManyFaultsError,
    body_lines,
    place_of,
    split_front_matter,
    split_headings,
    split_sections,
)
from app.library.case_scenes import scene_of
from app.library.kept import Kept
from app.library.scenario_front_matter import FrontMatter, read_front_matter
from app.library.walk_file import read_walk

_WORD = re.compile(r"\w+")
WALK_FOLDER, WALK_ENDING = "walks/", ".walk"
_TOP = Place(MAIN_FILE, 1, 1)
MOST_KNOWN = 2_500  # scenes a process keeps as it read them, some ten megabytes
_known: Kept[tuple[object, ...], Scene | None] = Kept(MOST_KNOWN)


def read_case(files: Mapping[str, str], *, path: str) -> tuple[Scenario | None, list[Problem]]:
    """Reads a case from the texts of its folder, by their relative names.

    Shape: problems name `path` plus the file; a case with errors may still be returned, so
    that it can be checked and edited further.
    None: there is no case.md with front matter, or no scene in it.
    """
    faults = Faults(path)
    try:
        return _case(files, faults), faults.problems
    except TooManyFaultsError:
        message = f"There are more than {MOST_FAULTS} faults; the rest is not told."
        told = case_problem("SC117", message, path=path, place=_TOP, subject=faults.subject)
        return None, [*faults.problems, told]


def _case(files: Mapping[str, str], faults: Faults) -> Scenario | None:
    if not texts_fit(files, faults):
        return None
    text = files.get(MAIN_FILE)
    if text is None:
        faults.add("SC100", "There is no case.md in this folder.", _TOP, "Add one.")
        return None
    head, first = split_front_matter(text)
    if head is None:
        message = "The file does not start with front matter between two lines of “---”."
        faults.add("SC100", message, _TOP, "Start from a finished case.")
        return None
    front = read_front_matter(head, faults=faults)
    lines = body_lines(MAIN_FILE, text, first=first, faults=faults)
    if front is None:
        return None
    lines += _part_lines(front, files, faults)
    scenario = _with_body(front.scenario, lines, faults)
    scenario = replace(
        scenario,
        walks=_walks(files, faults),
        front_matter=Place(MAIN_FILE, 1, first - 1),
        fingerprint=_fingerprint(files, front.parts),
    )
    return scenario if scenario.scenes else None


def _part_lines(front: FrontMatter, files: Mapping[str, str], faults: Faults) -> list[CaseLine]:
    lines: list[CaseLine] = []
    for name in dict.fromkeys(front.parts):
        if name == MAIN_FILE:
            continue
        text = files.get(name)
        if text is None:
            faults.add("SC115", f"The part “{name}” is not in this folder.", _TOP)
        else:
            lines += body_lines(name, text, first=1, faults=faults)
    return lines


def _with_body(scenario: Scenario, lines: Sequence[CaseLine], faults: Faults) -> Scenario:
    speakers = {member.name.lower(): member.id for member in scenario.cast}
    sections = split_sections(lines, faults)
    scenes = _scenes(scenario, sections["Scenes"], speakers, faults)
    if not scenes and not any(problem.code == "SC116" for problem in faults.problems):
        faults.add("SC100", "This case has no scene.", _TOP, "Add “# Scenes” and a scene.")
    notes = "\n".join(line.text for line in sections["Trainer notes"]).strip()
    return replace(
        scenario,
        brief=blocks_of(sections["Brief"], speakers=speakers, faults=faults),
        scenes=scenes,
        debrief=_debrief(sections["Debrief"], speakers, faults),
        trainer_notes=notes,
    )


def _scenes(
    scenario: Scenario, lines: Sequence[CaseLine], speakers: Speakers, faults: Faults
) -> tuple[Scene, ...]:
    client = _client(scenario)
    scenes: list[Scene] = []
    groups = split_headings(lines)
    if not scenes_fit(groups, faults):
        return ()
    for group in groups:
        if not group[0].text.startswith("## "):
            first = next(line for line in group if not line.is_blank)
            faults.at(first, "SC100", "Text stands before the first scene.", "Move it to # Brief.")
            continue
        scene = _scene(group, speakers, client, faults)
        if scene is not None:
            scenes.append(scene)
    return tuple(scenes)


def _scene(
    group: Sequence[CaseLine], speakers: Speakers, client: str, faults: Faults
) -> Scene | None:
    """Reads a scene; one that was read without a fault on the same lines is not read again."""
    key = (client, *speakers.items()), tuple((line.file, line.number, line.text) for line in group)
    noted = len(faults.problems)
    return _known.get(
        key,
        lambda: scene_of(group, speakers=speakers, client=client, faults=faults),
        keep=lambda: len(faults.problems) == noted,
    )


def _client(scenario: Scenario) -> str:
    """The person in the middle of a sociogram: whoever has the role, or else gives releases."""
    roles = [m.id for m in scenario.cast if "client" in _WORD.findall(m.role.lower())]
    givers = [consent.giver for consent in scenario.consents]
    return next(iter([*roles, *givers]), "")


def _debrief(
    lines: Sequence[CaseLine], speakers: Speakers, faults: Faults
) -> tuple[DebriefPart, ...]:
    parts = []
    for group in split_headings(lines):
        has_title = group[0].text.startswith("## ")
        title = group[0].text[3:].strip() if has_title else ""
        body = group[1:] if has_title else group
        blocks = blocks_of(body, speakers=speakers, faults=faults)
        parts.append(DebriefPart(title, blocks, place_of(group)))
    return tuple(parts)


def _walks(files: Mapping[str, str], faults: Faults) -> tuple[Walk, ...]:
    names = sorted(n for n in files if n.startswith(WALK_FOLDER) and n.endswith(WALK_ENDING))
    walks = (read_walk(name, files[name], faults=faults) for name in names)
    return tuple(walk for walk in walks if walk is not None)


def _fingerprint(files: Mapping[str, str], parts: Sequence[str]) -> str:
    """Names the text learners play; walks and translations are not part of it."""
    names = [MAIN_FILE, *(name for name in parts if name != MAIN_FILE)]
    return fingerprint("\0".join(f"{name}\0{files.get(name, '')}" for name in names))
