"""Puts the hours and the credentials of a team on screen."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from flask import url_for

from app.domain.board_rules import renewals_of
from app.domain.credential import Credential
from app.domain.hours import EntryState
from app.domain.renewal import endings
from app.library.library import Library
from app.storage.hours import StoredEntry
from app.storage.queries.team_pages import Member, TeamView
from app.storage.store import Store
from app.web.shared.filters import say_count, say_date
from app.web.shared.hours.cards import due_cell, phase_title
from app.web.shared.hours.renewals import STATE_SIGNS
from app.web.shared.hours.view import Ledger, former_waited_for, waiting_line
from app.web.shared.hours.ways import Ways
from app.web.shared.part_data import Cell, Way
from app.web.team.hours.pages import PersonWaiting, Row, TeamHoursPage


def team_hours_page(
    store: Store, library: Library, team: TeamView, *, viewer_id: str, today: date
) -> TeamHoursPage:
    """Gathers a team. Cost: four queries, however large the team; reads every line of it.

    Whoever waits for a former supervisor costs a few more.
    """
    ids = [member.id for member in team.members]
    lines: defaultdict[str, list[StoredEntry]] = defaultdict(list)
    for one in store.hours.of_people(ids):
        lines[one.entry.person_id].append(one)
    starts = store.hours.phase_starts(ids)
    supervisors = {one.id: one.full_name for one in team.supervisors}
    ledgers = {
        member.id: Ledger(
            *(tuple(lines[member.id]), tuple(starts.get(member.id, ())), supervisors, viewer_id),
            former=former_waited_for(store, member.id, lines[member.id], supervisors),
        )
        for member in team.members
    }
    waiting = [_waiting(library, team, member, ledgers[member.id]) for member in team.members]
    return TeamHoursPage(
        back=Way(team.name, url_for("team.team", cohort_id=team.id)),
        waiting=tuple(one for one in waiting if one.lines),
        people=tuple(
            _person_row(library, team, member, ledgers[member.id], today=today)
            for member in team.members
        ),
        expiring=_expiring(library, team, store.credentials.of_people(ids), today=today),
    )


def _waiting(library: Library, team: TeamView, member: Member, ledger: Ledger) -> PersonWaiting:
    ways = Ways(member.id, team.id)
    shown = [
        waiting_line(library, ledger, ways, entry)
        for entry in ledger.entries
        if entry.state is not EntryState.SIGNED
    ]
    return PersonWaiting(
        f"waiting-{member.id}",
        member.full_name,
        tuple(one for one in shown if one.sign_url or one.may_sign_for),
    )


def _person_row(
    library: Library, team: TeamView, member: Member, ledger: Ledger, *, today: date
) -> Row:
    waiting = sum(entry.state is not EntryState.SIGNED for entry in ledger.entries)
    url = Ways(member.id, team.id).to("home")
    return (
        Cell(member.full_name, detail=member.credential, url=url),
        phase_title(library, ledger.starts, today=today),
        due_cell(library, ledger.starts, ledger.entries, today=today),
        say_count(waiting, "line") if waiting else "–",
    )


def _expiring(
    library: Library, team: TeamView, credentials: list[Credential], *, today: date
) -> tuple[Row, ...]:
    """Credentials that expire within 90 days or have expired, the earliest first."""
    rules = renewals_of(library.boards.values())
    rows = []
    for one in endings(credentials, rules, on=today):
        member = team.member(one.credential.person_id)
        rows.append(
            (
                Cell(member.full_name, detail=member.credential),
                one.credential.kind,
                say_date(one.ends_on),
                Cell(str(one.state), state=STATE_SIGNS[one.state]),
            )
        )
    return tuple(rows)
