from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.person import Person, Viewer
from app.domain.regrade import Regrade, RegradePolicy
from app.services import regrade as regrading
from app.services.account import add_organisation
from app.services.regrade import RegradeWish
from app.storage.sittings import KeptReport
from app.storage.store import Store
from tests.at_once import at_once
from tests.cast import NOW, as_viewer
from tests.services.exams_sat import ASKED, POOL, hand_in, sit

if TYPE_CHECKING:
    from tests.cast import Cast

LATER = NOW + timedelta(days=1)
LATEST = NOW + timedelta(days=2)


@pytest.fixture
def ben(store: Store, cast: Cast) -> Viewer:
    return as_viewer(store, cast.ben)


def a_wish(
    policy: RegradePolicy = RegradePolicy.CREDIT, **changes: object
) -> regrading.RegradeWish:
    wish = regrading.RegradeWish(
        item_id=ASKED.id,
        item_version=ASKED.version,
        policy=policy,
        accepted=(),
        never_lower=True,
        reason="Two answers are defensible.",
    )
    return replace(wish, **changes)


def sign(store: Store, ben: Viewer, wish: RegradeWish | None = None, *, seen: str = "") -> Regrade:
    return regrading.sign_regrade(store, ben, wish or a_wish(), seen=seen, now=LATER)


def reports(store: Store, attempt_id: str) -> list[KeptReport]:
    return store.sittings.reports(attempt_id)


