"""Tells one person's supervision record as lines and rows, the same to the person and others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.development_goal import Goal, GoalState
from app.domain.observation_frequency import agreed_frequency
from app.domain.rating import Rating, RatingSource, standing
from app.domain.sign_off import SignOffEntry, standing_of
from app.domain.supervision_contract import ContractState, ContractTerms, contract_state
from app.library.catalog import Library
from app.services.yardsticks import Ratable
from app.storage.observation_requests import ObservationRequest
from app.storage.observations import READ
from app.storage.supervision_contracts import StoredContract
from app.web.shared.competency_choices import competency_title, competency_words
from app.web.shared.filters import say_short_day
from app.web.shared.observation_view import MODE_WORDS, SaidLine
from app.web.shared.part_data import Cell
from app.web.shared.sign_off_view import STANDING_CELLS, target_title
from app.web.shared.site_days import site_day
from app.web.shared.supervision_record import Record

Row = tuple[str | Cell, ...]
Address = Callable[[str], str]

CONTRACT_SIGNS = {
    ContractState.WAITING: "ageing",
    ContractState.AHEAD: "open",
    ContractState.IN_FORCE: "met",
    ContractState.ENDED: "expired",
    ContractState.REPLACED: "none",
}
GOAL_SIGNS = {
    GoalState.OPEN: "open",
    GoalState.DEMONSTRATED: "met",
    GoalState.NOT_YET: "below",
    GoalState.DROPPED: "none",
}


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A version of a contract. Shape: `words` pairs each part with its text."""

    id: str
    title: str
    state: Cell
    period: str
    accepted: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal of the plan."""

    id: str
    competency: str
    goal: str
    steps: str
    state: Cell
    days: str
    is_open: bool
    ended: str


@dataclass(frozen=True, slots=True)
class GapLine:
    """Two ratings that lie far apart. Shape: `lower` and `higher` are ids."""

    competency: str
    words: str
    lower: str
    higher: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A wish to be observed. Shape: `answer` is empty while it waits."""

    id: str
    focus: str
    wished: str
    words: str
    answer: str


def contract_lines(record: Record, library: Library, today: date) -> tuple[ContractLine, ...]:
    """The versions of contracts, the newest first."""
    newest: dict[str, int] = defaultdict(int)
    for one in record.contracts:
        is_accepted = {one.contract.person_id, one.contract.supervisor_id} <= set(one.accepted)
        if is_accepted:
            key = one.contract.supervisor_id
            newest[key] = max(newest[key], one.contract.number)
    return tuple(
        _contract_line(one, record, library, newest[one.contract.supervisor_id], today)
        for one in record.contracts
    )


def goal_lines(record: Record, ratable: Ratable, today: date) -> tuple[GoalLine, ...]:
    """The goals, open ones first, the earliest look again first."""
    ordered = sorted(record.goals, key=lambda goal: goal.state is not GoalState.OPEN)
    return tuple(_goal_line(goal, ratable, today) for goal in ordered)


def observation_rows(record: Record, address: Address) -> tuple[Row, ...]:
    """The observations, the newest first, with whether their person has read them."""
    read = {one.observation_id for one in record.replies if one.kind == READ}
    levels: dict[str, list[str]] = defaultdict(list)
    for rating in record.ratings:
        levels[rating.observation_id].append(f"{rating.competency} {rating.level_title}")
    return tuple(
        (
            Cell(_day(one.form.observed_on), url=address(one.id)),
            MODE_WORDS.get(str(one.form.mode), ""),
            record.named(one.observer_id),
            "; ".join(levels[one.id]),
            Cell("read", state="done") if one.id in read else Cell("not read yet", state="open"),
        )
        for one in record.observations
    )


def rating_rows(record: Record, ratable: Ratable) -> tuple[Row, ...]:
    """Standing ratings by competency: those of others, beside them the person's own."""
    by_competency: dict[str, list[Rating]] = defaultdict(list)
    for one in standing(record.ratings):
        by_competency[one.competency].append(one)
    counted: dict[str, set[str]] = defaultdict(set)
    for one in record.ratings:
        if one.source is RatingSource.OBSERVATION:
            counted[one.competency].add(one.observation_id)
    gaps = {gap.competency for gap in record.gaps}
    return tuple(
        (
            Cell(code, detail=competency_title(ratable, code)),
            _told(record, [one for one in ratings if one.source is not RatingSource.SELF]),
            _told(record, [one for one in ratings if one.source is RatingSource.SELF]),
            str(len(counted[code])),
            Cell("far apart", state="ageing") if code in gaps else "–",
        )
        for code, ratings in sorted(by_competency.items(), key=lambda pair: _in_order(pair[0]))
    )


def gap_lines(record: Record, ratable: Ratable) -> tuple[GapLine, ...]:
    """Wide gaps that nobody has explained yet."""
    return tuple(
        GapLine(
            competency_words(ratable, gap.competency),
            f"{_rated_by(record, gap.lower)}; {_rated_by(record, gap.higher)}.",
            gap.lower.id,
            gap.higher.id,
        )
        for gap in record.gaps
    )


