"""What a finder may look at, and what it finds.

A finder takes a `NeedContext` and gives lines; it asks the database about the whole team at once.
To add one: write it in a module of this package and put it into `FINDERS` in `everyone`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from flask import url_for

from app.domain.person import Viewer
from app.domain.supervision_contract import Contract, newest_accepted
from app.library.library import Library
from app.services.yardsticks import Ratable, ratable_of
from app.storage.queries.team_pages import Member
from app.storage.store import Store
from app.storage.supervision_contracts import StoredContract
from app.web.shared.part_data import Cell
from app.web.team.board import Board


class NeedKind(StrEnum):
    """Why somebody needs the supervisor, the most urgent first; an address names one."""

    OVERDUE = "overdue"
    MISSED = "missed"
    BEHIND = "behind"
    WAITING = "waiting"
    EXPIRING = "expiring"
    SOON = "soon"


@dataclass(frozen=True)
class NeedContext:
    """What a finder may look at: one team of the viewer's own, now.

    Shape: `today` is the day at the site.
    """

    store: Store
    library: Library
    viewer: Viewer
    board: Board
    now: datetime
    today: date

    @cached_property
    def members(self) -> Mapping[str, Member]:
        """The people of the team by id."""
        return {member.id: member for member in self.board.team.members}

    @cached_property
    def person_ids(self) -> list[str]:
        """The ids of everybody in the team."""
        return sorted(self.members)

    @cached_property
    def ratable(self) -> Ratable:
        """Everything the people of the organization can be rated in."""
        return ratable_of(self.store, self.library)

    @cached_property
    def contracts(self) -> list[Contract]:
        """The newest contract of each two people that both accepted, whether it holds or not."""
        return newest_accepted((one.contract, one.accepted) for one in self._written)

    @cached_property
    def followed(self) -> frozenset[str]:
        """The contracts after which the same two have written another."""
        last: dict[tuple[str, str], int] = {}
        for one in self._written:
            pair = (one.contract.person_id, one.contract.supervisor_id)
            last[pair] = max(one.contract.number, last.get(pair, 0))
        return frozenset(
            one.id for one in self.contracts if last[one.person_id, one.supervisor_id] > one.number
        )

    @cached_property
    def _written(self) -> list[StoredContract]:
        return self.store.contracts.of_people(self.person_ids)

    def url(self, endpoint: str, member: Member | None = None, **more: Any) -> str:
        """The address of a page of this team, or about one of its people."""
        if member is not None:
            more["person_id"] = member.id
        return url_for(f"team.{endpoint}", cohort_id=self.board.team.id, **more)


@dataclass(frozen=True, slots=True)
class Act:
    """Where a line is dealt with.

    Shape: `sends` is True for what a button begins; `hidden` is sent along.
    """

    words: str
    url: str
    sends: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One person with one thing. Shape: `day` orders lines of a kind, the earliest first."""

    kind: NeedKind
    member: Member
    day: date
    what: str
    detail: str
    when: Cell
    act: Act


Find = Callable[[NeedContext], list[NeedLine]]
