"""Puts one person's supervision record on screen for their supervisor."""

from __future__ import annotations

from datetime import date

from app.web.shared.competency_choices import competency_words
from app.web.shared.filters import say_moment
from app.web.shared.form_keys import new_form_key
from app.web.shared.observation_view import SaidLine
from app.web.shared.part_data import Way
from app.web.shared.supervision_lines import (
    contract_lines,
    gap_lines,
    goal_lines,
    note_lines,
    observation_rows,
    rating_rows,
    request_lines,
    sign_off_rows,
)
from app.web.shared.supervision_record import read_record
from app.web.team.supervising.here import Here
from app.web.team.supervising.pages import Addresses, RecordPage


def record_page(at: Here, *, today: date, fault: str = "") -> RecordPage:
    """Shows the record, what waits for the supervisor first."""
    record = read_record(at.store, at.person.id)
    requests = request_lines(record, at.ratable)
    goals = goal_lines(record, at.ratable, today)
    return RecordPage(
        full_name=at.person.full_name,
        credential=at.person.credential,
        back=Way("What was asked", at.url("member")),
        at=_addresses(at, [one.id for one in goals], [one.id for one in requests]),
        form_key=new_form_key(),
        fault=fault,
        waiting=tuple(one for one in requests if not one.answer),
        answered=tuple(one for one in requests if one.answer),
        drafts=_drafts(at),
        gaps=gap_lines(record, at.ratable),
        explained=note_lines(record),
        contracts=contract_lines(record, at.library, today),
        goals=goals,
        observations=observation_rows(
            record, lambda one: at.url("observation", observation_id=one)
        ),
        ratings=rating_rows(record, at.ratable),
        sign_offs=sign_off_rows(
            record, at.ratable, lambda one: at.url("signed_off", sign_off_id=one)
        ),
        notes=_private_notes(at),
    )


def _addresses(at: Here, goals: list[str], requests: list[str]) -> Addresses:
    return Addresses(
        record=at.url("supervision"),
        observe=at.url("start_observation"),
        contract=at.url("contract"),
        new_goal=at.url("new_goal"),
        sign=at.url("signing"),
        note=at.url("add_private_note"),
        reconcile=at.url("reconcile"),
        packets=at.url("person_packets"),
        goals={one: at.url("settle_goal", goal_id=one) for one in goals},
        requests={one: at.url("answer_request", request_id=one) for one in requests},
    )


def _drafts(at: Here) -> tuple[Way, ...]:
    drafts = at.store.observations.drafts_of(at.viewer.id, at.person.id)
    return tuple(
        Way(
            f"Go on with your draft of {say_moment(one.started_at)}"
            + "".join(
                f", {competency_words(at.ratable, mark.competency)}" for mark in one.form.marks[:1]
            ),
            at.url("observation", observation_id=one.id),
        )
        for one in drafts
    )


def _private_notes(at: Here) -> tuple[SaidLine, ...]:
    notes = at.store.private_notes.own(at.viewer.id, about=at.person.id)
    return tuple(SaidLine("You", say_moment(one.written_at), one.words) for one in notes)
