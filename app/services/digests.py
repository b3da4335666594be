"""One digest mail for each person and day, when something has come up; never two.

The row of a day is claimed in a transaction before anything is sent, so that several server
processes send each digest once. If a process dies between sending and noting it, the digest is
sent again with the same Message-ID: rather twice than never (docs/decisions/0024).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from app.domain.assignment import AssignmentState
from app.domain.due_day import AssignmentStanding, is_away
from app.domain.local_time import hour_in
from app.domain.person import Person, Role, Viewer
from app.domain.reminder import Due, comes_up, end_comes_up, falls_overdue
from app.domain.renewal import Ending
from app.library.library import Library
from app.services.assigned import Asked, asked_of
from app.services.ends_ahead import OwnEnd, ends_ahead, ends_words
from app.services.mail import Mail, Mailer, MailFailed
from app.storage.cohorts import Cohort
from app.storage.digests import LastDigest
from app.storage.store import Store

log = logging.getLogger("waymark")

FROM_HOUR = 7  # in the site's time zone
AHEAD = timedelta(days=30)
RETRY_AFTER = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))


class Links(Protocol):
    """Addresses that mails lead to."""

    def asked(self) -> str:
        """Where a person sees everything asked of them."""

    def asked_person(self, cohort_id: str, assignment_id: str, person_id: str) -> str:
        """Where a supervisor reminds somebody or gives more time."""

    def credentials(self) -> str:
        """Where a person keeps their credentials."""

    def ending_in_team(self, cohort_id: str) -> str:
        """Where a supervisor sees which credentials end in a team."""

    def choices(self) -> str:
        """Where digests are turned off."""


@dataclass
class Digest:
    """What one person is told. Shape: lines in the order in which they are due."""

    person: Person
    own: list[AssignmentStanding] = field(default_factory=list)
    of_others: list[tuple[Person, str, AssignmentStanding]] = field(default_factory=list)
    own_ends: list[OwnEnd] = field(default_factory=list)
    ends_of_others: list[tuple[Person, Cohort, Ending]] = field(default_factory=list)
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody was told before, and who wants nothing."""

    last: Mapping[str, LastDigest]
    nudges: Mapping[tuple[str, str], datetime]
    turned_off: frozenset[str]

    def day(self, person_id: str) -> date | None:
        """The day of a person's last digest. None: there was none."""
        return self.last[person_id].day if person_id in self.last else None

    def is_nudged(self, standing: AssignmentStanding) -> bool:
        """Says whether a supervisor reminded the person of this after the last digest."""
        at = self.nudges.get((standing.person_id, standing.assignment.id))
        last = self.last.get(standing.person_id)
        return at is not None and (last is None or at > last.sent_at)


def choose_digests(store: Store, viewer: Viewer, *, is_off: bool, now: datetime) -> None:
    """Turns a person's own routine digests off or on. Reminders sent by hand still come."""
    with store.writing():
        store.digests.choose(viewer.id, is_off=is_off, now=now)


def send_digests(
    store: Store, library: Library, mailer: Mailer, links: Links, *, now: datetime
) -> int:
    """Sends today's digests of all organisations that have not left yet. Gives how many did."""
    if hour_in(store.zone, now) < FROM_HOUR:
        return 0
    sent = 0
    for organisation_id in store.people.organisation_ids():
        own = store.for_organisation(organisation_id)
        digests = digests_of(own, library, today=own.day_of(now))
        own.end_reading()
        sent += sum(_send(own, one, mailer, links, now=now) for one in digests)
    return sent


def digests_of(store: Store, library: Library, *, today: date) -> list[Digest]:
    """Who is to be told what today, in one organisation, by name."""
    cohorts = store.cohorts.all()
    asked = asked_of(store, library, [one.id for one in cohorts], today=today)
    people = {one.id: one for one in store.people.everyone()}
    ends = ends_ahead(store, library, people, today=today)
    if not asked.standings and not ends:
        return []
    told = Told(
        store.digests.last_sent(),
        store.due_days.nudges(people, since=today - timedelta(days=7)),
        store.digests.turned_off(),
    )
    digests = {one.id: Digest(one) for one in people.values() if one.is_active}
    _tell_learners(digests, asked, told, today)
    _tell_own_ends(store, digests, ends, told, today)
    for cohort in cohorts:
        _tell_supervisors(store, digests, cohort, asked, told, people, today)
        _tell_ends_in_team(store, digests, cohort, ends, told, today)
    return [one for one in digests.values() if one.is_wanted and told.day(one.person.id) != today]


def _tell_learners(digests: dict[str, Digest], asked: Asked, told: Told, today: date) -> None:
    for standing in asked.standings:
        person_id = standing.person_id
        if standing.is_done or is_away(asked.leaves, person_id, today):
            continue
        is_nudged, is_off = told.is_nudged(standing), person_id in told.turned_off
        if is_off and not is_nudged:
            continue
        if standing.due.on <= today + AHEAD or is_nudged:
            digests[person_id].own.append(standing)
        if is_nudged or comes_up(_due(standing), today=today, told_on=told.day(person_id)):
            digests[person_id].is_wanted = True


