"""The shelf of signed-in browsers and of failed tries. Tokens are kept as digests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.person import Role, RoleGrant, Viewer
from app.storage.engine import connection_of
from app.storage.people import ACTIVE, PERSON_COLUMNS, person_from
from app.storage.tables.people import PersonRow, RoleGrantRow, SignInFailureRow, SignInRow


@dataclass(frozen=True, slots=True)
class StoredPassword:
    """What a sign-in is checked against."""

    person_id: str
    organisation_id: str
    password_hash: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A browser that is signed in, as its owner sees it in a list."""

    id: str
    device: str
    started_at: datetime
    seen_at: datetime


# Asked for on every request of a signed-in person, so it is put together only once.
_VIEWER = (
    select(
        *PERSON_COLUMNS,
        SignInRow.id.label("sign_in_id"),
        SignInRow.seen_at,
        RoleGrantRow.role,
        RoleGrantRow.cohort_id,
    )
    .join(PersonRow, PersonRow.id == SignInRow.person_id)
    .outerjoin(RoleGrantRow, RoleGrantRow.person_id == PersonRow.id)
    .where(
        SignInRow.token_digest == bindparam("digest"),
        SignInRow.ended_at.is_(None),
        SignInRow.expires_at > bindparam("now", type_=SignInRow.expires_at.type),
        PersonRow.status == ACTIVE,
    )
)


class SignInShelf:
    """Opens, finds and ends sign-ins. Looks across organisations: nobody is known yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def stored_password(self, email: str) -> StoredPassword | None:
        """Finds what to check a password against. None: no such address."""
        query = select(
            PersonRow.id, PersonRow.organisation_id, PersonRow.password_hash, PersonRow.status
        ).where(PersonRow.email == email)
        row = self._session.execute(query).first()
        if row is None:
            return None
        return StoredPassword(row[0], row[1], row[2], row[3] == ACTIVE)

    def open(
        self, sign_in: OpenSignIn, *, owner: StoredPassword, digest: str, until: datetime
    ) -> None:
        """Keeps a new sign-in."""
        self._session.execute(
            insert(SignInRow).values(
                id=sign_in.id,
                organisation_id=owner.organisation_id,
                person_id=owner.person_id,
                token_digest=digest,
                device=sign_in.device,
                started_at=sign_in.started_at,
                seen_at=sign_in.seen_at,
                expires_at=until,
                ended_at=None,
            )
        )

    def viewer(self, digest: str, *, now: datetime) -> Viewer | None:
        """Finds who a token belongs to, with their roles as they are now.

        None: unknown, ended or expired, or the person has been deactivated.
        Cost: one query for the person and all their roles.
        """
        rows = connection_of(self._session).execute(_VIEWER, {"digest": digest, "now": now}).all()
        if not rows:
            return None
        grants = frozenset(
            RoleGrant(Role(row.role), row.cohort_id) for row in rows if row.role is not None
        )
        return Viewer(
            person_from(rows[0]), grants, sign_in_id=rows[0].sign_in_id, seen_at=rows[0].seen_at
        )

    def open_of(self, person_id: str, *, now: datetime) -> list[OpenSignIn]:
        """The browsers a person is signed in with, newest first."""
        query = (
            select(SignInRow.id, SignInRow.device, SignInRow.started_at, SignInRow.seen_at)
            .where(
                SignInRow.person_id == person_id,
                SignInRow.ended_at.is_(None),
                SignInRow.expires_at > now,
            )
            .order_by(SignInRow.started_at.desc())
        )
        return [OpenSignIn(*row) for row in self._session.execute(query)]

    def seen(self, sign_in_id: str, *, now: datetime, until: datetime) -> None:
        """Prolongs a sign-in that is being used."""
        self._session.execute(
            update(SignInRow)
            .where(SignInRow.id == sign_in_id)
            .values(seen_at=now, expires_at=until)
        )

    def end(self, sign_in_id: str, *, person_id: str, now: datetime) -> bool:
        """Ends one sign-in of a person. Says whether there was one to end."""
        result = self._session.execute(
            update(SignInRow)
            .where(
                SignInRow.id == sign_in_id,
                SignInRow.person_id == person_id,
                SignInRow.ended_at.is_(None),
            )
            .values(ended_at=now)
            .returning(SignInRow.id)
        )
        return result.first() is not None

    def end_all(self, person_id: str, *, now: datetime, keep: str = "") -> None:
        """Ends every sign-in of a person, save the one to keep."""
        self._session.execute(
            update(SignInRow)
            .where(
                SignInRow.person_id == person_id,
                SignInRow.ended_at.is_(None),
                SignInRow.id != keep,
            )
            .values(ended_at=now)
        )

    def add_failure(self, failure_id: str, *, account: str, address: str, now: datetime) -> None:
        """Keeps a failed try."""
        self._session.execute(
            insert(SignInFailureRow).values(
                id=failure_id, account_key=account, address_key=address, failed_at=now
            )
        )

    def failures(self, *, account: str, address: str, since: datetime) -> tuple[int, int]:
        """Counts failed tries since a moment: for this account, and from this address."""
        for_account = select(func.count()).where(
            SignInFailureRow.account_key == account, SignInFailureRow.failed_at > since
        )
        from_address = select(func.count()).where(
            SignInFailureRow.address_key == address, SignInFailureRow.failed_at > since
        )
        counts = self._session.execute(
            select(for_account.scalar_subquery(), from_address.scalar_subquery())
        ).one()
        return int(counts[0]), int(counts[1])

    def forget_failures(self, *, account: str, before: datetime) -> None:
        """Forgets the failed tries of an account that has signed in, and all old ones."""
        self._session.execute(
            delete(SignInFailureRow).where(
                (SignInFailureRow.account_key == account) | (SignInFailureRow.failed_at < before)
            )
        )
