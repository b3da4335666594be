"""What pages about competencies say of a framework, its areas, and what is asked in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.competency import Competency, CompetencyFramework
from app.services.competencies import DEFAULT_FRAMEWORK, Judging
from app.web.shared.filters import say_date
from app.web.shared.part_data import Narrowing
from app.web.shared.site_days import site_day

WHOLE = "all"  # the address of everything, where a framework has no groups


def framework_query(framework: CompetencyFramework) -> dict[str, Any]:
    """What an address says of the framework: nothing for the one pages show by themselves."""
    return {} if framework.id == DEFAULT_FRAMEWORK else {"framework": framework.id}


def framework_choice(
    framework: CompetencyFramework, frameworks: Iterable[CompetencyFramework]
) -> Narrowing:
    """The list of frameworks; the one pages show by themselves has no value of its own."""
    known = sorted(frameworks, key=lambda one: (one.id != DEFAULT_FRAMEWORK, one.title))
    options = tuple((framework_query(one).get("framework", ""), one.title) for one in known)
    return Narrowing(
        "framework", "Framework", options, framework_query(framework).get("framework", "")
    )


def asked_words(by: Judging) -> str:
    """Says who set the requirements, and when; empty when nobody has."""
    if by.asked is None:
        return ""
    return f"Requirements set by {by.asked.set_by} on {say_date(site_day(by.asked.set_at))}."


def areas_of(framework: CompetencyFramework) -> list[tuple[str, str, tuple[Competency, ...]]]:
    """The outermost groups with what is in them; one for everything where there is none."""
    found = [(g.id, g.title, framework.members_of(g.id)) for g in framework.top_groups]
    return found or [(WHOLE, framework.title, framework.competencies)]
