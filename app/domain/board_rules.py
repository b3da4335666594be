"""Rules of a board about supervised hours and renewals, as they were read in a source.

They are data (content/supervision/*.yaml). A rule has editions by the date they are in force
from, so that hours of a past day stay under the rule of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

SURENESS = {
    "confirmed": "Read in the rule itself or on the board’s own pages.",
    "older-text": "Read in an older text of the rule. Check the present one with the board.",
    "conflict": "Sources of the board disagree. Ask the board before you rely on it.",
    "third-party": "Read only in a page by someone else. Ask the board before you rely on it.",
    "unverified": "Not read anywhere official. Ask the board before you rely on it.",
}


class _Dated(Protocol):
    @property
    def in_force_from(self) -> date | None: ...


Edition = TypeVar("Edition", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a rule rests on. Shape: `sources` are keys of the list of sources."""

    sources: tuple[str, ...]
    sureness: str
    read_on: date  # the day somebody last read the source
    note: str = ""


@dataclass(frozen=True, slots=True)
class PhaseEdition:
    """What a phase of supervised work asks for, from a day on.

    Units: minutes; `minutes_per_supervised` is the practice that one minute of supervision
    covers, so 10 stands for 1:10. None: `in_force_from` is None for the first edition known;
    `practice_minutes` is None where no total was read; `function_minutes` where no minimum for
    each core function is set.
    """

    in_force_from: date | None
    minutes_per_supervised: int
    practice_minutes: int | None
    function_minutes: int | None
    supervised_by: tuple[str, ...]  # kinds of credential a supervisor must hold
    allows_video: bool
    needs_contract: bool
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """A phase of supervised work, such as the practicum. Shape: editions by date."""

    id: str
    title: str
    editions: tuple[PhaseEdition, ...]


@dataclass(frozen=True, slots=True)
class TopicRule:
    """A topic on which a renewal asks for some of its hours. Units: minutes."""

    id: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class WayRule:
    """A way of learning that counts only in part.

    Units: `most_percent` of the whole renewal; `minutes_for_one` of it give one minute of credit.
    """

    id: str
    title: str
    most_percent: int
    minutes_for_one: int = 1


@dataclass(frozen=True, slots=True)
class RenewalEdition:
    """What renewing a credential asks for, from a day on. Units: minutes, days, years."""

    in_force_from: date | None
    minutes: int
    years: int  # how long a credential lasts
    topics: tuple[TopicRule, ...]
    ways: tuple[WayRule, ...]
    late_after_days: int
    lapses_after_years: int
    grounds: Grounds
    specific_minutes: int = 0  # how much of it must be about substance use disorders


@dataclass(frozen=True, slots=True)
class RenewalRule:
    """How one kind of credential is renewed. Shape: editions by date."""

    kind: str
    title: str
    editions: tuple[RenewalEdition, ...]


@dataclass(frozen=True, slots=True)
class BoardRules:
    """One board: its phases of supervised work and its renewals."""

    id: str
    title: str
    short_name: str
    note: str
    functions: tuple[str, ...]  # codes of the core functions it counts hours by
    phases: tuple[PhaseRule, ...]
    renewals: tuple[RenewalRule, ...]
    path: str = field(default="", compare=False)

    @property
    def grounds(self) -> tuple[Grounds, ...]:
        """What each of its rules rests on."""
        phases = [edition.grounds for phase in self.phases for edition in phase.editions]
        renewals = [edition.grounds for rule in self.renewals for edition in rule.editions]
        return (*phases, *renewals)


def edition_on(editions: Sequence[Edition], day: date) -> Edition:
    """Finds what is in force on a day.

    Shape: editions by date, the first one without a date or older than any hour. A day before
    all of them gets the first one.
    """
    found = editions[0]
    for edition in editions[1:]:
        if edition.in_force_from is not None and edition.in_force_from <= day:
            found = edition
    return found


def phases_of(boards: Iterable[BoardRules]) -> Mapping[str, PhaseRule]:
    """Every phase of every board by its id."""
    return {phase.id: phase for board in boards for phase in board.phases}


def renewals_of(boards: Iterable[BoardRules]) -> Mapping[str, RenewalRule]:
    """How each kind of credential is renewed."""
    return {one.kind: one for board in boards for one in board.renewals}
