"""The trend judges a past day exactly as the matrix would have, however it saves work."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.competency_requirement import EvidenceRules, LevelRule, Requirement
from app.domain.competency_state import Asked, competency_standing
from app.domain.competency_trend import days_of_trend
from app.domain.evidence import Evidence, EvidenceKind, Rated
from app.services.competencies import Judging
from app.services.competency_trend import states_on
from app.storage.queries.team_pages import Member
from tests.supervision_chain import a_rating_library

TODAY = date(2028, 3, 1)
ANA = Member("ana", "Ana Reyes")


class OneAsked(Judging):
    """Asks one competency of everybody."""

    def of_role(self, role: str) -> dict[str, Asked]:
        return {"CONF": ASKED}


RULES = EvidenceRules(
    id="rules",
    scale="five-steps",
    levels=(LevelRule(1, 1), LevelRule(3, 2, dates=2)),
    direct_modes=frozenset({"live"}),
    ageing_days=20,
    validity_months=2,
)
ASKED = Asked(Requirement("WM", "CONF", 3), RULES)

rows = st.builds(
    lambda ago, level: Evidence(
        "ana",
        "CONF",
        EvidenceKind.OBSERVATION,
        TODAY - timedelta(days=ago),
        Rated(level, "live"),
        rater_id="cora",
    ),
    st.integers(-5, 300),
    st.integers(1, 5),
)


@given(st.lists(rows, max_size=6))
def test_each_day_is_judged_as_if_it_were_the_only_one(seen: list[Evidence]) -> None:
    library, days = a_rating_library(), days_of_trend(TODAY)
    framework = library.frameworks["WM"]
    by = OneAsked(framework, library.supervision.scales["five-steps"], RULES, None, 1)

    found = states_on([ANA], by, {("ana", "CONF"): seen}, days)

    for day, states in zip(days, found, strict=True):
        assert states["ana"]["CONF"] is competency_standing(seen, ASKED, on=day).state
