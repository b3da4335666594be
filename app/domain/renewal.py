"""Renewing a credential: when, and what training for it is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.board_rules import RenewalEdition
from app.domain.credential import Credential

AGEING_DAYS = 90


class RenewalState(StrEnum):
    """How a credential stands on a day."""

    NOT_BEGUN = "not in force yet"
    ENDLESS = "does not expire"
    VALID = "valid"
    AGEING = "expires soon"
    EXPIRED = "expired"
    LATE = "expired, late"  # the board asks for a late fee
    LAPSED = "lapsed"  # the board asks for a new application


@dataclass(frozen=True, slots=True)
class Education:
    """Training that was done. Units: `minutes` as they were spent, before any rule.

    Shape: `topic` is one topic of a renewal or empty; `way` is how it was learned; `area` names
    what it taught, as framework/group, or is empty. A course on two topics is entered twice,
    each with its own minutes.
    """

    id: str
    person_id: str
    done_on: date
    title: str
    provider: str
    minutes: int
    topic: str
    way: str
    is_specific: bool  # about substance use disorders
    area: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a renewal asks for. Units: minutes. `done` never exceeds what counts."""

    title: str
    asked: int
    done: int

    @property
    def missing(self) -> int:
        """What is still to do."""
        return max(0, self.asked - self.done)


@dataclass(frozen=True, slots=True)
class Tally:
    """Training against a renewal. Units: `over` are minutes done that no longer count, by way."""

    total: Need
    topics: tuple[Need, ...]
    over: tuple[tuple[str, int], ...]

    @property
    def is_complete(self) -> bool:
        """Says whether nothing is missing."""
        return not any(need.missing for need in (self.total, *self.topics))


def renewal_state(credential: Credential, edition: RenewalEdition | None, on: date) -> RenewalState:
    """How a credential stands on a day. Without a known rule nothing is late or lapsed."""
    if on < credential.issued_on:
        return RenewalState.NOT_BEGUN
    expires = credential.expires_on
    if expires is None:
        return RenewalState.ENDLESS
    if on <= expires:
        is_near = expires - on <= timedelta(days=AGEING_DAYS)
        return RenewalState.AGEING if is_near else RenewalState.VALID
    if edition is not None:
        if on > years_later(expires, edition.lapses_after_years):
            return RenewalState.LAPSED
        if on - expires > timedelta(days=edition.late_after_days):
            return RenewalState.LATE
    return RenewalState.EXPIRED


def years_later(day: date, years: int) -> date:
    """The same day some years later; February 29 becomes 28 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def tally(credential: Credential, edition: RenewalEdition, done: Iterable[Education]) -> Tally:
    """Counts training of the credential's time against what its renewal asks for.

    A way of learning that counts in part is cut to its share, in the whole and in each topic.
    Each topic is cut for itself: whether one course may fill two needs is the board's to say.
    """
    within = [
        one
        for one in done
        if one.person_id == credential.person_id and credential.is_valid(one.done_on)
    ]
    topics = [
        Need(rule.title, rule.minutes, _count([e for e in within if e.topic == rule.id], edition))
        for rule in edition.topics
    ]
    if edition.specific_minutes:
        about = _count([one for one in within if one.is_specific], edition)
        topics.append(Need("About substance use disorders", edition.specific_minutes, about))
    over = []
    for way in edition.ways:
        credit = _credit([one for one in within if one.way == way.id], way.minutes_for_one)
        most = edition.minutes * way.most_percent // 100
        if credit > most:
            over.append((way.title, credit - most))
    return Tally(
        Need("In all", edition.minutes, _count(within, edition)), tuple(topics), tuple(over)
    )


def _count(entries: Sequence[Education], edition: RenewalEdition) -> int:
    """Minutes of credit, each way cut to its share. Half minutes are lost."""
    ways = {way.id: way for way in edition.ways}
    total = sum(one.minutes for one in entries if one.way not in ways)
    for way in edition.ways:
        credit = _credit([one for one in entries if one.way == way.id], way.minutes_for_one)
        total += min(credit, edition.minutes * way.most_percent // 100)
    return total


def _credit(entries: Iterable[Education], minutes_for_one: int) -> int:
    return sum(one.minutes for one in entries) // minutes_for_one