def _tell_own_ends(
    store: Store,
    digests: dict[str, Digest],
    ends: Iterable[OwnEnd],
    told: Told,
    today: date,
) -> None:
    """Tells people what of theirs ends. On leave it waits until they are back."""
    leaves = store.due_days.leaves({one.person_id for one in ends})
    for one in ends:
        person_id = one.person_id
        digest = digests.get(person_id)
        if digest is None or person_id in told.turned_off or is_away(leaves, person_id, today):
            continue
        if end_comes_up(one.ending.ends_on, today=today, told_on=told.day(person_id)):
            digest.own_ends.append(one)
            digest.is_wanted = True


def _tell_ends_in_team(
    store: Store,
    digests: dict[str, Digest],
    cohort: Cohort,
    ends: Iterable[OwnEnd],
    told: Told,
    today: date,
) -> None:
    by_person = {one.person_id: [e for e in ends if e.person_id == one.person_id] for one in ends}
    if not by_person:
        return
    members = [one for one in store.cohorts.members(cohort.id) if one.id in by_person]
    for supervisor in store.cohorts.members(cohort.id, Role.SUPERVISOR) if members else ():
        last = told.day(supervisor.id)
        if supervisor.id in told.turned_off:
            continue
        for member in members:
            for one in by_person[member.id]:
                if member.id == supervisor.id:
                    continue
                if end_comes_up(one.ending.ends_on, today=today, told_on=last):
                    digests[supervisor.id].ends_of_others.append((member, cohort, one.ending))
                    digests[supervisor.id].is_wanted = True


def _tell_supervisors(
    store: Store,
    digests: dict[str, Digest],
    cohort: Cohort,
    asked: Asked,
    told: Told,
    people: Mapping[str, Person],
    today: date,
) -> None:
    overdue = [
        one
        for one in asked.standings
        if one.assignment.cohort_id == cohort.id
        and one.state is AssignmentState.OVERDUE
        and not is_away(asked.leaves, one.person_id, today)
    ]
    if not overdue:
        return
    for supervisor in store.cohorts.members(cohort.id, Role.SUPERVISOR):
        if supervisor.id in told.turned_off:
            continue
        digest, last = digests[supervisor.id], told.day(supervisor.id)
        digest.of_others += [(people[one.person_id], cohort.name, one) for one in overdue]
        if any(falls_overdue(_due(one), today=today, told_on=last) for one in overdue):
            digest.is_wanted = True


def _due(standing: AssignmentStanding) -> Due:
    return Due(standing.assignment.asked_on, standing.due.on)


def _send(store: Store, digest: Digest, mailer: Mailer, links: Links, *, now: datetime) -> bool:
    person, day = digest.person, store.day_of(now)
    if not _claim(store, person.id, now=now):
        return False
    mail = Mail(person.email, subject_of(digest), text_of(digest, links), f"{person.id}.{day}")
    try:
        mailer.send(mail)
    except MailFailed as failed:
        log.warning("a digest could not be sent (%s); it is tried again later", failed)
        return False
    with store.writing():
        store.digests.mark_sent(person.id, day, now=now)
    return True


def _claim(store: Store, person_id: str, *, now: datetime) -> bool:
    """Takes a person's digest of the day. Says no when it has left, or another is at it."""
    with store.writing():
        store.people.hold(person_id)
        day = store.day_of(now)
        known = store.digests.find(person_id, day)
        if known is None:
            store.digests.claim(person_id, day, held_until=now + RETRY_AFTER[0])
            return True
        if known.sent_at is not None or now < known.held_until:
            return False
        wait = RETRY_AFTER[min(known.tries, len(RETRY_AFTER) - 1)]
        store.digests.claim_again(person_id, day, held_until=now + wait)
        return True


def subject_of(digest: Digest) -> str:
    """The subject of a digest: how much, and nothing of what."""
    if digest.own:
        count = len(digest.own)
        return f"Waymark: {count} {'thing' if count == 1 else 'things'} asked of you"
    if digest.own_ends:
        return "Waymark: a credential of yours ends soon"
    return f"Waymark: {'overdue' if digest.of_others else 'credentials that end'} in your team"


def text_of(digest: Digest, links: Links) -> str:
    """The text of a digest: what, by when, and links. No scores, and no clients."""
    lines = [f"Good day {digest.person.first_name},", ""]
    if digest.own:
        lines += ["this is asked of you:", ""]
        lines += [f"- {one.target.title}, {_when(one)}" for one in digest.own]
        lines += ["", f"See all of it, and who sees what: {links.asked()}", ""]
    if digest.own_ends:
        lines += ["this ends soon:", ""]
        lines += [f"- {one.words}" for one in digest.own_ends]
        lines += ["", f"Renew it with the board, then enter it here: {links.credentials()}", ""]
    if digest.of_others:
        lines += ["overdue in your team:", ""]
        for person, team, one in digest.of_others:
            link = links.asked_person(one.assignment.cohort_id, one.assignment.id, one.person_id)
            lines += [f"- {person.full_name} ({team}): {one.target.title}, {_when(one)}"]
            lines += [f"  {link}"]
        lines.append("")
    if digest.ends_of_others:
        lines += ["credentials that end in your team:", ""]
        for person, cohort, ending in digest.ends_of_others:
            lines += [f"- {person.full_name} ({cohort.name}): {ends_words(ending)}"]
            lines += [f"  {links.ending_in_team(cohort.id)}"]
        lines.append("")
    lines += ["You get at most one such mail a day. Turn them off:", links.choices()]
    return "\n".join(lines)


def _when(standing: AssignmentStanding) -> str:
    day = standing.due.on
    verb = "was due" if standing.state is AssignmentState.OVERDUE else "due"
    return f"{verb} {day:%B} {day.day}"
