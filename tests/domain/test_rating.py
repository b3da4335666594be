from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.rating import Rating, disagreements, standing
from tests.supervision_chain import NOW, a_rating

RATINGS = st.lists(
    st.tuples(
        st.sampled_from(["ana", "cora", "dov"]),
        st.sampled_from(["CONF", "MI"]),
        st.integers(1, 5),
        st.integers(0, 6),
    ),
    max_size=14,
).map(
    lambda rows: [
        a_rating(
            id=f"r{place}",
            rater_id=rater,
            competency=code,
            level=level,
            rated_at=NOW + timedelta(hours=hours),
        )
        for place, (rater, code, level, hours) in enumerate(rows)
    ]
)


@given(RATINGS, st.randoms())
def test_the_order_of_ratings_does_not_matter(ratings: list[Rating], random: object) -> None:
    shuffled = sorted(ratings, key=lambda one: hash((one.id, str(random))))

    assert standing(ratings) == standing(shuffled)
    assert disagreements(ratings) == disagreements(shuffled)


@given(RATINGS)
def test_one_rating_stands_for_each_rater_and_it_is_the_latest(ratings: list[Rating]) -> None:
    found = standing(ratings)

    assert len({(one.rater_id, one.competency) for one in found}) == len(found)
    for one in found:
        of_rater = [
            r for r in ratings if (r.rater_id, r.competency) == (one.rater_id, one.competency)
        ]
        assert one.rated_at == max(rating.rated_at for rating in of_rater)


@given(RATINGS)
def test_a_gap_is_told_exactly_where_two_stand_two_levels_apart(ratings: list[Rating]) -> None:
    told = {gap.competency for gap in disagreements(ratings)}

    for code in ("CONF", "MI"):
        levels = [one.level for one in standing(ratings) if one.competency == code]
        assert (code in told) == (bool(levels) and max(levels) - min(levels) >= 2)


@given(RATINGS, st.integers(1, 5))
def test_a_self_rating_changes_no_rating_of_others(ratings: list[Rating], level: int) -> None:
    own = a_rating(id="own", rater_id="ana", level=level, rated_at=NOW + timedelta(days=9))

    before = [one for one in standing(ratings) if one.rater_id != "ana"]
    after = [one for one in standing([*ratings, own]) if one.rater_id != "ana"]

    assert before == after


def test_levels_of_two_scales_are_not_compared() -> None:
    low, high = a_rating(level=1), a_rating(id="2", rater_id="dov", level=5)

    assert disagreements([low, high])
    assert disagreements([low, replace(high, scale_id="entrustment")]) == []
