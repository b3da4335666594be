"""The shelf of people, their roles, and the organisation they belong to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.person import Person, Role, RoleGrant
from app.storage.engine import connection_of
from app.storage.tables.people import OrganisationRow, PersonRow, RoleGrantRow

PERSON_COLUMNS = (
    PersonRow.id,
    PersonRow.organisation_id,
    PersonRow.email,
    PersonRow.full_name,
    PersonRow.credential,
    PersonRow.status,
    PersonRow.exam_on,
    PersonRow.minutes_a_day,
)
ACTIVE = "active"
DEACTIVATED = "deactivated"
_HOLD = (
    select(PersonRow.id)
    .where(
        PersonRow.id == bindparam("person"),
        PersonRow.organisation_id == bindparam("organisation"),
    )
    .with_for_update(key_share=True)
)


def person_from(row: Row[*tuple[Any, ...]]) -> Person:
    """Makes a person of the columns named in `PERSON_COLUMNS`."""
    return Person(
        id=row.id,
        organisation_id=row.organisation_id,
        email=row.email,
        full_name=row.full_name,
        credential=row.credential,
        is_active=row.status == ACTIVE,
        exam_on=row.exam_on,
        minutes_a_day=row.minutes_a_day,
    )


class PeopleShelf:
    """Gets and saves people of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add_organisation(self, organisation_id: str, *, name: str, now: datetime) -> None:
        """Adds an organisation; people can then be added to it."""
        self._session.execute(
            insert(OrganisationRow).values(id=organisation_id, name=name, created_at=now)
        )

    def organisation_name(self) -> str:
        """The organisation's name; empty when there is none."""
        query = select(OrganisationRow.name).where(OrganisationRow.id == self._organisation_id)
        return self._session.execute(query).scalar_one_or_none() or ""

    def hold_organisation(self) -> None:
        """Makes other changes that hold the organisation wait until this transaction ends.

        For what everybody's roles decide together, such as that somebody administers it.
        """
        query = select(OrganisationRow.id).where(OrganisationRow.id == self._organisation_id)
        self._session.execute(query.with_for_update(key_share=True))

    def organisation_ids(self) -> list[str]:
        """Every organisation of this installation, oldest first."""
        return list(self._session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id)))

    def any_organisation_id(self) -> str | None:
        """The first organisation of this installation. None: nothing is set up yet."""
        query = select(OrganisationRow.id).order_by(OrganisationRow.id).limit(1)
        return self._session.execute(query).scalar_one_or_none()

    def any_administrator(self) -> bool:
        """Says whether anybody in this installation can administer it."""
        query = (
            select(RoleGrantRow.id)
            .join(PersonRow, PersonRow.id == RoleGrantRow.person_id)
            .where(RoleGrantRow.role == Role.ADMINISTRATOR, PersonRow.status == ACTIVE)
            .limit(1)
        )
        return self._session.execute(query).first() is not None

    def has_administrator(self) -> bool:
        """Says whether anybody who can sign in administers this organisation."""
        query = (
            select(RoleGrantRow.id)
            .join(PersonRow, PersonRow.id == RoleGrantRow.person_id)
            .where(
                RoleGrantRow.organisation_id == self._organisation_id,
                RoleGrantRow.role == Role.ADMINISTRATOR,
                PersonRow.status == ACTIVE,
            )
            .limit(1)
        )
        return self._session.execute(query).first() is not None

    def add(self, person: Person, *, password_hash: str, now: datetime) -> None:
        """Adds a person, active at once."""
        self._session.execute(
            insert(PersonRow).values(
                id=person.id,
                organisation_id=person.organisation_id,
                email=person.email,
                full_name=person.full_name,
                credential=person.credential,
                password_hash=password_hash,
                status=ACTIVE,
                exam_on=person.exam_on,
                minutes_a_day=person.minutes_a_day,
                created_at=now,
            )
        )

    def find(self, person_id: str) -> Person | None:
        """Finds a person of this organisation. None: not here."""
        return self._one(self._select().where(PersonRow.id == person_id))

    def hold(self, person_id: str) -> None:
        """Makes other changes that hold this person wait until this transaction ends.

        For what is decided by rows that are not there yet, which nothing else could lock
        (PostgreSQL; SQLite has one writer anyhow).
        """
        values = {"person": person_id, "organisation": self._organisation_id}
        connection_of(self._session).execute(_HOLD, values)

    def find_by_email(self, email: str) -> Person | None:
        """Finds a person of this organisation by address. None: not here."""
        return self._one(self._select().where(PersonRow.email == email))

    def email_is_taken(self, email: str) -> bool:
        """Says whether any organisation of this installation has this address."""
        query = select(PersonRow.id).where(PersonRow.email == email)
        return self._session.execute(query).first() is not None

    def everyone(self) -> list[Person]:
        """Everyone of this organisation by name, those who left included."""
        query = self._select().order_by(PersonRow.full_name, PersonRow.id)
        return [person_from(row) for row in self._session.execute(query)]

    def grants_of(self, person_id: str) -> frozenset[RoleGrant]:
        """The roles a person holds."""
        query = select(RoleGrantRow.role, RoleGrantRow.cohort_id).where(
            RoleGrantRow.person_id == person_id,
            RoleGrantRow.organisation_id == self._organisation_id,
        )
        return frozenset(
            RoleGrant(Role(role), cohort_id) for role, cohort_id in self._session.execute(query)
        )

    def grant(self, grant_id: str, person_id: str, grant: RoleGrant, *, now: datetime) -> None:
        """Gives a person a role."""
        self._session.execute(
            insert(RoleGrantRow).values(
                id=grant_id,
                organisation_id=self._organisation_id,
                person_id=person_id,
                role=grant.role,
                cohort_id=grant.cohort_id,
                granted_at=now,
            )
        )

    def revoke(self, person_id: str, grant: RoleGrant) -> None:
        """Takes a role away, effective at the person's next request."""
        self._session.execute(
            delete(RoleGrantRow).where(
                RoleGrantRow.organisation_id == self._organisation_id,
                RoleGrantRow.person_id == person_id,
                RoleGrantRow.role == grant.role,
                RoleGrantRow.cohort_id.is_(None)
                if grant.cohort_id is None
                else RoleGrantRow.cohort_id == grant.cohort_id,
            )
        )

    def set_active(self, person_id: str, *, active: bool) -> None:
        """Lets a person in, or keeps them out from their next request on."""
        self._change(person_id, status=ACTIVE if active else DEACTIVATED)

    def set_credential(self, person_id: str, credential: str) -> None:
        """Replaces the credential that a person works under, as shown after the name."""
        self._change(person_id, credential=credential)

    def set_password_hash(self, person_id: str, password_hash: str) -> None:
        """Replaces what a password is checked against."""
        self._change(person_id, password_hash=password_hash)

    def set_plan(self, person_id: str, *, exam_on: date | None, minutes_a_day: int | None) -> None:
        """Keeps a person's exam date and the minutes a day they plan."""
        self._change(person_id, exam_on=exam_on, minutes_a_day=minutes_a_day)

    def _change(self, person_id: str, **values: object) -> None:
        self._session.execute(
            update(PersonRow)
            .where(PersonRow.id == person_id, PersonRow.organisation_id == self._organisation_id)
            .values(**values)
        )

    def _select(self) -> Select[*tuple[Any, ...]]:
        return select(*PERSON_COLUMNS).where(PersonRow.organisation_id == self._organisation_id)

    def _one(self, query: Select[*tuple[Any, ...]]) -> Person | None:
        row = self._session.execute(query).first()
        return None if row is None else person_from(row)
