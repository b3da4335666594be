"""A regrade reaches exams stretch by stretch: stopped, gone on with, undone halfway, two at once.

Here a stretch is a single exam, so that everything can happen between any two of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partialmethod
from typing import TYPE_CHECKING

import pytest

from app.domain.attempt import Attempt
from app.domain.item import Item
from app.domain.person import Viewer
from app.domain.regrade import EVERY_EXAM, Regrade, RegradePolicy
from app.services import housekeeping, mock_exam
from app.services import regrade as regrading
from app.services.housekeeping import go_on_with_stopped
from app.services.regrade import RegradeWish
from app.storage.concerned import ConcernedShelf
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, as_viewer
from tests.services.exams_sat import ASKED, hand_in, sit

if TYPE_CHECKING:
    from tests.cast import Cast

LATER = NOW + timedelta(days=1)
LATEST = NOW + timedelta(days=2)
CREDIT = RegradeWish(
    ASKED.id, ASKED.version, RegradePolicy.CREDIT, (), True, "Two answers are defensible."
)
DROP = RegradeWish(
    ASKED.id, ASKED.version, RegradePolicy.DROP, (), False, "No answer is defensible."
)
EXAMS = 5
MOVED = 4  # of them: one had the point already


class Stopped(BaseException):
    """The process is killed."""


@pytest.fixture(autouse=True)
def _stretches_of_one_exam(monkeypatch: pytest.MonkeyPatch) -> None:
    single = partialmethod(ConcernedShelf.stretch, size=1)
    monkeypatch.setattr(ConcernedShelf, "stretch", single)


@pytest.fixture
def ben(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ben)


@pytest.fixture
def attempts(store: Store, cast: Cast) -> list[Attempt]:
    """Finished exams in the order in which a regrade reaches them."""
    people = (cast.ana, cast.luis, cast.noor, cast.mika, cast.jonas)
    return [
        sit(store, as_viewer(store, person), chosen, now=NOW + timedelta(seconds=number))
        for number, (person, chosen) in enumerate(zip(people, "acb d", strict=True))
    ]


def sign(store: Store, ben: Viewer) -> Regrade:
    return regrading.sign_regrade(store, ben, CREDIT, seen="", now=LATER)


def between(
    monkeypatch: pytest.MonkeyPatch, store: Store, happens: Callable[[int], object]
) -> None:
    """Lets something happen after each stretch but the last, told how many there were."""
    count = 0

    def give_way() -> None:
        nonlocal count
        count += 1
        happens(count)

    monkeypatch.setattr(store, "give_way", give_way)


def stop_after(stretches: int) -> Callable[[int], None]:
    def happens(count: int) -> None:
        if count == stretches:
            raise Stopped

    return happens


def signed_until(
    monkeypatch: pytest.MonkeyPatch, store: Store, ben: Viewer, stretches: int
) -> Regrade:
    """Signs, and is killed after some stretches. Gives the entry as it stands."""
    with monkeypatch.context() as patched:
        between(patched, store, stop_after(stretches))
        with pytest.raises(Stopped):
            sign(store, ben)
    (entry,) = store.regrades.all()
    return entry


def says_one_thing(store: Store, attempt: Attempt) -> bool:
    """Whether the report that counts says what the answers give by what counts for the exam."""
    told = mock_exam.report_on(store, attempt, number=0, cause="", now=LATER)
    return store.sittings.reports(attempt.id)[-1].score == told.score


def rights(store: Store, attempts: list[Attempt]) -> list[list[int]]:
    """The right answers by each report of each exam."""
    return [[one.score.right for one in store.sittings.reports(exam.id)] for exam in attempts]


def news(store: Store, attempts: list[Attempt]) -> list[int]:
    return [len(store.news.unseen(exam.person_id)) for exam in attempts]


WHOLE = [[2, 3], [2, 3], [3], [2, 3], [2, 3]]


def test_uninterrupted_it_reaches_every_exam(
    store: Store, ben: Viewer, attempts: list[Attempt]
) -> None:
    regrade = sign(store, ben)

    assert regrade.is_settled
    assert regrade == store.regrades.find(regrade.id)
    assert rights(store, attempts) == WHOLE
    assert news(store, attempts) == [1, 1, 0, 1, 1]


@pytest.mark.parametrize("stretches", range(1, EXAMS + 1))
def test_killed_between_stretches_and_gone_on_with_it_ends_the_same(
    store: Store,
    ben: Viewer,
    attempts: list[Attempt],
    monkeypatch: pytest.MonkeyPatch,
    stretches: int,
) -> None:
    entry = signed_until(monkeypatch, store, ben, stretches)
    halfway = [says_one_thing(store, exam) for exam in attempts]

    regrade = regrading.carry_on(store, ben, regrade_id=entry.id, now=LATEST)

    assert entry.applied_to == attempts[stretches - 1].id
    assert halfway == [True] * EXAMS
    assert regrade.is_settled
    assert rights(store, attempts) == WHOLE
    assert news(store, attempts) == [1, 1, 0, 1, 1]
    assert store.audit.newest(1)[0].action == "regrade applied"


@pytest.mark.parametrize("number", range(1, EXAMS + 1))
def test_killed_within_a_stretch_it_leaves_nothing_of_it(
    store: Store,
    ben: Viewer,
    attempts: list[Attempt],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    count = 0

    def killed(_news: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(store.news, "add_many", killed)
        with pytest.raises(Stopped):
            sign(store, ben)
    left = rights(store, attempts)
    sign(store, ben)  # pressed once more

    assert left == [*WHOLE[: number - 1], *([one[0]] for one in WHOLE[number - 1 :])]
    assert rights(store, attempts) == WHOLE
    assert len(store.regrades.all()) == 1


def test_a_mark_that_is_kept_before_its_exams_would_lose_one(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the tests above."""

    def mark_first(
        store: Store, _trainer: Viewer, item: Item, regrade: Regrade, **_facts: object
    ) -> Regrade:
        stretch = store.concerned.stretch(item.id, item.version, after=regrade.reached)
        store.regrades.reach(regrade.reaching(stretch.upto), moved=0)
        store.session.commit()
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(regrading, "_take_stretch", mark_first)
        with pytest.raises(Stopped):
            sign(store, ben)
    sign(store, ben)

    assert rights(store, attempts) != WHOLE
    assert not says_one_thing(store, attempts[0])