def note_lines(record: Record) -> tuple[SaidLine, ...]:
    """What was written about wide gaps, the newest first."""
    codes = {one.id: one.competency for one in record.ratings}
    return tuple(
        SaidLine(
            record.named(note.written_by),
            f"{codes.get(note.lower_rating_id, '')}, {say_short_day(site_day(note.written_at))}",
            note.words,
        )
        for note in reversed(record.notes)
    )


def sign_off_rows(record: Record, ratable: Ratable, address: Address) -> tuple[Row, ...]:
    """The sign-offs, the newest first."""
    return tuple(
        (
            Cell(target_title(ratable, one), url=address(one.id)),
            one.level_title,
            STANDING_CELLS[standing_of(_beside(record.entries, one.id))],
            Cell(record.named(one.signed_by), detail=one.credential),
            say_short_day(site_day(one.signed_at)),
        )
        for one in record.sign_offs
    )


def request_lines(record: Record, ratable: Ratable) -> tuple[RequestLine, ...]:
    """Wishes to be observed, the newest first."""
    return tuple(_request_line(one, record, ratable) for one in record.requests)


def _contract_line(
    stored: StoredContract, record: Record, library: Library, newest: int, today: date
) -> ContractLine:
    contract, terms = stored.contract, stored.contract.terms
    state = contract_state(contract, accepted_by=stored.accepted.keys(), newest=newest, today=today)
    accepted = ", ".join(
        f"{record.named(person_id)} {say_short_day(site_day(at))}"
        for person_id, at in sorted(stored.accepted.items(), key=lambda pair: pair[1])
    )
    return ContractLine(
        id=contract.id,
        title=f"With {record.named(contract.supervisor_id)}, version {contract.number}",
        state=Cell(str(state), state=CONTRACT_SIGNS[state]),
        period=f"{_day(terms.starts_on)} to {_day(terms.ends_on)}",
        accepted=accepted or "nobody yet",
        words=(
            ("Purpose", terms.purpose),
            ("Goals", terms.goals),
            ("Site and context", terms.site),
            ("How you meet", terms.modality),
            ("How often", terms.frequency),
            *_observed_words(terms, library),
            ("Ethics and confidentiality", terms.ethics),
            ("How you will be evaluated", terms.criteria),
            ("By which methods", terms.methods),
        ),
    )


def _observed_words(terms: ContractTerms, library: Library) -> tuple[tuple[str, str], ...]:
    found = agreed_frequency(terms.observed, library.supervision.frequencies)
    return (("Observed at least", found.title),) if found else ()


def _goal_line(goal: Goal, ratable: Ratable, today: date) -> GoalLine:
    is_open = goal.state is GoalState.OPEN
    sign = "below" if goal.is_due(today) else GOAL_SIGNS[goal.state]
    word = "to look at again" if goal.is_due(today) else str(goal.state)
    ended = ""
    if goal.settled_on is not None:
        ended = f"{_day(goal.settled_on)}: {goal.settled_words}".removesuffix(": ")
    return GoalLine(
        id=goal.id,
        competency=competency_words(ratable, goal.wish.competency),
        goal=goal.wish.goal,
        steps=goal.wish.steps,
        state=Cell(word, state=sign),
        days=f"Target {_day(goal.wish.target_on)}; look again {_day(goal.wish.reobserve_on)}",
        is_open=is_open,
        ended=ended,
    )


def _request_line(one: ObservationRequest, record: Record, ratable: Ratable) -> RequestLine:
    focus = competency_words(ratable, one.competency) if one.competency else "No special focus"
    answer = ""
    if one.answer:
        who = record.named(one.answered_by or "")
        answer = f"{who}: {one.answer}. {one.answer_words}".strip()
    return RequestLine(one.id, focus, _day(one.wished_on), one.words, answer)


def _in_order(code: str) -> list[str | int]:
    """Sorts TAP21-9 before TAP21-10."""
    parts = re.split(r"(\d+)", code)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _told(record: Record, ratings: Sequence[Rating]) -> str | Cell:
    if not ratings:
        return "–"
    newest = max(ratings, key=lambda one: (one.rated_at, one.id))
    others = [_rated_by(record, one) for one in ratings if one is not newest]
    who = "" if newest.source is RatingSource.SELF else f"{record.named(newest.rater_id)}, "
    day = say_short_day(site_day(newest.rated_at)).replace(" ", "\N{NO-BREAK SPACE}")
    detail = f"{who}{day}"
    return Cell(newest.level_title, detail="; ".join([detail, *others]))


def _rated_by(record: Record, rating: Rating) -> str:
    day = say_short_day(site_day(rating.rated_at))
    return f"{record.named(rating.rater_id)}: {rating.level_title}, {day}"


def _beside(entries: Iterable[SignOffEntry], sign_off_id: str) -> list[SignOffEntry]:
    return [one for one in entries if one.sign_off_id == sign_off_id]


def _day(day: date | None) -> str:
    return f"{say_short_day(day)}, {day.year}" if day else "–"
