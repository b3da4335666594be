"""Competencies to choose from, in their frameworks and areas."""

from __future__ import annotations

from app.services.yardsticks import Ratable

LONGEST_TITLE = 78
Groups = dict[str, dict[str, str]]


def competency_groups(ratable: Ratable) -> Groups:
    """Every competency that can be rated: its words by code, by the area it stands in."""
    groups: Groups = {}
    for framework in ratable.frameworks.values():
        if ratable.rules.scale_of(framework) is None:
            continue
        areas = {group.id: group.title for group in framework.groups}
        for one in framework.competencies:
            area = areas.get(framework.top_of(one), "")
            name = f"{framework.id} · {area}" if area else framework.title
            groups.setdefault(name, {})[one.code] = competency_words(ratable, one.code)
    return groups


def competency_words(ratable: Ratable, code: str) -> str:
    """A competency with its code, short enough for a list."""
    known = ratable.competencies.get(code)
    if known is None:
        return code
    title = known.title
    short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return f"{code}: {short}"


def competency_title(ratable: Ratable, code: str) -> str:
    """A competency in its own words; its code when it has left the frameworks."""
    known = ratable.competencies.get(code)
    return known.title if known else code
