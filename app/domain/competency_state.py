"""The roll-up: rows of evidence → where a person stands with one competency on one day.

Only what others saw decides a skill. Answers can meet a competency of a foundation, which
consists of knowledge. Levels are compared, never added. The order of rows does not matter.
Source: docs/decisions/0021-competency-evidence.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.competency_requirement import EvidenceRules, LevelRule, Requirement
from app.domain.evidence import (
    KNOWLEDGE,
    Answered,
    Certified,
    Evidence,
    EvidenceKind,
    Rated,
    last_valid_day,
)


class CompetencyState(StrEnum):
    """Where a person stands. The words are those of the screen."""

    MET = "met"
    AGEING = "met but ageing"
    BELOW = "below"
    OPEN = "not enough evidence"
    EXPIRED = "expired"
    NOT_REQUIRED = "not required"


OBSERVATION, SIGN_OFF, REVIEW = (
    EvidenceKind.OBSERVATION,
    EvidenceKind.SIGN_OFF,
    EvidenceKind.REVIEW,
)
# The most pressing first: what a group of competencies is told by.
PRESSING = (
    CompetencyState.EXPIRED,
    CompetencyState.BELOW,
    CompetencyState.AGEING,
    CompetencyState.OPEN,
    CompetencyState.MET,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the roll-up judges by.

    `is_practical` is False for what consists of knowledge.

    Units: `raters_there_are` counts the people who could rate; a rule never asks for more.
    """

    requirement: Requirement
    rules: EvidenceRules
    is_practical: bool = True
    raters_there_are: int = 99
    rule: LevelRule = field(init=False)  # for the level asked, found once

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", self.rules.for_level(self.requirement.level))


class Counted(NamedTuple):
    """What the observations at the required level come to, and what the rule asks for."""

    observations: int
    dates: int
    direct: int
    raters: int
    rule: LevelRule


@dataclass(frozen=True, slots=True)
class CompetencyStanding:
    """Where a person stands with one competency.

    None: `met_until`, the last day of being met if nothing is added, is None unless it is met
    now, or met for good; `latest_level` when nobody has rated.
    """

    state: CompetencyState
    rows: int = 0
    met_until: date | None = None
    latest_level: int | None = None


def competency_standing(
    rows: Sequence[Evidence], asked: Asked | None, *, on: date
) -> CompetencyStanding:
    """Judges one competency of one person on a day. None: nothing is asked of them there."""
    if not rows:
        state = CompetencyState.NOT_REQUIRED if asked is None else CompetencyState.OPEN
        return CompetencyStanding(state)
    told = [row for row in rows if row.happened_on <= on]
    known = [row for row in told if _may_decide(row)]
    latest = _latest_level(known)
    if asked is None:
        return CompetencyStanding(CompetencyState.NOT_REQUIRED, rows=len(told), latest_level=latest)
    months = asked.requirement.validity_months or asked.rules.validity_months
    lasting = [(last_valid_day(row, months), row) for row in known]
    fresh = [row for last, row in lasting if last >= on]
    all_count = len(fresh) == len(known)
    state = _verdict(fresh, asked, latest if all_count else _latest_level(fresh))
    until = None
    if state is CompetencyState.MET:
        until = _met_until(lasting, asked, on=on)
        if until != date.max and on >= until - timedelta(days=asked.rules.ageing_days):
            state = CompetencyState.AGEING
    elif state is CompetencyState.OPEN and not all_count:
        was_met = _verdict(known, asked, latest) is CompetencyState.MET
        state = CompetencyState.EXPIRED if was_met else state
    return CompetencyStanding(
        state=state,
        rows=len(told),
        met_until=None if until == date.max else until,
        latest_level=latest,
    )


def counted_evidence(rows: Iterable[Evidence], asked: Asked, *, on: date) -> Counted:
    """Counts the observations at the required level that count on a day."""
    months = asked.requirement.validity_months or asked.rules.validity_months
    fresh = [
        row
        for row in rows
        if _may_decide(row) and row.happened_on <= on <= last_valid_day(row, months)
    ]
    return _count(fresh, asked)


def days_of_change(rows: Iterable[Evidence], asked: Asked) -> frozenset[date]:
    """Every day on which the state may change: rows arrive, age, or end."""
    months = asked.requirement.validity_months or asked.rules.validity_months
    days: set[date] = set()
    for row in rows:
        last = last_valid_day(row, months)
        days.add(row.happened_on)
        if last != date.max:
            days |= {last + timedelta(days=1), last - timedelta(days=asked.rules.ageing_days)}
    return frozenset(days)


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """Where a person stands with a group: its most pressing state, and how many have each.

    Units: `required` counts competencies; `met` those met, ageing ones too.
    """

    state: CompetencyState
    counts: Mapping[CompetencyState, int]

    @property
    def required(self) -> int:
        """How many competencies of the group are asked."""
        return sum(count for state, count in self.counts.items() if state in PRESSING)

    @property
    def met(self) -> int:
        """How many of them are met today."""
        return self.counts.get(CompetencyState.MET, 0) + self.counts.get(CompetencyState.AGEING, 0)


