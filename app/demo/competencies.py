"""What was seen of people at work in the demo: enough that every state of a competency shows.

Some observations are older than the month: they were brought over from paper, with their dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.demo.activity import Month
from app.domain.competency_requirement import Requirement
from app.domain.observation import Mark, ObservationForm, ObservationMode, Support
from app.domain.person import Role
from app.services.competencies import judging, set_requirements
from app.services.observing import SentDraft, finish_observation, start_observation
from app.services.supervised import Place
from app.storage.queries.team_pages import open_team

LIVE, RECORDED = ObservationMode.LIVE, ObservationMode.RECORDED
PLAY, CHART = ObservationMode.ROLE_PLAY, ObservationMode.CHART_REVIEW
COORDINATION = ("TAP21-56", "TAP21-61", "TAP21-67")
REFERRAL = ("TAP21-49", "TAP21-52", "TAP21-53")
PLANNING = ("TAP21-37", "TAP21-42", "TAP21-43")
FAMILY = ("TAP21-96", "TAP21-97")
RECORDS = ("TAP21-109", "TAP21-112")
RAPPORT = ("TAP21-24", "TAP21-28")
ASKED = (
    *(Requirement("TAP21", group, 3) for group in ("TF-I", "TF-II")),
    *(Requirement("TAP21", code, 3) for code in (*COORDINATION, *REFERRAL, *PLANNING, *RAPPORT)),
    *(Requirement("TAP21", code, 2) for code in FAMILY),
    *(Requirement("TAP21", code, 3, validity_months=12) for code in RECORDS),
    # Somebody who is certified for longer is asked for more in coordination.
    *(Requirement("TAP21", code, 4, role="CADC") for code in COORDINATION),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation. Units: `days_ago` from the last day of the month; levels are ranks."""

    who: str
    days_ago: int
    mode: ObservationMode
    levels: Mapping[str, int]
    support: Support = Support.ALONE


def _all(codes: Sequence[str], level: int) -> dict[str, int]:
    return dict.fromkeys(codes, level)


EASTSIDE: tuple[Seen, ...] = (
    Seen("ana", 240, LIVE, _all(COORDINATION, 3) | _all(REFERRAL, 3), Support.PROMPTS),
    Seen("ana", 120, RECORDED, _all(COORDINATION, 3) | _all(REFERRAL, 3)),
    Seen("ana", 30, PLAY, _all(COORDINATION, 4) | _all(REFERRAL, 3) | _all(FAMILY, 3)),
    Seen("ana", 9, LIVE, _all(FAMILY, 2) | _all(PLANNING, 2), Support.PROMPTS),
    Seen("ana", 330, CHART, _all(RECORDS, 3)),
    Seen("ana", 310, LIVE, _all(RECORDS, 3)),
    Seen("ana", 300, CHART, _all(RECORDS, 4)),
    Seen("luis", 420, LIVE, _all(RECORDS, 3)),
    Seen("luis", 410, CHART, _all(RECORDS, 3)),
    Seen("luis", 400, CHART, _all(RECORDS, 3)),
    Seen("luis", 60, LIVE, _all(COORDINATION, 3) | _all(RAPPORT, 3)),
    Seen("luis", 34, RECORDED, _all(COORDINATION, 3) | _all(RAPPORT, 3)),
    Seen("luis", 6, PLAY, _all(COORDINATION, 3) | _all(RAPPORT, 3)),
    Seen("noor", 90, LIVE, _all(PLANNING, 2) | _all(RAPPORT, 3), Support.HELP),
    Seen("noor", 40, LIVE, _all(PLANNING, 2) | _all(RAPPORT, 3), Support.PROMPTS),
    Seen("noor", 12, RECORDED, _all(PLANNING, 2) | _all(RAPPORT, 4)),
    Seen("priya", 20, LIVE, _all(RAPPORT, 2) | _all(FAMILY, 2), Support.PROMPTS),
)
WESTSIDE: tuple[Seen, ...] = (
    Seen("mika", 80, LIVE, _all(REFERRAL, 3)),
    Seen("mika", 25, RECORDED, _all(REFERRAL, 3)),
    Seen("jonas", 14, LIVE, _all(RAPPORT, 2), Support.PROMPTS),
)
WENT_WELL = "Asked before telling, and summed up what was agreed in the client’s own words."
NEXT_STEP = "Leave a little more silence after an open question."


def watch_people(month: Month) -> None:
    """Lets both supervisors say what is asked, and observe some of their people."""
    for supervisor, seen in (("cora", EASTSIDE), ("dov", WESTSIDE)):
        _ask(month, supervisor)
        for one in sorted(seen, key=lambda each: -each.days_ago):
            _observe(month, supervisor, one)


def _ask(month: Month, supervisor: str) -> None:
    viewer = month.viewers[supervisor]
    (cohort_id,) = viewer.cohorts_as(Role.SUPERVISOR)
    team = open_team(month.store, viewer, cohort_id)
    by = judging(month.store, month.library, team, month.library.frameworks["TAP21"])
    now = month.at(month.first_day, 10)
    set_requirements(month.store, viewer, by, cohort_id=cohort_id, requirements=ASKED, now=now)


def _observe(month: Month, supervisor: str, seen: Seen) -> None:
    viewer = month.viewers[supervisor]
    (cohort_id,) = viewer.cohorts_as(Role.SUPERVISOR)
    place = Place(cohort_id, month.viewers[seen.who].id)
    observed_on = month.last_day - timedelta(days=seen.days_ago)
    now = _written(month, observed_on)
    draft = start_observation(month.store, viewer, place, now=now)
    form = ObservationForm(
        mode=seen.mode,
        observed_on=observed_on,
        marks=tuple(Mark(code, level, seen.support) for code, level in seen.levels.items()),
        went_well=WENT_WELL,
        next_step=NEXT_STEP,
    )
    finish_observation(
        month.store,
        viewer,
        place,
        draft.id,
        SentDraft(form, seen=draft.revision),
        library=month.library,
        now=now,
    )


def _written(month: Month, observed_on: date) -> datetime:
    """When it was entered: on its day, or on the first of the month if that is later."""
    return month.at(max(observed_on, month.first_day), 16)
