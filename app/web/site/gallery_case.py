"""A small case for the gallery of parts: its map, and two of its texts."""

from __future__ import annotations

from itertools import pairwise

from app.domain.case_layout import lay_out
from app.domain.line_diff import LineDiff, line_diff
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_activity import Say
from app.domain.scenario_vocabulary import EndingKind
from app.web.shared.case_map import CaseMap, case_map
from app.web.shared.map_scenes import BOLD, UNMET, WayOnMap, whole_case

HERE = "#case_map"


def whole_map_sample() -> CaseMap:
    """All signs, one scene that is chosen, one with problems, one missing and one apart."""
    layout = lay_out(CASE)
    scenes = whole_case(CASE, lambda _: HERE, {"session": ("1 error",)})
    chosen = {
        (way.source, way.target): WayOnMap(is_marked=True, width=BOLD)
        for way in layout.ways
        if "session" in (way.source, way.target)
    }
    words = {"marked": "ways of the chosen scene"}
    return case_map(
        "The sister who calls", layout, scenes, ways=chosen, current="session", key_words=words
    )


def path_map_sample() -> CaseMap:
    """What a learner may see after a run."""
    path = ("voicemail", "session", "scope", "meeting", "good")
    met = {name: one for name, one in whole_case(CASE, lambda _: HERE).items() if name in path}
    unmet = {box.scene: UNMET for box in lay_out(CASE).boxes if box.scene not in path}
    layout = lay_out(CASE, small=unmet)
    scenes = unmet | met
    taken = {pair: WayOnMap(is_marked=True, width=BOLD) for pair in pairwise(path)}
    words = {"marked": "the way you took", "plain": "other ways"}
    return case_map("Your path on the map", layout, scenes, ways=taken, key_words=words)


def diff_sample() -> LineDiff:
    """Lines that are the same, reworded, gone and new, and some that are only counted."""
    same = [f"A line that stays, number {number}." for number in range(8)]
    old = ["## [session] Lena, later that day", "", "**Lena:** Ruth called you.", *same, "rate: 2"]
    new = ["## [session] Lena, that day", "", "**Lena:** Ruth called you.", *same, "set: strain +1"]
    return line_diff("\n".join(old), "\n".join(new))


def _to(*targets: str, rate: int | None = None) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"to-{target}-{n}", "", target, rate=rate) for n, target in enumerate(targets)
    )


SAID = Say("What do you say?", minutes=2, coded_by="supervisor")
CASE = Scenario(
    "sample",
    "The sister who calls",
    "voicemail",
    (
        Scene("voicemail", "A message on the clinic line", choices=_to("session", "alone", rate=3)),
        Scene(
            "session",
            "Lena, later that day, between two other clients",
            choices=_to("scope", "lobby", "draft", rate=2),
        ),
        Scene("scope", "What Ruth may hear", activity=SAID, go="meeting"),
        Scene("lobby", "Ruth in the lobby", choices=_to("session", "strained")),
        Scene("meeting", "All three in one room", choices=_to("good", "mixed", rate=3)),
        Scene("good", "Said and kept", ending=EndingKind.GOOD),
        Scene("mixed", "Kept, not said", ending=EndingKind.MIXED),
        Scene("strained", "Nobody calls back", ending=EndingKind.POOR),
        Scene("alone", "Without Ruth", ending=EndingKind.STOPPED),
        Scene("lost", "Nothing leads here", go="good"),
    ),
)
