"""The path of a run on the map of its case, telling no scene that was not met.

A case may be played again, so what lies beside the path stays a dot: no title, no kind, no link.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from app.domain.case_layout import lay_out, written_ways
from app.domain.debrief import Debrief
from app.domain.scenario import Scenario
from app.web.shared.case_map import BACK, DOT, MARKED, PLAIN, CaseMap, case_map
from app.web.shared.map_scenes import BOLD, UNMET, SceneOnMap, WayOnMap, scene_words, sign_of

TITLE = "Your path on the map"
KEY = {
    MARKED: "the way you took",
    PLAIN: "ways you did not take",
    BACK: "leads back",
    DOT: UNMET.text,
}


def path_map(scenario: Scenario, debrief: Debrief, urls: Iterable[str]) -> CaseMap:
    """Draws the whole case with words for the scenes that were met.

    Shape: `urls` lead to what was done at each stop of the path, in its order.
    """
    places: dict[str, str] = {}
    for stop, url in zip(debrief.path, urls, strict=True):
        places[stop.scene] = places.get(stop.scene) or url
    met = {scene: _met(scenario, scene, url) for scene, url in places.items()}
    targets = [target for _, target in written_ways(scenario)]
    unmet = {
        scene: UNMET
        for scene in dict.fromkeys([*(one.id for one in scenario.scenes), *targets])
        if scene not in met
    }
    taken = pairwise(stop.scene for stop in debrief.path)
    ways = {pair: WayOnMap(is_marked=True, width=BOLD, words="taken") for pair in taken}
    return case_map(TITLE, lay_out(scenario, unmet), met | unmet, ways=ways, key_words=KEY)


def _met(scenario: Scenario, scene_id: str, url: str) -> SceneOnMap:
    scene = scenario.scene_by_id[scene_id]
    return SceneOnMap(scene_words(scene), *sign_of(scenario, scene), url=url)