def group_standing(states: Iterable[CompetencyState]) -> GroupStanding:
    """Tells a group by the most pressing state in it; nothing is averaged."""
    counts = Counter(states)
    state = next((one for one in PRESSING if counts[one]), CompetencyState.NOT_REQUIRED)
    return GroupStanding(state, counts)


def _may_decide(row: Evidence) -> bool:
    """Says whether a row may count: a mapping only supports, and another scale says nothing."""
    return not row.via and (isinstance(row.outcome, Rated) or not _is_rating(row.kind))


def _verdict(rows: Sequence[Evidence], asked: Asked, latest: int | None) -> CompetencyState:
    """Judges rows that all count, by the level rated last too. Shape: met, below or open."""
    if not rows:
        return CompetencyState.OPEN
    judged = _verdict_of_ratings(rows, asked, latest)
    if judged is CompetencyState.OPEN and not asked.is_practical:
        return _verdict_of_knowledge(rows, asked.rules)
    return judged


def _verdict_of_ratings(
    rows: Sequence[Evidence], asked: Asked, latest: int | None
) -> CompetencyState:
    if latest is None:
        return CompetencyState.OPEN
    signed = [_level(row) for row in rows if row.kind is SIGN_OFF]
    if len(rows) < asked.rule.observations and not signed:
        return CompetencyState.OPEN
    level = asked.requirement.level
    if latest >= level:
        is_signed = any(one >= level for one in signed)
        if is_signed or _is_enough(_count(rows, asked), asked):
            return CompetencyState.MET
    # Too little to say that it is met may still be enough to say that it is not.
    is_told = bool(signed) or _is_enough(_count(rows, asked, from_level=0), asked)
    return CompetencyState.BELOW if is_told else CompetencyState.OPEN


def _verdict_of_knowledge(rows: Sequence[Evidence], rules: EvidenceRules) -> CompetencyState:
    if any(isinstance(row.outcome, Certified) for row in rows):
        return CompetencyState.MET
    answers = [(row, row.outcome) for row in rows if isinstance(row.outcome, Answered)]
    told = [(row.happened_on, outcome) for row, outcome in answers if row.kind in KNOWLEDGE]
    asked = sum(outcome.asked for _, outcome in told)
    rule = rules.knowledge
    if rule is None or asked < rule.answers or len({day for day, _ in told}) < rule.dates:
        return CompetencyState.OPEN
    right = sum(outcome.right for _, outcome in told)
    is_met = 100 * right >= rule.right_percent * asked
    return CompetencyState.MET if is_met else CompetencyState.BELOW


def _met_until(lasting: Sequence[tuple[date, Evidence]], asked: Asked, *, on: date) -> date:
    """The last day of being met, if nothing is added: days on which rows end are tried."""
    ends = sorted({last for last, _ in lasting if last >= on})
    until = ends[0]
    for last in ends[1:]:
        fresh = [row for end, row in lasting if end >= last]
        if _verdict(fresh, asked, _latest_level(fresh)) is not CompetencyState.MET:
            break
        until = last
    return until


def _count(rows: Iterable[Evidence], asked: Asked, *, from_level: int | None = None) -> Counted:
    # One pass by hand: a matrix counts some ten thousand competencies.
    level = asked.requirement.level if from_level is None else from_level
    direct_modes, observations, direct = asked.rules.direct_modes, 0, 0
    dates: set[date] = set()
    raters: set[str] = set()
    for row in rows:
        if row.kind is OBSERVATION:
            seen = row.outcome
            if isinstance(seen, Rated) and seen.level >= level:
                observations += 1
                direct += seen.mode in direct_modes
                dates.add(row.happened_on)
                raters.add(row.rater_id)
    return Counted(observations, len(dates), direct, len(raters), asked.rule)


def _is_enough(counted: Counted, asked: Asked) -> bool:
    rule = counted.rule
    return (
        counted.observations >= rule.observations
        and counted.dates >= rule.dates
        and counted.direct >= rule.direct
        and counted.raters >= min(rule.raters, asked.raters_there_are)
    )


def _latest_level(rows: Iterable[Evidence]) -> int | None:
    """The level rated last; of several on one day the lowest. None: nobody has rated."""
    # By hand as well: every row of a matrix comes by here.
    latest_day, latest = date.min, None
    for row in rows:
        kind, day = row.kind, row.happened_on
        if day >= latest_day and (kind is OBSERVATION or kind is SIGN_OFF or kind is REVIEW):
            level = _level(row)
            if latest is None or day > latest_day or level < latest:
                latest, latest_day = level, day
    return latest


def _is_rating(kind: EvidenceKind) -> bool:
    # By identity: looking a kind up in a set costs ten times as much, and there are very many.
    return kind is OBSERVATION or kind is SIGN_OFF or kind is REVIEW


def _level(row: Evidence) -> int:
    return row.outcome.level if isinstance(row.outcome, Rated) else 0
