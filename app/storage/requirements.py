"""The shelf of what is asked of teams in competencies: added to, the newest counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.domain.competency_requirement import Requirement
from app.storage.tables.people import PersonRow
from app.storage.tables.supervision_evidence import TeamRequirementsRow


@dataclass(frozen=True, slots=True)
class TeamRequirements:
    """What is asked of a team in one framework, who set it and when."""

    requirements: tuple[Requirement, ...]
    set_by: str
    set_at: datetime


class RequirementShelf:
    """Gets and adds requirements of one organisation's teams."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id

    def add(
        self,
        row_id: str,
        cohort_id: str,
        framework_id: str,
        requirements: Iterable[Requirement],
        *,
        by: str,
        now: datetime,
    ) -> None:
        """Keeps what is asked of a team in a framework from now on."""
        told = [[one.target, one.level, one.role, one.validity_months] for one in requirements]
        self._session.execute(
            insert(TeamRequirementsRow).values(
                id=row_id,
                organisation_id=self._organisation_id,
                cohort_id=cohort_id,
                framework_id=framework_id,
                requirements=told,
                set_by=by,
                set_at=now,
            )
        )

    def of_team(
        self, cohort_id: str, framework_id: str, *, as_of: datetime | None = None
    ) -> TeamRequirements | None:
        """What is asked of a team in a framework, or was at a moment.

        None: nobody had set anything.
        """
        query = (
            select(
                TeamRequirementsRow.requirements, PersonRow.full_name, TeamRequirementsRow.set_at
            )
            .join(PersonRow, PersonRow.id == TeamRequirementsRow.set_by)
            .where(
                TeamRequirementsRow.organisation_id == self._organisation_id,
                TeamRequirementsRow.cohort_id == cohort_id,
                TeamRequirementsRow.framework_id == framework_id,
            )
            .order_by(TeamRequirementsRow.set_at.desc(), TeamRequirementsRow.id.desc())
            .limit(1)
        )
        if as_of is not None:
            query = query.where(TeamRequirementsRow.set_at <= as_of)
        row = self._session.execute(query).first()
        if row is None:
            return None
        asked = tuple(Requirement(framework_id, *one) for one in row[0])
        return TeamRequirements(asked, row[1], row[2])
