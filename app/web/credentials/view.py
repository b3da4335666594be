"""Puts one's own credentials on screen, with what renewing each still needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for

from app.domain.board_rules import RenewalRule, edition_on, renewals_of
from app.domain.credential import Credential
from app.domain.hours import say_minutes
from app.domain.reminder_days import reminder_days
from app.domain.renewal import Education, Need, RenewalState, renewal_state, tally, years_later
from app.library.library import Library
from app.services.credentials import areas_of, topics_of, ways_of
from app.storage.store import Store
from app.web.credentials.inputs import CredentialInput, EducationInput
from app.web.credentials.pages import CredentialCard, CredentialsPage, Row, TrainingLine
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_date
from app.web.shared.hours.cards import grounds_words
from app.web.shared.hours.renewals import STATE_SIGNS, newest_of_each_kind
from app.web.shared.part_data import Cell

NEED_HEADERS = ("What it asks for", "Done", "State")


def credential_form() -> CredentialInput:
    """The form for a credential."""
    return CredentialInput(prefix="credential-")


def education_form(library: Library, *, today: date) -> EducationInput:
    """The form for training."""
    form = EducationInput(prefix="training-", done_on=today)
    form.topic.choices = {"": "None of these topics", **topics_of(library.boards)}
    form.way.choices = ways_of(library.boards)
    form.area.choices = {"": "None of these, or several", **areas_of(library)}
    return form


def credentials_page(
    store: Store,
    library: Library,
    person_id: str,
    credential: CredentialInput,
    education: EducationInput,
    *,
    today: date,
) -> CredentialsPage:
    """Shows the credentials that are to be renewed first, then earlier ones and training."""
    held = store.credentials.of_person(person_id)
    done = store.education.of_people([person_id])
    rules = renewals_of(library.boards.values())
    current = newest_of_each_kind(held)
    return CredentialsPage(
        cards=tuple(_card(library, one, rules.get(one.kind), done, today=today) for one in current),
        earlier=tuple(_earlier(one) for one in held if one not in current),
        training=tuple(_training(library, one) for one in done),
        need_headers=NEED_HEADERS,
        kinds=tuple(sorted(rules)),
        credential=credential,
        education=education,
        is_adding=bool(credential.errors) or not held,
        is_noting=bool(education.errors),
        faults=(*field_faults(credential), *field_faults(education)),
    )


def _card(
    library: Library,
    one: Credential,
    rule: RenewalRule | None,
    done: Sequence[Education],
    *,
    today: date,
) -> CredentialCard:
    edition = edition_on(rule.editions, today) if rule else None
    state = renewal_state(one, edition, today)
    counted = tally(one, edition, done) if edition else None
    sure, sources = grounds_words(library, edition.grounds) if edition else ("", ())
    needs = () if counted is None else (counted.total, *counted.topics)
    return CredentialCard(
        title=f"{one.kind} {one.number}".strip(),
        detail=one.issuer,
        state=STATE_SIGNS[state],
        state_words=str(state),
        dates=_dates(one),
        next_words=_next_words(one, state, edition.lapses_after_years if edition else None, today),
        needs=tuple(_need(need) for need in needs),
        over=tuple(
            f"{title}: {say_minutes(minutes)} more than counts"
            for title, minutes in (counted.over if counted else ())
        ),
        note=edition.grounds.note if edition else "",
        sure=sure,
        sources=sources,
        take_back_url=url_for("credentials.take_back", credential_id=one.id),
    )


def _dates(one: Credential) -> str:
    until = "" if one.expires_on is None else f" to {say_date(one.expires_on)}"
    return f"{say_date(one.issued_on)}{until}"


def _next_words(one: Credential, state: RenewalState, years: int | None, today: date) -> str:
    """What the dates ask for, in a sentence."""
    expires = one.expires_on
    if expires is None:
        return "It has no last day."
    if state is RenewalState.NOT_BEGUN:
        return f"It holds from {say_date(one.issued_on)} on."
    if state in {RenewalState.VALID, RenewalState.AGEING}:
        left = (expires - today).days
        words = "This is its last day." if not left else f"{say_count(left, 'day')} left."
        ahead = reminder_days(expires, known_since=today, until=expires)
        return f"{words} A reminder falls due {say_date(ahead[0])}." if ahead else words
    if state is RenewalState.LAPSED or years is None:
        return "It no longer holds; ask the board about applying anew."
    last = say_date(years_later(expires, years))
    return f"It no longer holds. It may be renewed until {last}."


def _need(need: Need) -> Row:
    state = (
        Cell("reached", state="met")
        if not need.missing
        else Cell(f"{say_minutes(need.missing)} to go", state="open")
    )
    return (need.title, f"{say_minutes(need.done)} of {say_minutes(need.asked)}", state)


def _earlier(one: Credential) -> Row:
    return (f"{one.kind} {one.number}".strip(), one.issuer, _dates(one))


def _training(library: Library, one: Education) -> TrainingLine:
    topic = topics_of(library.boards).get(one.topic, "")
    way = ways_of(library.boards).get(one.way, one.way)
    about = "about substance use disorders" if one.is_specific else ""
    parts = [say_date(one.done_on), say_minutes(one.minutes), one.provider, topic, way, about]
    return TrainingLine(
        title=one.title,
        detail=" · ".join(part for part in parts if part),
        take_back_url=url_for("credentials.take_training_back", education_id=one.id),
    )
