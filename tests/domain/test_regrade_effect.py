from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.attempt import Attempt, AttemptKind, Response
from app.domain.exam_blueprint import ScoreScale
from app.domain.exam_score import ExamScore, score_exam
from app.domain.item import Item
from app.domain.regrade import Regrade, RegradePolicy, judged
from app.domain.regrade_effect import (
    Effect,
    Move,
    ScoredPlace,
    score_after,
    with_regrade,
    without_regrade,
)
from tests.builders import an_item
from tests.domain.regrades import a_regrade
from tests.learning_builders import A_MOMENT, a_response, a_slot, an_attempt

DOMAINS = {"ONE": "One", "TWO": "Two", "THREE": "Three"}
OPTIONS = ("a", "b", "c", "d")  # b is the key


@dataclass(frozen=True)
class Sat:
    """A finished exam. The first place asks the wording that is regraded."""

    attempt: Attempt
    responses: dict[int, Response]
    items: dict[tuple[str, str], Item]
    scale: ScoreScale

    def score(self, *regrades: Regrade) -> ExamScore:
        return score_exam(
            self.attempt,
            self.responses,
            self.items,
            scale=self.scale,
            domains=DOMAINS,
            regrades=regrades,
        )

    def place(self, *in_force: Regrade) -> ScoredPlace:
        slot = self.attempt.slots[0]
        return ScoredPlace(slot, self.responses.get(1), self.score(*in_force), self.scale, DOMAINS)

    @property
    def domain(self) -> str:
        return self.items[next(iter(self.items))].domain


@st.composite
def exams(draw: st.DrawFn) -> Sat:
    """One to twelve places of three domains, some unscored, some left without an answer."""
    count = draw(st.integers(1, 12))
    items = [
        an_item(id=f"item-{place}", domain=draw(st.sampled_from(sorted(DOMAINS))))
        for place in range(count)
    ]
    slots = tuple(
        a_slot(place, item, is_scored=draw(st.integers(0, 5)) > 0)
        for place, item in enumerate(items, start=1)
    )
    chosen = [draw(st.sampled_from(("", *OPTIONS, "b"))) for _ in items]
    responses = {
        place: a_response(one, position=place) for place, one in enumerate(chosen, start=1) if one
    }
    scale = ScoreScale(200, 800, 500, draw(st.integers(1, 100)), ours=True)
    return Sat(
        an_attempt(*items, kind=AttemptKind.MOCK, slots=slots),
        responses,
        {(item.id, item.version): item for item in items},
        scale,
    )


@st.composite
def ledgers(draw: st.DrawFn, sat: Sat, *, most: int = 3) -> list[Regrade]:
    """Regrades of the first place's wording, oldest first."""
    return [
        a_regrade(
            sat.attempt.slots[0],
            id=f"regrade-{number}",
            policy=draw(st.sampled_from(list(RegradePolicy))),
            accepted=tuple(draw(st.sets(st.sampled_from(OPTIONS), min_size=1))),
            never_lower=draw(st.booleans()),
            signed_at=A_MOMENT + timedelta(days=number),
        )
        for number in range(draw(st.integers(1, most)))
    ]


@given(st.data())
def test_scoring_again_by_one_place_is_scoring_the_whole_exam_again(data: st.DataObject) -> None:
    sat = data.draw(exams())
    *before, newest = data.draw(ledgers(sat))
    change = with_regrade(before, newest, domain=sat.domain)

    assert score_after(sat.place(*before), change) == sat.score(*before, newest)


@given(st.data())
def test_undoing_a_regrade_gives_back_exactly_the_score_before(data: st.DataObject) -> None:
    sat = data.draw(exams())
    *before, newest = data.draw(ledgers(sat))
    signed = score_after(sat.place(*before), with_regrade(before, newest, domain=sat.domain))
    place = replace(sat.place(*before), score=signed)

    undone = score_after(place, without_regrade([*before, newest], newest.id, domain=sat.domain))

    assert undone == sat.score(*before)