def test_a_ledger_that_does_not_ask_for_which_exam_would_contradict_results(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of what is said meanwhile."""
    signed_until(monkeypatch, store, ben, 2)
    everybody = lambda shelf, _exam, item_ids: shelf.standing(item_ids)  # noqa: E731
    monkeypatch.setattr("app.storage.regrades.RegradeShelf.counting_for", everybody)

    assert not says_one_thing(store, attempts[-1])


def test_an_exam_that_ends_meanwhile_is_scored_by_how_far_it_has_come(
    store: Store, ben: Viewer, attempts: list[Attempt], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    eli, cora = as_viewer(store, cast.eli), as_viewer(store, cast.cora)
    early = sit(store, eli, "a", hands_in=False, now=NOW - timedelta(minutes=1))
    late = sit(store, cora, "a", hands_in=False, now=NOW + timedelta(minutes=1))

    def both_end(count: int) -> None:
        if count == 2:
            hand_in(store, eli, early, now=NOW + timedelta(minutes=5))
            hand_in(store, cora, late, now=NOW + timedelta(minutes=5))

    between(monkeypatch, store, both_end)
    regrade = sign(store, ben)

    assert rights(store, [early, late]) == [[3], [2, 3]]
    assert all(says_one_thing(store, exam) for exam in (early, late))
    regrading.undo_regrade(store, ben, regrade_id=regrade.id, now=LATEST)
    assert rights(store, [early, late]) == [[3, 2], [2, 3, 2]]


def test_undoing_halfway_gives_back_what_was_reached(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = signed_until(monkeypatch, store, ben, 2)

    undone = regrading.undo_regrade(store, ben, regrade_id=entry.id, now=LATEST)

    assert undone.is_settled
    assert undone == store.regrades.find(entry.id)
    assert rights(store, attempts) == [[2, 3, 2], [2, 3, 2], [3], [2], [2]]
    assert all(says_one_thing(store, exam) for exam in attempts)
    assert store.regrades.standing([ASKED.id]) == []


@pytest.mark.parametrize("stretches", range(1, EXAMS))
def test_undoing_that_is_killed_is_gone_on_with(
    store: Store,
    ben: Viewer,
    attempts: list[Attempt],
    monkeypatch: pytest.MonkeyPatch,
    stretches: int,
) -> None:
    entry = sign(store, ben)
    with monkeypatch.context() as patched:
        between(patched, store, stop_after(stretches))
        with pytest.raises(Stopped):
            regrading.undo_regrade(store, ben, regrade_id=entry.id, now=LATEST)
    halfway = [says_one_thing(store, exam) for exam in attempts]

    regrading.undo_regrade(store, ben, regrade_id=entry.id, now=LATEST)

    assert halfway == [True] * EXAMS
    assert rights(store, attempts) == [[2, 3, 2], [2, 3, 2], [3], [2, 3, 2], [2, 3, 2]]


@pytest.mark.parametrize("after", range(1, EXAMS))
def test_another_trainer_may_decide_while_the_first_decision_is_on_its_way(
    store: Store,
    ben: Viewer,
    attempts: list[Attempt],
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    def other_decides(count: int) -> None:
        if count == after:
            other = store.for_organisation(store.organisation_id)
            seen = store.regrades.all()[0].id
            regrading.sign_regrade(other, ben, DROP, seen=seen, now=LATEST)
            told.extend(says_one_thing(store, exam) for exam in attempts)
            store.end_reading()

    told: list[bool] = []
    between(monkeypatch, store, other_decides)
    sign(store, ben)

    assert told == [True] * EXAMS
    assert all(one.is_settled for one in store.regrades.all())
    assert [one[-1] for one in rights(store, attempts)] == [2] * EXAMS  # it counts for nobody
    assert all(says_one_thing(store, exam) for exam in attempts)


def test_two_trainers_who_go_on_at_once_reach_each_exam_once(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = signed_until(monkeypatch, store, ben, 1)

    def go_on(own: Store) -> Regrade:
        return regrading.carry_on(own, ben, regrade_id=entry.id, now=LATEST)

    outcomes = at_once(store, go_on, go_on)

    assert all(isinstance(one, Regrade) and one.is_settled for one in outcomes)
    assert rights(store, attempts) == WHOLE
    assert news(store, attempts) == [1, 1, 0, 1, 1]


def rounds(store: Store, count: int) -> list[dict[str, Regrade]]:
    """Lets the server keep house some times, as one process does."""
    seen: dict[str, Regrade] = {}
    told = []
    for _ in range(count):
        seen = go_on_with_stopped(store, seen, now=LATEST)
        told.append(seen)
    return told


@pytest.mark.parametrize("stretches", range(1, EXAMS + 1))
def test_what_was_interrupted_is_gone_on_with_by_the_server_itself(
    store: Store,
    ben: Viewer,
    attempts: list[Attempt],
    monkeypatch: pytest.MonkeyPatch,
    stretches: int,
) -> None:
    signed_until(monkeypatch, store, ben, stretches)

    rounds(store, 2)

    (regrade,) = store.regrades.all()
    assert regrade.is_settled
    assert rights(store, attempts) == WHOLE
    assert news(store, attempts) == [1, 1, 0, 1, 1]
    applied = store.audit.newest(1)[0]
    assert (applied.action, applied.actor_id) == ("regrade applied", None)


def test_undoing_that_was_interrupted_is_gone_on_with_too(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = sign(store, ben)
    with monkeypatch.context() as patched:
        between(patched, store, stop_after(2))
        with pytest.raises(Stopped):
            regrading.undo_regrade(store, ben, regrade_id=entry.id, now=LATEST)

    rounds(store, 2)

    assert store.regrades.unsettled() == []
    assert [one[-1] for one in rights(store, attempts)] == [2, 2, 3, 2, 2]


def test_without_the_server_it_would_stay_interrupted(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: one round only looks, as nobody may be at it yet."""
    entry = signed_until(monkeypatch, store, ben, 2)

    told = rounds(store, 1)

    assert told == [{entry.id: entry}]
    assert store.regrades.unsettled() == [entry]
    assert rights(store, attempts) != WHOLE


def test_what_somebody_is_at_is_left_to_them(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Regrade] = {}
    reached = []

    def server_looks(_count: int) -> None:
        nonlocal seen
        reached.append(store.regrades.all()[0].applied_to)
        seen = go_on_with_stopped(store.for_organisation(store.organisation_id), seen, now=LATEST)

    between(monkeypatch, store, server_looks)
    sign(store, ben)

    assert reached == [exam.id for exam in attempts]  # each stretch was the trainer's
    assert rights(store, attempts) == WHOLE


def test_the_server_leaves_when_somebody_else_goes_on(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = signed_until(monkeypatch, store, ben, 1)
    other = store.for_organisation(store.organisation_id)
    monkeypatch.setattr(other, "give_way", lambda: None)

    def trainer_continues(count: int) -> None:
        if count == 1:
            regrading.carry_on(other, ben, regrade_id=entry.id, now=LATEST)
            other.end_reading()

    between(monkeypatch, store, trainer_continues)
    left = regrading.carry_on_alone(store, entry, now=LATEST, stretches=9)

    assert left.is_settled
    assert store.audit.newest(1)[0].actor_id == ben.id
    assert rights(store, attempts) == WHOLE


def test_a_round_takes_some_stretches_and_the_next_one_goes_on(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_until(monkeypatch, store, ben, 1)
    monkeypatch.setattr(housekeeping, "A_ROUND", 2)

    told = rounds(store, 4)

    marks = [one.applied_to for standing in told for one in standing.values()]
    assert marks == [attempts[0].id, attempts[2].id, attempts[4].id, EVERY_EXAM]
    assert rights(store, attempts) == WHOLE


def test_two_servers_at_once_reach_each_exam_once(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_until(monkeypatch, store, ben, 1)

    outcomes = at_once(store, *[lambda own: rounds(own, 9)] * 2)

    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert store.regrades.unsettled() == []
    assert rights(store, attempts) == WHOLE
    assert news(store, attempts) == [1, 1, 0, 1, 1]


def test_one_who_undoes_and_one_who_goes_on_at_once_leave_nothing_applied(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = signed_until(monkeypatch, store, ben, 2)

    at_once(
        store,
        lambda own: regrading.carry_on(own, ben, regrade_id=entry.id, now=LATEST),
        lambda own: regrading.undo_regrade(own, ben, regrade_id=entry.id, now=LATEST),
    )

    kept = store.regrades.find(entry.id)
    assert kept is not None
    assert kept.undone_to == EVERY_EXAM
    assert [one[-1] for one in rights(store, attempts)] == [2, 2, 3, 2, 2]
    assert all(says_one_thing(store, exam) for exam in attempts)


def test_progress_counts_the_exams_that_were_looked_at(
    store: Store, ben: Viewer, attempts: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = signed_until(monkeypatch, store, ben, 3)

    assert regrading.progress_of(store, entry) == (3, EXAMS)
