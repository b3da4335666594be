"""Puts the form of requirements on screen."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for

from app.domain.competency_requirement import EVERYBODY, Requirement
from app.library.library import Library
from app.services.competencies import Judging
from app.storage.queries.team_pages import TeamView
from app.web.shared.filters import say_count
from app.web.shared.framework_words import asked_words, framework_choice, framework_query
from app.web.shared.part_data import FieldFault, Narrowing, Way
from app.web.team.competencies.inputs import LEVEL, MONTHS
from app.web.team.competencies.pages import AskedLine, AskingPage


def asking_page(
    team: TeamView,
    by: Judging,
    library: Library,
    *,
    role: str,
    faults: tuple[FieldFault, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> AskingPage:
    """Shows what is asked of a team, of everybody or of those with one credential."""
    framework, scale = by.framework, by.scale
    kept = {
        one.target: one for one in (by.asked.requirements if by.asked else ()) if one.role == role
    }
    areas = framework.top_titles
    titles = {one.code: f"{one.code}: {one.title}" for one in framework.competencies}
    told = {fault.field_id: fault.text for fault in faults}
    singles = [code for code in titles if code in kept]

    def line(target: str, title: str) -> AskedLine:
        return _line(target, title, kept.get(target), typed or {}, told)

    unsaid = "not required" if role == EVERYBODY else "as for everybody"
    steps = tuple((str(level.rank), level.title) for level in scale.levels)
    never = (("0", "not required"),) if role != EVERYBODY else ()
    values = framework_query(framework)
    return AskingPage(
        team=team.name,
        team_id=team.id,
        back=Way("Competencies", url_for("team.competencies", cohort_id=team.id, **values)),
        framework=framework.title,
        framework_id=framework.id,
        role=role,
        roles=(framework_choice(framework, (framework,)), _role_choice(team, role)),
        action_url=url_for("team.asked_competencies", cohort_id=team.id, **values),
        faults=faults,
        levels=(("", unsaid), *never, *steps),
        areas=tuple(line(target, title) for target, title in areas.items()),
        singles=tuple(line(code, titles[code]) for code in singles),
        others=tuple((code, title[:90]) for code, title in titles.items() if code not in kept),
        sets=tuple(
            (one.id, one.title, one.why)
            for one in library.supervision.sets.values()
            if one.framework == framework.id and role == EVERYBODY
        ),
        asked=asked_words(by),
        meanings=tuple((level.title, level.meaning) for level in scale.levels),
        rules=_rules(by),
    )


def _role_choice(team: TeamView, role: str) -> Narrowing:
    held = sorted({member.credential for member in team.members if member.credential} | {role})
    options = (("", "Everybody in the team"), *((one, f"Those with {one}") for one in held if one))
    return Narrowing("role", "For", options, role)


def _line(
    target: str,
    title: str,
    kept: Requirement | None,
    typed: Mapping[str, str],
    told: Mapping[str, str],
) -> AskedLine:
    level = str(kept.level) if kept else ""
    months = str(kept.validity_months) if kept and kept.validity_months else ""
    fault = told.get(f"{LEVEL}{target}") or told.get(f"{MONTHS}{target}") or ""
    return AskedLine(
        target,
        title,
        typed.get(f"{LEVEL}{target}", level),
        typed.get(f"{MONTHS}{target}", months),
        fault,
    )


def _rules(by: Judging) -> str:
    parts = []
    for rule in by.rules.levels:
        told = [say_count(rule.observations, "observation")]
        told += [f"on {rule.dates} days"] if rule.dates > 1 else []
        told += [f"{rule.direct} of them live or recorded"] if rule.direct else []
        told += [f"by {rule.raters} raters where there are as many"] if rule.raters > 1 else []
        parts.append(f"{by.scale.level(rule.from_level).title}: {', '.join(told)}.")
    months = by.rules.validity_months
    lasts = f" It stays met for {months} months unless you say otherwise." if months else ""
    return f"{' '.join(parts)}{lasts}"