@given(st.data())
def test_undoing_any_entry_is_as_if_it_had_never_been_signed(data: st.DataObject) -> None:
    sat = data.draw(exams())
    ledger = data.draw(ledgers(sat))
    undone = data.draw(st.sampled_from(ledger))
    change = without_regrade(ledger, undone.id, domain=sat.domain)

    after = score_after(sat.place(*ledger), change)

    assert after == sat.score(*(one for one in ledger if one is not undone))


@given(st.data())
def test_never_lower_never_lowers_whatever_stands_in_the_ledger(data: st.DataObject) -> None:
    sat = data.draw(exams())
    *before, drawn = data.draw(ledgers(sat))
    newest = replace(drawn, never_lower=True)
    old, new = sat.score(*before), sat.score(*before, newest)

    assert new.scaled >= old.scaled
    assert new.is_pass >= old.is_pass


@given(st.data())
def test_the_counts_of_an_effect_are_those_of_the_moves(data: st.DataObject) -> None:
    sats = data.draw(st.lists(exams(), max_size=6))
    effect, changed = Effect(), []

    for sat in sats:
        (newest,) = data.draw(ledgers(sat, most=1))
        old, new = sat.score(), sat.score(newest)
        effect.count(old, new)
        changed += [(old, new)] if old != new else []

    assert effect.concerned == len(sats)
    assert effect.changed == len(changed)
    assert effect.rises == sum(new.scaled > old.scaled for old, new in changed)
    assert effect.falls == sum(new.scaled < old.scaled for old, new in changed)
    assert effect.to_pass - effect.to_fail == sum(new.is_pass - old.is_pass for old, new in changed)
    assert effect.moves.total() == effect.rises + effect.falls


def test_an_unscored_place_moves_nothing() -> None:
    item = an_item(domain="ONE")
    slot = a_slot(1, item, is_scored=False)
    other = a_slot(2, an_item(id="other", domain="ONE"))
    sat = Sat(
        an_attempt(slots=(slot, other)),
        {},
        {(one.id, one.version): one for one in (item, an_item(id="other", domain="ONE"))},
        ScoreScale(200, 800, 500, 70, ours=True),
    )

    assert score_after(sat.place(), with_regrade([], a_regrade(slot), domain="ONE")) == sat.score()


def test_a_credited_answer_is_kept_by_a_later_key_that_never_lowers() -> None:
    slot = a_slot()
    credit = a_regrade(slot, id="first")
    rekey = a_regrade(slot, id="second", policy=RegradePolicy.REKEY, accepted=("c",))

    assert judged(slot, a_response("a"), [credit, rekey]) is False
    assert judged(slot, a_response("a"), [credit, replace(rekey, never_lower=True)]) is True


def test_what_was_left_out_does_not_turn_wrong_by_a_key_that_never_lowers() -> None:
    slot = a_slot()
    drop = a_regrade(slot, id="first", policy=RegradePolicy.DROP)
    rekey = a_regrade(
        slot, id="second", policy=RegradePolicy.REKEY, accepted=("c",), never_lower=True
    )

    assert judged(slot, a_response("a"), [drop, rekey]) is None
    assert judged(slot, a_response("c"), [drop, rekey]) is True


def test_moves_of_fewer_than_five_people_are_not_told() -> None:
    assert not Effect(people=1).is_told
    assert not Effect(people=4).is_told
    assert Effect(people=5).is_told
    assert Effect(people=0).is_told


def test_equal_moves_are_counted_together() -> None:
    effect = Effect()
    low, high = ExamScore(6, 10, 400, False, ()), ExamScore(7, 10, 500, True, ())

    for _ in range(3):
        effect.count(low, high)

    assert effect.moves == {Move(400, 500, was_pass=False, is_pass=True): 3}
    assert (effect.to_pass, effect.to_fail) == (3, 0)
