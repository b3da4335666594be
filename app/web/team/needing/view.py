"""Puts on screen who needs the supervisor today."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell
from app.web.team.needing.everyone import PersonNeeds, by_person, people_by_kind
from app.web.team.needing.lines import NeedContext, NeedKind, NeedLine
from app.web.team.needing.pages import NeedCount, NeedShown, PersonBlock

TITLES = {
    NeedKind.OVERDUE: ("Overdue", "below"),
    NeedKind.MISSED: ("Observation missed", "below"),
    NeedKind.BEHIND: ("Supervision hours due", "below"),
    NeedKind.WAITING: ("Waiting for you", "here"),
    NeedKind.EXPIRING: ("Ends within 90 days", "expired"),
    NeedKind.SOON: ("Due within 14 days", "ageing"),
}
SHOWN = 4  # lines of one person before the rest is folded up


def chosen_kind(words: str) -> NeedKind | None:
    """The kind that an address names. None: none, or one there is not; then all are shown."""
    return NeedKind(words) if words in set(NeedKind) else None


def needs_title(kind: NeedKind | None) -> str:
    """What the list of people is headed by."""
    return "Who needs you today" if kind is None else TITLES[kind][0]


def need_counts(
    cohort_id: str, lines: Iterable[NeedLine], chosen: NeedKind | None
) -> tuple[NeedCount, ...]:
    """How many people need the viewer: of every kind, then of each one."""
    lines = list(lines)
    everyone = len({line.member.id for line in lines})
    url = url_for("team.team", cohort_id=cohort_id)
    whole = NeedCount("Everything", _people(everyone), "info", url, chosen is None, not everyone)
    return (whole, *kind_counts(cohort_id, lines, chosen))


def kind_counts(
    cohort_id: str, lines: Iterable[NeedLine], chosen: NeedKind | None = None
) -> tuple[NeedCount, ...]:
    """How many people need the viewer for each reason, the most urgent first."""
    return tuple(
        NeedCount(
            TITLES[kind][0],
            _people(count),
            TITLES[kind][1],
            url_for("team.team", cohort_id=cohort_id, need=kind.value),
            is_chosen=kind is chosen,
            is_empty=not count,
        )
        for kind, count in people_by_kind(lines).items()
    )


def person_blocks(
    context: NeedContext, lines: Iterable[NeedLine], kind: NeedKind | None
) -> tuple[PersonBlock, ...]:
    """People with their lines; with one kind chosen nothing is folded up."""
    shown = SHOWN if kind is None else None
    return tuple(_block(context, one, shown) for one in by_person(context, lines, kind))


def _block(context: NeedContext, one: PersonNeeds, shown: int | None) -> PersonBlock:
    told = tuple(_told(line) for line in one.lines)
    if len(told) == SHOWN + 1:
        shown = None  # a fold would take as much room as what it holds
    member = one.member
    person = Cell(member.full_name, detail=member.credential, url=context.url("member", member))
    return PersonBlock(
        id=f"needs-{member.id}",
        person=person,
        note="on leave" if one.is_away else "",
        lines=told[:shown],
        rest=told[len(told[:shown]) :],
    )


def _told(line: NeedLine) -> NeedShown:
    label = f"{line.act.words}: {line.what}, {line.member.full_name}"
    return NeedShown(line.what, line.detail, line.when, line.act, label)


def _people(count: int) -> str:
    return say_count(count, "person", "people") if count else "nobody"
