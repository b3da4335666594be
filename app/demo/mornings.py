"""What makes a supervisor's morning: an observation that was missed, a contract that ends, a goal
to look at again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.demo.activity import Month
from app.domain.development_goal import GoalWish
from app.domain.observation_frequency import DAYS
from app.domain.person import Role
from app.domain.supervision_contract import ContractTerms
from app.services import supervision
from app.services.supervised import Place, Sent

FAMILY = "TAP21-96"


def fill_the_morning(month: Month) -> None:
    """Noor should have been seen five days ago, Priya's contract ends, Luis has a goal."""
    if FAMILY not in month.library.competencies:
        return
    weekly = _terms(month)
    _agree(month, "noor", replace(weekly, observed=f"{DAYS}7"))
    _agree(month, "priya", replace(weekly, ends_on=month.last_day + timedelta(days=18)))
    wish = GoalWish(
        FAMILY,
        "Lets everybody in the family finish before he sums up",
        "Watch one family meeting of Cora’s; lead the next one.",
        month.last_day + timedelta(days=40),
        month.last_day + timedelta(days=2),
    )
    place, sent = _place(month, "luis"), _sent(month, "goal-luis", 16)
    supervision.set_goal(month.store, month.viewers["cora"], place, wish, month.library, sent)


def _terms(month: Month) -> ContractTerms:
    return ContractTerms(
        purpose="Supervised practice at Eastside.",
        goals="Safe, well documented work with individuals and families.",
        site="Eastside outpatient program.",
        modality="Individual and group, in person.",
        frequency="One hour each week.",
        ethics="NCASPPB rules and 42 CFR Part 2. No client is named in these records.",
        criteria="The competencies that are asked of the team.",
        methods="Live observation, recordings with consent, chart review.",
        starts_on=month.first_day,
        ends_on=month.first_day + timedelta(days=365),
    )


def _agree(month: Month, key: str, terms: ContractTerms) -> None:
    store, person = month.store, month.viewers[key]
    supervision.write_contract(
        *(store, month.viewers["cora"], _place(month, key), terms),
        library=month.library,
        seen_number=0,
        sent=_sent(month, f"contract-{key}", 9),
    )
    for stored in store.contracts.of_person(person.id):
        supervision.accept_contract(store, person, stored.contract.id, now=_first(month, 11))


def _place(month: Month, key: str) -> Place:
    team = next(iter(month.viewers["cora"].cohorts_as(Role.SUPERVISOR)))
    return Place(team, month.viewers[key].id)


def _sent(month: Month, name: str, hour: int) -> Sent:
    return Sent(f"morning-{name}", _first(month, hour))


def _first(month: Month, hour: int) -> datetime:
    return month.at(month.first_day, hour, 20)
