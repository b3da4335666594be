"""content/supervision/*.yaml → the rules of a board about supervised hours and renewals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from app.domain.board_rules import (
    BoardRules,
    PhaseEdition,
    PhaseRule,
    RenewalEdition,
    RenewalRule,
    TopicRule,
    WayRule,
)
from app.domain.problem import Problem
from app.library.schema import (
    Code,
    FileShape,
    IsoDate,
    Line,
    Shape,
    Slug,
    Text,
    calendar_day,
    fit,
    problem_at,
)
from app.library.supervision_shapes import GroundsShape, grounds
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

_Hours = Annotated[StrictInt, Field(ge=0, le=20_000)]
_AtLeastOne = Annotated[StrictInt, Field(ge=1, le=1000)]
_Percent = Annotated[StrictInt, Field(ge=1, le=100)]
_Steps = tuple[str | int, ...]
HOUR = 60


class _EditionShape(GroundsShape):
    in_force_from: IsoDate | None = None


class _PhaseEditionShape(_EditionShape):
    practice_hours_per_hour: _AtLeastOne
    practice_hours: _Hours | None = None
    hours_per_function: _Hours | None = None
    supervised_by: tuple[Code, ...] = ()
    live_video: StrictBool
    contract: StrictBool


class _PhaseShape(Shape):
    id: Slug
    title: Line
    editions: Annotated[list[_PhaseEditionShape], Field(min_length=1)]


class _TopicShape(Shape):
    id: Slug
    title: Line
    hours: _Hours


class _WayShape(Shape):
    id: Slug
    title: Line
    most_percent: _Percent
    hours_for_one: _AtLeastOne = 1


class _RenewalEditionShape(_EditionShape):
    hours: _Hours
    years: Annotated[StrictInt, Field(ge=1, le=20)]
    specific_hours: _Hours = 0
    topics: tuple[_TopicShape, ...] = ()
    ways: tuple[_WayShape, ...] = ()
    late_after_days: _Hours
    lapses_after_years: Annotated[StrictInt, Field(ge=0, le=50)]


class _RenewalShape(Shape):
    kind: Code
    title: Line
    editions: Annotated[list[_RenewalEditionShape], Field(min_length=1)]


class _BoardShape(Shape):
    id: Slug
    title: Line
    short_name: Line
    note: Text | None = None


class _BoardRulesShape(FileShape):
    board: _BoardShape
    functions: Annotated[tuple[Code, ...], Field(min_length=1)]
    phases: tuple[_PhaseShape, ...] = ()
    renewals: tuple[_RenewalShape, ...] = ()


def read_board(text: str, *, path: str) -> tuple[BoardRules | None, list[Problem]]:
    """Reads the rules of one board. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_BoardRulesShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    faults = [*_wrong_days(shape, node, path)]
    faults += [
        problem_at(node, steps, path=path, code=code, message=message, advice=advice)
        for steps, code, message, advice in [*_repeated(shape), *_wrong_hours(shape)]
    ]
    if not faults:
        faults += _out_of_order(shape, node, path)
    if faults:
        return None, problems + faults
    return _board(shape, path), problems


def _editions(shape: _BoardRulesShape) -> Iterator[tuple[_Steps, Sequence[_EditionShape]]]:
    """Every list of editions with its place."""
    for i, phase in enumerate(shape.phases):
        yield ("phases", i, "editions"), phase.editions
    for i, renewal in enumerate(shape.renewals):
        yield ("renewals", i, "editions"), renewal.editions


def _wrong_days(shape: _BoardRulesShape, node: Node, path: str) -> list[Problem]:
    found: list[Problem] = []
    for steps, editions in _editions(shape):
        for number, edition in enumerate(editions):
            for key in ("in_force_from", "read_on"):
                told = getattr(edition, key)
                if told is not None:
                    found += calendar_day(told, node, (*steps, number, key), path=path)[1]
    return found


