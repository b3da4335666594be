"""The bare graph of scenes, states left aside: order, loops, and what every path goes through."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.domain.scenario import Scenario

Edges = Mapping[str, Collection[str]]


def written_edges(scenario: Scenario) -> dict[str, list[str]]:
    """Every way from scene to scene that the text names; rules lead on from any scene."""
    jumps = [rule.go for rule in scenario.rules if scenario.scene(rule.go)]
    edges: dict[str, list[str]] = {}
    for scene in scenario.scenes:
        targets = [choice.target for choice in scene.choices]
        if scene.go:
            targets.append(scene.go)
        if scene.ending is None and targets:
            targets += jumps
        edges[scene.id] = [target for target in targets if scenario.scene(target)]
    return edges


def reading_order(edges: Edges, start: str) -> dict[str, int]:
    """Numbers scenes so that ways lead upwards, but for those that close a loop."""
    seen: set[str] = set()
    finished = [scene for first in (start, *edges) for scene in _finished(edges, first, seen)]
    return {scene: number for number, scene in enumerate(reversed(finished))}


def reachable(edges: Edges, start: str) -> frozenset[str]:
    """The scenes some way leads to, and the start itself."""
    return frozenset(_finished(edges, start, set()))


def _finished(edges: Edges, start: str, seen: set[str]) -> Iterator[str]:
    """Names unseen scenes after everything they lead to (depth first, without recursion)."""
    if start in seen or start not in edges:
        return
    seen.add(start)
    stack = [(start, iter(edges[start]))]
    while stack:
        scene, ahead = stack[-1]
        target = next((t for t in ahead if t not in seen and t in edges), None)
        if target is None:
            stack.pop()
            yield scene
        else:
            seen.add(target)
            stack.append((target, iter(edges[target])))


def loops(edges: Edges) -> list[frozenset[str]]:
    """The groups of scenes that lead back to each other, a scene leading to itself included."""
    back = _reversed(edges)
    seen: set[str] = set()
    finished = [scene for first in edges for scene in _finished(edges, first, seen)]
    seen = set()
    groups = (frozenset(_finished(back, scene, seen)) for scene in reversed(finished))
    return [g for g in groups if len(g) > 1 or any(scene in edges[scene] for scene in g)]


def _reversed(edges: Edges) -> dict[str, list[str]]:
    back: dict[str, list[str]] = {scene: [] for scene in edges}
    for scene, targets in edges.items():
        for target in targets:
            if target in back:
                back[target].append(scene)
    return back


def on_every_path(edges: Edges, start: str, ends: Collection[str]) -> tuple[str, ...]:
    """The scenes every way from the start to an end goes through, in order."""
    tree = _Dominators(edges, start)
    shared = ""
    for end in ends:
        if end in tree.above:
            shared = tree.meet(shared, end) if shared else end
    path = [shared] if shared else []
    while path and path[-1] != start:
        path.append(tree.above[path[-1]])
    return tuple(reversed(path))


class _Dominators:
    """For each scene, the nearest one that every way to it goes through.

    Source: Cooper, Harvey and Kennedy, "A simple, fast dominance algorithm" (2001).
    """

    def __init__(self, edges: Edges, start: str) -> None:
        self.order = reading_order(edges, start)
        self.above = {start: start} if start in edges else {}
        reached = sorted(reachable(edges, start) - {start}, key=self.order.__getitem__)
        back = _reversed(edges)
        while any([self._settle(scene, back[scene]) for scene in reached]):
            pass  # one round for a case without loops, a few for one with them

    def _settle(self, scene: str, sources: Collection[str]) -> bool:
        """Updates one scene from those before it; says whether anything changed."""
        found = ""
        for source in sources:
            if source in self.above:
                found = self.meet(found, source) if found else source
        changed = self.above.get(scene) != found
        self.above[scene] = found
        return changed

    def meet(self, one: str, other: str) -> str:
        """The last scene that the ways to both go through."""
        while one != other:
            while self.order[one] > self.order[other]:
                one = self.above[one]
            while self.order[other] > self.order[one]:
                other = self.above[other]
        return one