def test_a_signed_regrade_adds_a_report_and_leaves_the_first_as_it_was(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    (first,) = reports(store, attempt.id)

    regrade = sign(store, ben)

    kept, added = reports(store, attempt.id)
    assert kept == first
    assert (added.number, added.cause, added.regrade_id) == (2, "regrade", regrade.id)
    assert added.score.right == first.score.right + 1
    assert added.score.is_pass
    assert not first.score.is_pass
    assert store.regrades.all() == [regrade]


def test_exams_that_do_not_change_get_no_report_and_no_news(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "b")

    sign(store, ben)

    assert len(reports(store, attempt.id)) == 1
    assert store.news.unseen(cast.ana.id) == []


def test_whoever_moves_is_told(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")

    sign(store, ben)

    (news,) = store.news.unseen(cast.ana.id)
    before, after = (one.score.scaled for one in reports(store, attempt.id))
    assert news.kind == "regrade"
    assert news.about == {
        "attempt": attempt.id,
        "title": "Quick",
        "cause": "regrade",
        "before": before,
        "after": after,
    }
    assert store.news.unseen(cast.luis.id) == []


def test_an_unanswered_question_is_credited_too(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), " ")

    sign(store, ben)

    first, added = reports(store, attempt.id)
    assert added.score.right == first.score.right + 1


def test_undoing_gives_every_score_back_and_tells_it(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    regrade = sign(store, ben)

    undone = regrading.undo_regrade(store, ben, regrade_id=regrade.id, now=LATEST)

    first, _, last = reports(store, attempt.id)
    assert last.score == first.score
    assert (last.number, last.cause, last.regrade_id) == (3, "undone", regrade.id)
    assert [one.about["cause"] for one in store.news.unseen(cast.ana.id)] == ["undone", "regrade"]
    assert undone == store.regrades.find(regrade.id)
    assert undone.undone_by == ben.id


def test_undoing_twice_changes_nothing_more(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    regrade = sign(store, ben)

    for _ in range(2):
        regrading.undo_regrade(store, ben, regrade_id=regrade.id, now=LATEST)

    assert len(reports(store, attempt.id)) == 3


def test_signing_twice_signs_once(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")

    first, second = sign(store, ben), sign(store, ben)

    assert first == second
    assert len(reports(store, attempt.id)) == 2
    assert len(store.news.unseen(cast.ana.id)) == 1


def test_two_trainers_signing_at_once_do_not_both_sign(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    drop = a_wish(RegradePolicy.DROP)

    outcomes = at_once(store, lambda own: sign(own, ben), lambda own: sign(own, ben, drop))

    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Regrade"]
    assert len(reports(store, attempt.id)) == 2


def test_a_preview_tells_what_signing_does_and_keeps_nothing(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    people = [cast.ana, cast.luis, cast.noor, cast.mika, cast.jonas]
    attempts = [
        sit(store, as_viewer(store, person), chosen, others)
        for person, chosen, others in zip(
            people, "abcb ", ("bb", "bbb", "b", "ab", "bba"), strict=True
        )
    ]
    wish = a_wish(RegradePolicy.REKEY, accepted=("c",), never_lower=False)

    preview = regrading.preview_regrade(store, ben, wish, now=LATER)
    before = {one.id: reports(store, one.id) for one in attempts}
    sign(store, ben, wish, seen=preview.seen)

    assert all(len(kept) == 1 for kept in before.values())
    pairs = [(kept[0], reports(store, attempt_id)[-1]) for attempt_id, kept in before.items()]
    effect = preview.effect
    assert (effect.concerned, effect.people) == (5, 5)
    assert effect.changed == sum(new.number == 2 for _, new in pairs)
    assert effect.rises == sum(new.score.scaled > old.score.scaled for old, new in pairs) == 1
    assert effect.falls == sum(new.score.scaled < old.score.scaled for old, new in pairs) == 2
    assert effect.to_fail == sum(old.score.is_pass > new.score.is_pass for old, new in pairs)
    assert sorted((m.before, m.after) for m in effect.moves.elements()) == sorted(
        (old.score.scaled, new.score.scaled) for old, new in pairs if new.number == 2
    )


def test_never_lower_leaves_those_who_had_the_point(store: Store, cast: Cast, ben: Viewer) -> None:
    had = sit(store, as_viewer(store, cast.ana), "b")
    gains = sit(store, as_viewer(store, cast.luis), "c")

    sign(store, ben, a_wish(RegradePolicy.REKEY, accepted=("c",)))

    assert len(reports(store, had.id)) == 1
    assert reports(store, gains.id)[-1].score.right == reports(store, gains.id)[0].score.right + 1


def test_an_exam_that_ends_later_is_scored_by_the_ledger_and_moved_by_undoing(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    ana, luis = as_viewer(store, cast.ana), as_viewer(store, cast.luis)
    sit(store, luis, "a")
    running = sit(store, ana, "a", hands_in=False)
    regrade = sign(store, ben)

    hand_in(store, ana, running, now=NOW + timedelta(minutes=9))
    regrading.undo_regrade(store, ben, regrade_id=regrade.id, now=LATEST)

    first, last = reports(store, running.id)
    assert (first.cause, first.score.right) == ("submitted", 3)
    assert (last.cause, last.score.right) == ("undone", 2)


def test_another_wording_of_the_question_is_left_alone(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    mended = replace(ASKED, stem=ASKED.stem + " Choose the first step.")
    old = sit(store, as_viewer(store, cast.ana), "a")
    new = sit(store, as_viewer(store, cast.luis), "a", pool=(mended, *POOL[1:]), now=LATER)

    met = regrading.wordings_met(store, ben, ASKED.id)
    sign(store, ben)

    assert [one.version for one in met] == [mended.version, ASKED.version]
    assert len(reports(store, old.id)) == 2
    assert len(reports(store, new.id)) == 1


def test_a_preview_that_the_ledger_has_left_behind_is_not_signed(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    sit(store, as_viewer(store, cast.ana), "a")
    sign(store, ben)

    with pytest.raises(Conflict, match="since you looked"):
        sign(store, ben, a_wish(RegradePolicy.DROP))


def test_each_step_is_audited_without_naming_a_learner(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    sit(store, as_viewer(store, cast.ana), "a")
    regrade = sign(store, ben)
    regrading.undo_regrade(store, ben, regrade_id=regrade.id, now=LATEST)

    entries = sorted(store.audit.newest(4), key=lambda one: (one.at, one.action), reverse=True)

    assert {(one.at, one.action) for one in entries} == {
        (LATER, "regrade signed"),
        (LATER, "regrade applied"),
        (LATEST, "regrade undone"),
        (LATEST, "undoing applied"),
    }
    assert all((one.actor_id, one.subject_id) == (ben.id, None) for one in entries)
    assert all(not {"exams", "changed"} & one.details.keys() for one in entries)
    assert cast.ana.id not in str(entries)


def test_only_trainers_regrade(store: Store, cast: Cast, ben: Viewer) -> None:
    sit(store, as_viewer(store, cast.ana), "a")
    regrade = sign(store, ben)

    for person in (cast.eli, cast.cora, cast.ana):
        viewer = as_viewer(store, person)
        with pytest.raises(NotAllowed):
            sign(store, viewer)
        with pytest.raises(NotAllowed):
            regrading.preview_regrade(store, viewer, a_wish(), now=LATER)
        with pytest.raises(NotAllowed):
            regrading.undo_regrade(store, viewer, regrade_id=regrade.id, now=LATER)


def test_a_wording_that_nobody_met_cannot_be_regraded(
    store: Store, cast: Cast, ben: Viewer
) -> None:
    sit(store, as_viewer(store, cast.ana), "a", hands_in=False)

    with pytest.raises(NotFound):
        sign(store, ben)


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "   "},
        {"policy": RegradePolicy.REKEY, "accepted": ("a", "c")},
        {"policy": RegradePolicy.ACCEPT, "accepted": ("x",)},
        {"policy": RegradePolicy.ACCEPT, "accepted": ()},
    ],
)
def test_a_decision_that_cannot_stand_is_refused(
    store: Store, cast: Cast, ben: Viewer, changes: dict[str, object]
) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")

    with pytest.raises(InvalidInput):
        sign(store, ben, a_wish(**changes))  # type: ignore[arg-type]

    assert len(reports(store, attempt.id)) == 1


def test_another_organisation_is_not_touched(store: Store, cast: Cast, ben: Viewer) -> None:
    attempt = sit(store, as_viewer(store, cast.ana), "a")
    regrade = sign(store, ben)
    stranger = store.for_organisation(add_organisation(store, name="Hill Clinic", now=NOW))
    other = Viewer(Person(ben.id, stranger.organisation_id, ben.person.email, "Ben"), ben.grants)

    with pytest.raises(NotFound):
        sign(stranger, other)
    with pytest.raises(NotFound):
        regrading.undo_regrade(stranger, other, regrade_id=regrade.id, now=LATEST)

    assert len(reports(store, attempt.id)) == 2