def _out_of_order(shape: _BoardRulesShape, node: Node, path: str) -> list[Problem]:
    """Editions must stand by date, so that every day has exactly one."""
    found = []
    for steps, editions in _editions(shape):
        days = [edition.in_force_from for edition in editions]
        for number in range(1, len(days)):
            day, before = days[number], days[number - 1]
            if day is None or (before is not None and day <= before):
                found.append(
                    problem_at(
                        node,
                        (*steps, number, "in_force_from"),
                        path=path,
                        code="SR451",
                        message="This edition does not come into force after the one above it.",
                        advice="Give every edition but the first its day, the oldest on top.",
                    )
                )
    return found


def _repeated(shape: _BoardRulesShape) -> Iterator[tuple[_Steps, str, str, str]]:
    for part, names in (
        ("functions", list(shape.functions)),
        ("phases", [phase.id for phase in shape.phases]),
        ("renewals", [renewal.kind for renewal in shape.renewals]),
    ):
        for number, name in enumerate(names):
            if names.index(name) != number:
                yield (part, number), "SR452", f"“{name}” stands here twice.", "Keep one of them."
    for steps, editions in _editions(shape):
        for number, edition in enumerate(editions):
            if isinstance(edition, _RenewalEditionShape):
                yield from _repeated_in(edition, (*steps, number))


def _repeated_in(
    edition: _RenewalEditionShape, steps: _Steps
) -> Iterator[tuple[_Steps, str, str, str]]:
    for part, names in (
        ("topics", [topic.id for topic in edition.topics]),
        ("ways", [way.id for way in edition.ways]),
    ):
        for number, name in enumerate(names):
            if names.index(name) != number:
                place = (*steps, part, number)
                yield place, "SR452", f"“{name}” stands here twice.", "Keep one of them."


def _wrong_hours(shape: _BoardRulesShape) -> Iterator[tuple[_Steps, str, str, str]]:
    """Parts must fit into their whole."""
    functions = len(shape.functions)
    for steps, editions in _editions(shape):
        for number, edition in enumerate(editions):
            if isinstance(edition, _PhaseEditionShape):
                asked, total = (edition.hours_per_function or 0) * functions, edition.practice_hours
                place = (*steps, number, "hours_per_function")
            elif isinstance(edition, _RenewalEditionShape):
                asked = max(sum(one.hours for one in edition.topics), edition.specific_hours)
                total = edition.hours
                place = (*steps, number, "hours")
            else:
                continue
            if total is not None and asked > total:
                message = f"The parts ask for {asked} hours, the whole only for {total}."
                yield place, "SR453", message, "Correct the hours until the parts fit."


def _board(shape: _BoardRulesShape, path: str) -> BoardRules:
    return BoardRules(
        id=shape.board.id,
        title=shape.board.title,
        short_name=shape.board.short_name,
        note=shape.board.note or "",
        functions=shape.functions,
        phases=tuple(
            PhaseRule(one.id, one.title, tuple(_phase(edition) for edition in one.editions))
            for one in shape.phases
        ),
        renewals=tuple(
            RenewalRule(one.kind, one.title, tuple(_renewal(edition) for edition in one.editions))
            for one in shape.renewals
        ),
        path=path,
    )


def _phase(edition: _PhaseEditionShape) -> PhaseEdition:
    return PhaseEdition(
        in_force_from=_day(edition.in_force_from),
        minutes_per_supervised=edition.practice_hours_per_hour,
        practice_minutes=_minutes(edition.practice_hours),
        function_minutes=_minutes(edition.hours_per_function),
        supervised_by=edition.supervised_by,
        allows_video=edition.live_video,
        needs_contract=edition.contract,
        grounds=grounds(edition),
    )


def _renewal(edition: _RenewalEditionShape) -> RenewalEdition:
    return RenewalEdition(
        in_force_from=_day(edition.in_force_from),
        minutes=edition.hours * HOUR,
        years=edition.years,
        topics=tuple(TopicRule(one.id, one.title, one.hours * HOUR) for one in edition.topics),
        ways=tuple(
            WayRule(one.id, one.title, one.most_percent, one.hours_for_one) for one in edition.ways
        ),
        late_after_days=edition.late_after_days,
        lapses_after_years=edition.lapses_after_years,
        grounds=grounds(edition),
        specific_minutes=edition.specific_hours * HOUR,
    )


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def _minutes(hours: int | None) -> int | None:
    return None if hours is None else hours * HOUR
