"""The shelf of contracts of supervision: versions and acceptances are added, never changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from app.domain.supervision_contract import Contract, ContractTerms
from app.storage.new_rows import insert_if_new
from app.storage.tables.supervision_chain import ContractAcceptanceRow, SupervisionContractRow

WORDS = (
    "purpose",
    "goals",
    "site",
    "modality",
    "frequency",
    "ethics",
    "criteria",
    "methods",
)
OBSERVED = "observed"  # contracts of before it could be said have none


@dataclass(frozen=True, slots=True)
class StoredContract:
    """A version with who accepted it when. Shape: `accepted` by id of the person."""

    contract: Contract
    written_at: datetime
    accepted: dict[str, datetime]


class ContractShelf:
    """Gets and saves the contracts of one organisation."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(self, contract: Contract, *, now: datetime) -> None:
        """Adds a version."""
        terms = contract.terms
        self._session.execute(
            insert(SupervisionContractRow).values(
                id=contract.id,
                organisation_id=self._organisation_id,
                person_id=contract.person_id,
                supervisor_id=contract.supervisor_id,
                number=contract.number,
                terms={name: getattr(terms, name) for name in (*WORDS, OBSERVED)},
                starts_on=terms.starts_on,
                ends_on=terms.ends_on,
                written_at=now,
            )
        )

    def accept(self, contract_id: str, *, by: str, now: datetime) -> None:
        """Keeps that somebody accepted a version; a second time changes nothing."""
        row = {
            "contract_id": contract_id,
            "person_id": by,
            "organisation_id": self._organisation_id,
            "accepted_at": now,
        }
        insert_if_new(self._session, ContractAcceptanceRow, row)

    def of_person(self, person_id: str) -> list[StoredContract]:
        """Every version of every contract of a member of staff, the newest first."""
        return self.of_people([person_id])

    def of_people(self, person_ids: Collection[str]) -> list[StoredContract]:
        """Every version of every contract of some members of staff, the newest first."""
        query = (
            select(SupervisionContractRow.__table__)
            .where(
                SupervisionContractRow.organisation_id == self._organisation_id,
                SupervisionContractRow.person_id.in_(sorted(person_ids)),
            )
            .order_by(
                SupervisionContractRow.written_at.desc(), SupervisionContractRow.number.desc()
            )
        )
        rows = list(self._session.execute(query))
        accepted = self._accepted({row.id for row in rows})
        return [_contract_from(row, accepted.get(row.id, {})) for row in rows]

    def _accepted(self, contract_ids: Collection[str]) -> dict[str, dict[str, datetime]]:
        query = select(
            ContractAcceptanceRow.contract_id,
            ContractAcceptanceRow.person_id,
            ContractAcceptanceRow.accepted_at,
        ).where(
            ContractAcceptanceRow.organisation_id == self._organisation_id,
            ContractAcceptanceRow.contract_id.in_(sorted(contract_ids)),
        )
        found: dict[str, dict[str, datetime]] = {}
        for contract_id, person_id, accepted_at in self._session.execute(query):
            found.setdefault(contract_id, {})[person_id] = accepted_at
        return found


def _contract_from(row: Row[*tuple[Any, ...]], accepted: dict[str, datetime]) -> StoredContract:
    terms = ContractTerms(
        **{name: row.terms[name] for name in WORDS},
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        observed=row.terms.get(OBSERVED, ""),
    )
    contract = Contract(row.id, row.person_id, row.supervisor_id, row.number, terms)
    return StoredContract(contract, row.written_at, accepted)
