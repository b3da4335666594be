"""The words of a case as HTML: prose and speech apart, `[id]` as a numbered citation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from app.domain.run_scene import ShownBlock
from app.domain.scenario import Scenario
from app.domain.scenario_declared import LEARNER
from app.domain.source import Source
from app.library.library import Library
from app.library.markup import MarkupContext
from app.web.play.pages import Citation, CompetencyName, PersonInCase, SceneBlock
from app.web.shared.safe_html import inline_html, render_in, trusted_html

_CITED = re.compile(r"\[([A-Za-z0-9][\w.-]*)\](?!\()")


def case_html(scenario: Scenario, text: str) -> Markup:
    """Shows a text of the case, its citations numbered as its references are."""
    titles = {reference.id: reference.citation for reference in scenario.references}
    context = MarkupContext(
        key=f"{scenario.id} {scenario.fingerprint}", refs=tuple(titles), titles=titles
    )

    def as_citation(match: re.Match[str]) -> str:
        return f"[@{match[1]}]" if match[1] in titles else match[0]

    return trusted_html(render_in(_CITED.sub(as_citation, text), context))


def plain_words(text: str) -> str:
    """A title or name with the quotes and dashes of print, as plain text."""
    return inline_html(text).striptags()


def some_html(scenario: Scenario, text: str) -> Markup | None:
    """Shows a text of the case. None: it was not written."""
    return case_html(scenario, text) if text.strip() else None


def blocks_html(scenario: Scenario, blocks: Iterable[ShownBlock]) -> tuple[SceneBlock, ...]:
    """Shows prose and speech in order."""
    return tuple(
        SceneBlock(case_html(scenario, block.text), block.name, block.speaker == LEARNER)
        for block in blocks
    )


def cited_in(scenario: Scenario, texts: Iterable[str]) -> tuple[Citation, ...]:
    """The references that some texts name, in the order of the case, with their numbers."""
    named = {match[1] for text in texts for match in _CITED.finditer(text)}
    return tuple(
        Citation(reference.id, number, plain_words(reference.citation))
        for number, reference in enumerate(scenario.references, start=1)
        if reference.id in named
    )


def sources_of(scenario: Scenario, library: Library) -> tuple[Source, ...]:
    """Every reference of a case; one the library does not know is told as not checked."""
    return tuple(
        library.sources.get(one.id)
        or Source(one.id, one.citation, "", None, "", "reference", "unverified", "")
        for one in scenario.references
    )


def people_of(scenario: Scenario) -> tuple[PersonInCase, ...]:
    """Everybody of the cast but the learner."""
    return tuple(
        PersonInCase(one.name, plain_words(f"{one.role}, {one.age}" if one.age else one.role))
        for one in scenario.cast
        if one.id != LEARNER
    )


def your_part(scenario: Scenario) -> str:
    """The role the learner plays. Empty: the case does not say."""
    return plain_words(next((one.role for one in scenario.cast if one.id == LEARNER), ""))


def competencies_of(scenario: Scenario, library: Library) -> tuple[CompetencyName, ...]:
    """The competencies a case gives room to show."""
    return tuple(
        CompetencyName(code, competency_title(library, code)) for code in scenario.competencies
    )


def competency_title(library: Library, code: str) -> str:
    """The name of a competency; its code when the framework has gone."""
    known = library.competencies.get(code)
    return known.title if known else code
