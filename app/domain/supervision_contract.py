"""The contract of supervision between one supervisor and one member of staff.

A contract is never edited: a change is another version, which both accept again.
Source: docs/decisions/0022-supervision-chain.md (fields as boards ask for them).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from app.domain.errors import InvalidInput

LONGEST_WORDS = 2000  # letters of one field


class ContractState(StrEnum):
    """Where a version of a contract stands."""

    WAITING = "waiting"
    AHEAD = "ahead"
    IN_FORCE = "in force"
    ENDED = "ended"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What both agree to. Shape: everything in words of theirs; the last day counts too.

    `observed` names how often somebody is observed, as `observation_frequency` reads it; empty
    when that stands in words alone.
    """

    purpose: str
    goals: str
    site: str
    modality: str
    frequency: str
    ethics: str
    criteria: str
    methods: str
    starts_on: date
    ends_on: date
    observed: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """One version of a contract. Shape: `number` counts up from 1 for each pair of people."""

    id: str
    person_id: str
    supervisor_id: str
    number: int
    terms: ContractTerms

    def holds(self, on: date) -> bool:
        """Says whether a day lies in it. Its last day does."""
        return self.terms.starts_on <= on <= self.terms.ends_on


def refuse_unfit_terms(terms: ContractTerms) -> None:
    """Refuses terms that leave something open.

    Raises: InvalidInput for a field without words or with too many, or an end before the start.
    """
    for field in fields(terms):
        words = getattr(terms, field.name)
        if field.name == "observed":
            continue
        if isinstance(words, str) and not words.strip():
            raise InvalidInput(
                f"contract-{field.name}", "Write a few words here; both of you sign them."
            )
        if isinstance(words, str) and len(words) > LONGEST_WORDS:
            raise InvalidInput(
                f"contract-{field.name}", f"Use at most {LONGEST_WORDS:,} letters here."
            )
    if terms.ends_on < terms.starts_on:
        raise InvalidInput(
            "contract-ends_on",
            "The contract would end before it begins.",
            "Choose a last day on or after the first.",
        )


def newest_accepted(contracts: Iterable[tuple[Contract, Collection[str]]]) -> list[Contract]:
    """The newest version of each pair of people that both accepted, whether or not it holds now.

    Shape: each contract with the ids of those who accepted it.
    """
    newest: dict[tuple[str, str], Contract] = {}
    for one, accepted in contracts:
        pair = (one.person_id, one.supervisor_id)
        if set(pair) <= set(accepted) and (pair not in newest or one.number > newest[pair].number):
            newest[pair] = one
    return list(newest.values())


def contract_state(
    contract: Contract, *, accepted_by: Collection[str], newest: int, today: date
) -> ContractState:
    """Says where a version stands on a day.

    Shape: `accepted_by` are ids of people, `newest` the number of the newest version both
    accepted; 0 while there is none.
    """
    is_accepted = {contract.person_id, contract.supervisor_id} <= set(accepted_by)
    if contract.number < newest:
        return ContractState.REPLACED
    if today > contract.terms.ends_on:
        return ContractState.ENDED
    if not is_accepted:
        return ContractState.WAITING
    return ContractState.AHEAD if today < contract.terms.starts_on else ContractState.IN_FORCE
