"""Puts the health of the content on screen, in the sentences of the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from flask import url_for

from app.domain.cue_guesser import GuesserReport
from app.domain.problem import Problem, Severity, errors_only
from app.domain.second_reading import CaseReading, SecondReading, agreement, case_agreement
from app.library.library import Library
from app.library.report import summary
from app.web.shared.charts import BarChart, bar_chart
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.narrowing import narrowing
from app.web.shared.part_data import Cell, Way
from app.web.studio.checked import SEVERITIES, SEVERITY_WORDS, Checked, case_folder, problem_cell
from app.web.studio.pages import (
    CaseReadingLine,
    Figure,
    FileOfProblems,
    HealthPage,
    Row,
    SecondReadingLine,
)

FEW = 12  # problems that are told at once; more stand folded, file by file
MOST_SHOWN = 200  # problems on one page; nobody mends more in one sitting


def health_page(library: Library, checked: Checked, asked: Mapping[str, str]) -> HealthPage:
    """Gathers what the checker says, narrowed as the address asks."""
    severity = narrowing(
        "severity",
        "Severity",
        [
            (kind.value, f"{SEVERITY_WORDS[kind].capitalize()}s ({count})")
            for kind, count in _counts(checked).items()
            if count
        ],
        asked=asked,
    )
    codes = Counter(one.code for one in checked.problems)
    told = [(name, f"{name} ({count})") for name, count in sorted(codes.items())]
    code = narrowing("code", "Code", told, asked=asked)
    found = [
        one
        for one in checked.problems
        if severity.chosen in ("", one.severity.value) and code.chosen in ("", one.code)
    ]
    shown = found[:MOST_SHOWN]
    return HealthPage(
        summary=summary(checked.problems, _looked_at(library)),
        figures=_figures(library, checked),
        put_aside=tuple((path, _standing(library, path) or "") for path in library.quarantined),
        narrowings=(severity, code),
        files=_files(library, shown),
        urls=_urls(library, shown),
        shows_all=len(found) <= FEW or bool(severity.chosen or code.chosen),
        shown=len(shown),
        total=len(found),
        readings=tuple(_reading(library, one) for one in library.second_readings),
        cues=_cues(checked.guesser),
        cues_words=_cues_words(checked.guesser),
    )


def _counts(checked: Checked) -> dict[Severity, int]:
    counts = Counter(one.severity for one in checked.problems)
    return {kind: counts[kind] for kind in SEVERITIES}


def _figures(library: Library, checked: Checked) -> tuple[Figure, ...]:
    counts = _counts(checked)
    notes = say_count(counts[Severity.INFO], SEVERITY_WORDS[Severity.INFO])
    aside = len(library.quarantined)
    return (
        Figure("Errors", str(counts[Severity.ERROR]), "keep a file from being served"),
        Figure("Warnings", str(counts[Severity.WARNING]), f"to look at, and {notes} to know of"),
        Figure("Put aside", say_count(aside, "file"), "their last good text serves, if any"),
    )


def _looked_at(library: Library) -> tuple[tuple[str, int], ...]:
    return (
        ("lessons", len(library.lessons)),
        ("questions", len(library.items)),
        ("cases", len(library.scenarios)),
        ("blueprints", len(library.blueprints)),
        ("competencies", len(library.competencies)),
        ("sources", len(library.sources)),
    )


def _files(library: Library, problems: Iterable[Problem]) -> tuple[FileOfProblems, ...]:
    previews = _previews(library)
    return tuple(
        _file(library, path, list(some), previews.get(path))
        for path, some in groupby(problems, key=lambda one: one.path)
    )


def _file(
    library: Library, path: str, problems: list[Problem], preview: Way | None
) -> FileOfProblems:
    standing = _standing(library, path)
    return FileOfProblems(
        path=path,
        standing=standing,
        counts=problem_cell(problems),
        problems=tuple(problems),
        preview=preview,
        is_open=bool(errors_only(problems)) or standing is not None,
    )


def _standing(library: Library, path: str) -> Cell | None:
    """What happens to a file with errors. None: it is served as it is."""
    names = {path, path.rpartition("/")[0]}  # a case is put aside as a folder
    if names.isdisjoint(library.quarantined):
        return None
    if names.isdisjoint(library.served_old):
        return Cell("not served", state="below")
    return Cell("its last good text is served", state="ageing")


def _previews(library: Library) -> dict[str, Way]:
    """Where each file can be looked at."""
    ways = {
        one.path: Way(
            f"Preview “{one.title}”", url_for("studio.lesson", area=one.area, slug=one.slug)
        )
        for one in library.lessons.values()
    }
    for topic in library.topics.values():
        path = library.items[topic.items[0]].path
        way = url_for("studio.items", topic=topic.id)
        ways[path] = Way(f"Questions on “{topic.title}”", way)
    for case in library.scenarios.values():
        way = url_for("studio.case", scenario_id=case.id)
        ways[f"{case_folder(case)}/case.md"] = Way(f"Preview “{case.title}”", way)
    return ways


def _urls(library: Library, problems: Iterable[Problem]) -> dict[str, str]:
    """Where each question or folder that a problem is about can be looked at."""
    found: dict[str, str] = {}
    for one in problems:
        if one.code == "SC804":
            found[one.subject] = url_for("studio.folder_text", scenario_id=one.subject)
        elif one.subject in library.items:
            found[one.subject] = url_for("studio.item", item_id=one.subject)
    return found


def _reading(library: Library, reading: SecondReading) -> SecondReadingLine:
    found = agreement(reading, library.items)
    rows: list[Row] = []
    for answer in found.disagreements:
        item = library.items[answer.item_id]
        rows.append(
            (
                Cell(item.id, url=url_for("studio.item", item_id=item.id)),
                ", ".join(item.key),
                answer.chosen,
                answer.note or "–",
            )
        )
    return SecondReadingLine(
        reader=reading.reader,
        day=f"{say_short_day(reading.date)}, {reading.date.year}",
        method=reading.method,
        agreed=found.agreed,
        answered=found.answered,
        disagreements=tuple(rows),
        cases=tuple(
            _case_reading(library, one) for one in reading.cases if one.case_id in library.scenarios
        ),
    )


def _case_reading(library: Library, reading: CaseReading) -> CaseReadingLine:
    scenario = library.scenarios[reading.case_id]
    found = case_agreement(reading, scenario)
    return CaseReadingLine(
        case=Cell(scenario.title, url=url_for("studio.case", scenario_id=scenario.id)),
        agreed=found.agreed,
        read=found.read,
        remarks=tuple(
            (
                scene.title if (scene := scenario.scene(one.scene_id)) else one.scene_id,
                one.best,
                one.worst or "–",
                one.note or "–",
                one.done or "–",
            )
            for one in reading.decisions
            if one.note or one in found.disagreements
        ),
    )


def _cues(report: GuesserReport) -> BarChart | None:
    if not report.cues:
        return None
    return bar_chart(
        "Right answers by following one cue",
        [(cue.cue.capitalize(), round(100 * cue.share_right)) for cue in report.cues],
        most=100,
        unit="%",
        goal=("chance", round(100 * report.chance)),
        value_header="Right",
    )


def _cues_words(report: GuesserReport) -> str:
    if not report.cues:
        return ""
    told = f"Of {say_count(report.items, 'question')} that learners may meet, "
    for winner in report.clear_winners[:1]:
        return (
            f"{told}{winner.cue} is right clearly more often than chance. Wording gives keys away."
        )
    return f"{told}no cue in the wording beats chance clearly."
