"""Where people of a sociogram stand, and which ties are drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from app.web.shared.sociogram import Sociogram, TieKind, sociogram

KINDS = (TieKind("supports", "supports"), TieKind("strains", "strains", "dashed"))


def a_sociogram(
    *,
    people: int = 3,
    rings: int = 3,
    placed: Mapping[str, int] | None = None,
    ties: Mapping[tuple[str, str], frozenset[str]] | None = None,
) -> Sociogram:
    return sociogram(
        "The people around Lena",
        client=("lena", "Lena"),
        people=[(f"p{n}", f"Person {n}") for n in range(people)],
        rings=[f"ring {n}" for n in range(rings)],
        kinds=KINDS,
        placed=placed or {},
        ties=ties or {},
    )


@given(people=st.integers(1, 12), rings=st.integers(1, 5))
def test_every_seat_is_in_the_drawing_and_further_rings_are_further_out(
    people: int, rings: int
) -> None:
    picture = a_sociogram(people=people, rings=rings)

    for person in picture.people:
        distances = [math.dist((seat.x, seat.y), (50, 50)) for seat in person.seats]
        assert distances == sorted(distances)
        assert all(0 < place < 100 for seat in person.seats for place in (seat.x, seat.y))


@given(people=st.integers(2, 12))
def test_no_two_people_share_a_seat(people: int) -> None:
    picture = a_sociogram(people=people)

    seats = {person.seats[0] for person in picture.people}
    assert len(seats) == people


def test_somebody_not_placed_has_no_seat_and_the_description_says_so() -> None:
    picture = a_sociogram(placed={"p0": 1})

    assert picture.people[0].seat == picture.people[0].seats[1]
    assert picture.people[1].seat is None
    assert picture.description.startswith("Person 0: ring 1; Person 1: not placed yet")


def test_a_tie_is_found_in_either_order_and_told_in_words() -> None:
    picture = a_sociogram(placed={"p0": 0}, ties={("p0", "lena"): frozenset({"strains"})})

    assert [(line.style, line.words) for line in picture.lines] == [
        ("dashed", "Lena and Person 0: strains")
    ]
    assert picture.pairs[0].kinds == {"strains"}
    assert picture.pairs[0].name == "tie.lena.p0"


def test_a_tie_to_somebody_not_placed_is_kept_but_not_drawn() -> None:
    picture = a_sociogram(ties={("lena", "p1"): frozenset({"supports"})})

    assert picture.lines == ()
    assert any(pair.kinds for pair in picture.pairs)


def test_two_ties_of_one_pair_run_side_by_side() -> None:
    picture = a_sociogram(
        placed={"p0": 0}, ties={("lena", "p0"): frozenset({"supports", "strains"})}
    )

    first, second = picture.lines
    assert (first.x1, first.y1) != (second.x1, second.y1)


def test_everybody_meets_everybody_once_in_the_census() -> None:
    picture = a_sociogram(people=4)

    assert len({frozenset((pair.first, pair.second)) for pair in picture.pairs}) == 10
    assert len(picture.pairs) == 10
