"""Contract, plan, observation, feedback and requests by their use cases, and what they refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.development_goal import GoalState, GoalWish
from app.domain.errors import Conflict, DomainError, InvalidInput, NotFound
from app.domain.observation import Mark
from app.domain.person import Role, RoleGrant
from app.domain.rating import RatingSource
from app.services import observing, rating, supervision
from app.services.observing import ObservationWish, SentDraft
from app.services.rating import SelfRating
from app.services.supervised import Place
from app.services.supervision import GoalEnd
from tests.at_once import at_once
from tests.cast import NOW, as_viewer
from tests.services.supervising import Supervising, sent
from tests.supervision_chain import TODAY, a_form, a_rating_library, terms

if TYPE_CHECKING:
    from app.domain.person import Viewer
    from app.storage.observations import StoredObservation
    from app.storage.store import Store
    from tests.cast import Cast


@pytest.fixture
def chain(store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, a_rating_library())


def begin(chain: Supervising) -> StoredObservation:
    return observing.start_observation(chain.store, chain.cora, chain.place, now=NOW)


def write(chain: Supervising, *, seen: int = 0, key: str = "", **changes: object) -> None:
    supervision.write_contract(
        chain.store,
        chain.cora,
        chain.place,
        terms(**changes),
        seen_number=seen,
        sent=sent(key=key),
    )


# Contract and plan


def test_a_contract_is_accepted_by_both_and_a_change_is_another_version(
    chain: Supervising,
) -> None:
    write(chain)
    first = chain.store.contracts.of_person(chain.ana.id)[0]
    supervision.accept_contract(chain.store, chain.ana, first.contract.id, now=NOW)

    write(chain, seen=1, frequency="Every second week")

    newest, old = chain.store.contracts.of_person(chain.ana.id)
    assert set(old.accepted) == {chain.ana.id, chain.cora.id}
    assert old.contract.terms.frequency != "Every second week"
    assert (newest.contract.number, set(newest.accepted)) == (2, {chain.cora.id})


def test_a_contract_form_sent_twice_writes_one_version(chain: Supervising) -> None:
    write(chain, key="same")
    write(chain, key="same")

    assert len(chain.store.contracts.of_person(chain.ana.id)) == 1


def test_a_contract_is_not_changed_from_an_old_page(chain: Supervising) -> None:
    write(chain)

    with pytest.raises(Conflict):
        write(chain, seen=0)


def test_a_version_that_was_replaced_is_not_accepted(chain: Supervising) -> None:
    write(chain)
    first = chain.store.contracts.of_person(chain.ana.id)[0]
    write(chain, seen=1)

    with pytest.raises(Conflict):
        supervision.accept_contract(chain.store, chain.ana, first.contract.id, now=NOW)


def test_a_goal_ends_once(chain: Supervising) -> None:
    wish = GoalWish("CONF", "Checks first", "Read", TODAY, TODAY)
    supervision.set_goal(
        chain.store, chain.cora, chain.place, wish, chain.library, sent(key="goal")
    )
    supervision.set_goal(
        chain.store, chain.cora, chain.place, wish, chain.library, sent(key="goal")
    )
    (goal,) = chain.store.goals.of_person(chain.ana.id)

    for state in (GoalState.DEMONSTRATED, GoalState.NOT_YET):
        end = GoalEnd(state, "Steady.")
        supervision.settle_goal(chain.store, chain.cora, chain.place, goal.id, end, now=NOW)

    assert chain.store.goals.of_person(chain.ana.id)[0].state is GoalState.DEMONSTRATED


def test_a_new_form_begins_with_the_plan(chain: Supervising) -> None:
    for code in ("MI", "FAM"):
        wish = GoalWish(code, "Goal", "Steps", TODAY, TODAY)
        supervision.set_goal(chain.store, chain.cora, chain.place, wish, chain.library, sent())

    codes = {mark.competency for mark in begin(chain).form.marks}

    assert codes == {"MI", "FAM"}


# Observation


def test_an_observation_rates_each_level_that_was_chosen(chain: Supervising) -> None:
    chain.licence()
    marks = (Mark("CONF", 3), Mark("MI", 2), Mark("FAM"))

    chain.look(a_form(marks=marks))

    found = chain.store.ratings.of_people([chain.ana.id])
    assert [(one.competency, one.level_title) for one in found] == [
        ("CONF", "Competent"),
        ("MI", "Developing"),
    ]
    assert all("CCS 4711 (NCASPPB" in one.rater_credential for one in found)


def test_the_credential_stays_as_it_was_when_the_rating_was_made(chain: Supervising) -> None:
    chain.look()
    chain.licence()

    (found,) = chain.store.ratings.of_people([chain.ana.id])

    assert found.rater_credential == "CCS, no valid credential on file"


def test_finishing_twice_is_one_observation(chain: Supervising) -> None:
    draft = begin(chain)
    whole = SentDraft(a_form(), 0)

    for _ in range(2):
        observing.finish_observation(
            chain.store, chain.cora, chain.place, draft.id, whole, library=chain.library, now=NOW
        )

    assert len(chain.store.ratings.of_people([chain.ana.id])) == 1


def test_two_finishes_at_one_moment_are_one(chain: Supervising) -> None:
    draft, viewer, place = begin(chain), chain.cora, chain.place

    def finish(store: Store) -> object:
        return observing.finish_observation(
            store,
            viewer,
            place,
            draft.id,
            SentDraft(a_form(), 0),
            library=a_rating_library(),
            now=NOW,
        )

    at_once(chain.store, finish, finish)

    assert len(chain.store.ratings.of_people([chain.ana.id])) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"observed_on": TODAY + timedelta(days=1)},
        {"marks": (Mark("CONF", 6),)},
        {"marks": (Mark("CONF", -1),)},
        {"went_well": ""},
    ],
)
def test_what_does_not_fit_leaves_a_draft_and_no_rating(
    chain: Supervising, changes: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput):
        chain.look(a_form(**changes))

    assert chain.store.observations.finished_of([chain.ana.id]) == []
    assert chain.store.ratings.of_people([chain.ana.id]) == []


def save(chain: Supervising, draft_id: str, note: str, **how: object) -> StoredObservation:
    given = SentDraft(a_form(note=note), 0)
    return observing.save_draft(
        chain.store,
        chain.cora,
        chain.place,
        draft_id,
        replace(given, **how),  # type: ignore[arg-type]  # a builder takes any field
        now=NOW,
    )


def test_a_late_save_of_a_tab_does_not_undo_a_newer_one(chain: Supervising) -> None:
    draft = begin(chain)
    save(chain, draft.id, "newer", tab="phone", step=2)

    kept = save(chain, draft.id, "older", tab="phone", step=1)

    assert kept.form.note == "newer"


def test_a_save_whose_answer_was_lost_can_be_sent_again(chain: Supervising) -> None:
    draft = begin(chain)
    save(chain, draft.id, "one", tab="phone", step=1, seen=0)

    kept = save(chain, draft.id, "two", tab="phone", step=2, seen=0)

    assert (kept.form.note, kept.revision) == ("two", 2)


def test_another_device_is_not_overwritten_unseen(chain: Supervising) -> None:
    draft = begin(chain)
    save(chain, draft.id, "phone", tab="phone", step=1)

    with pytest.raises(Conflict):
        save(chain, draft.id, "desk", tab="desk", step=1, seen=0)
    kept = save(chain, draft.id, "desk", tab="desk", step=2, seen=1)

    assert kept.form.note == "desk"


def test_a_finished_observation_is_neither_saved_nor_thrown_away(chain: Supervising) -> None:
    seen = chain.look()

    with pytest.raises(Conflict):
        save(chain, seen, "later", seen=1)
    with pytest.raises(Conflict):
        observing.discard_draft(chain.store, chain.cora, chain.place, seen)


def test_nobody_observes_themselves(chain: Supervising) -> None:
    grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
    with chain.store.writing():
        chain.store.people.grant(chain.store.new_id(NOW), chain.ana.id, grant, now=NOW)

    with pytest.raises(Conflict, match="own record"):
        observing.start_observation(chain.store, chain.ana, chain.place, now=NOW)


# Feedback, self-rating, gaps


def test_reading_is_kept_once_and_comments_as_often_as_they_come(chain: Supervising) -> None:
    seen = chain.look()

    for _ in range(2):
        observing.confirm_reading(chain.store, chain.ana, seen, now=NOW)
    for words in ("First.", "Second."):
        observing.comment(chain.store, chain.ana, seen, words, sent=sent())

    kinds = [one.kind for one in chain.store.observations.replies([seen])]
    assert sorted(kinds) == ["comment", "comment", "read"]


def test_a_self_rating_stands_beside_and_a_wide_gap_asks_for_a_note(chain: Supervising) -> None:
    chain.look()
    before = chain.store.ratings.of_people([chain.ana.id])

    wish = SelfRating("CONF", 5)
    rating.rate_oneself(chain.store, chain.ana, wish, chain.library, sent=sent())

    after = chain.store.ratings.of_people([chain.ana.id])
    assert [one for one in after if one.source is not RatingSource.SELF] == before
    assert len(after) == len(before) + 1
    (gap,) = rating.open_disagreements(chain.store, chain.ana.id)
    rating.reconcile(
        chain.store, chain.cora, chain.place, pair=gap.pair, words="We talked.", sent=sent()
    )
    assert rating.open_disagreements(chain.store, chain.ana.id) == []
    assert chain.store.ratings.of_people([chain.ana.id]) == after


@pytest.mark.parametrize("level", [0, 6])
def test_a_self_rating_outside_the_scale_is_refused(chain: Supervising, level: int) -> None:
    with pytest.raises(InvalidInput, match="There is no level"):
        rating.rate_oneself(
            chain.store, chain.ana, SelfRating("CONF", level), chain.library, sent=sent()
        )


# Asking


def test_the_first_answer_to_a_wish_stands(chain: Supervising) -> None:
    wish = ObservationWish("FAM", "Soon.", TODAY)
    for _ in range(2):
        observing.ask_for_observation(
            chain.store, chain.ana, wish, chain.library, sent=sent(key="ask")
        )
    (asked,) = chain.store.observation_requests.of_people([chain.ana.id])

    for answer in ("planned", "declined"):
        observing.answer_request(
            chain.store, chain.cora, chain.place, asked.id, answer=answer, words="Tuesday", now=NOW
        )

    (answered,) = chain.store.observation_requests.of_people([chain.ana.id])
    assert answered.answer == "planned"


def test_declining_takes_a_word_and_a_wish_looks_ahead(chain: Supervising) -> None:
    past = ObservationWish("", "", TODAY - timedelta(days=1))
    with pytest.raises(InvalidInput):
        observing.ask_for_observation(chain.store, chain.ana, past, chain.library, sent=sent())
    soon = ObservationWish("", "", TODAY)
    observing.ask_for_observation(chain.store, chain.ana, soon, chain.library, sent=sent())
    (asked,) = chain.store.observation_requests.of_people([chain.ana.id])
    with pytest.raises(InvalidInput):
        observing.answer_request(
            chain.store, chain.cora, chain.place, asked.id, answer="declined", words=" ", now=NOW
        )


# Who may


def test_somebody_elses_team_is_not_found_by_any_use_case(chain: Supervising) -> None:
    dov = as_viewer(chain.store, chain.cast.dov)
    seen, draft = chain.look(), begin(chain)
    mika = Place(chain.cast.westside.id, chain.ana.id)
    goal = GoalWish("CONF", "Goal", "Steps", TODAY, TODAY)
    end = GoalEnd(GoalState.DEMONSTRATED, "")

    for place in (chain.place, mika):
        for refused in (
            lambda at: observing.start_observation(chain.store, dov, at, now=NOW),
            lambda at: observing.own_draft(chain.store, dov, at, draft.id),
            lambda at: observing.own_draft(chain.store, dov, at, seen),
            lambda at: observing.answer_request(
                chain.store, dov, at, "x", answer="planned", words="", now=NOW
            ),
            lambda at: supervision.write_contract(
                chain.store, dov, at, terms(), seen_number=0, sent=sent()
            ),
            lambda at: supervision.set_goal(chain.store, dov, at, goal, chain.library, sent()),
            lambda at: supervision.settle_goal(chain.store, dov, at, "x", end, now=NOW),
            lambda at: supervision.add_private_note(chain.store, dov, at, "Mine", sent=sent()),
            lambda at: rating.reconcile(
                chain.store, dov, at, pair=frozenset("xy"), words="Mine", sent=sent()
            ),
        ):
            with pytest.raises(NotFound):
                refused(place)


def test_another_persons_observation_is_not_found(chain: Supervising) -> None:
    luis: Viewer = as_viewer(chain.store, chain.cast.luis)
    seen = chain.look()

    for refused in (
        lambda: observing.own_observation(chain.store, luis, seen),
        lambda: observing.confirm_reading(chain.store, luis, seen, now=NOW),
        lambda: observing.comment(chain.store, luis, seen, "Mine?", sent=sent()),
    ):
        with pytest.raises(NotFound):
            refused()


def test_a_draft_is_not_there_for_the_observed_person(chain: Supervising) -> None:
    draft = begin(chain)

    with pytest.raises(NotFound):
        observing.own_observation(chain.store, chain.ana, draft.id)


def test_a_change_of_supervisor_takes_effect_at_once_and_history_stays(chain: Supervising) -> None:
    seen = chain.look()
    grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
    with chain.store.writing():
        chain.store.people.revoke(chain.cast.cora.id, grant)
        chain.store.people.grant(chain.store.new_id(NOW), chain.cast.dov.id, grant, now=NOW)

    with pytest.raises(DomainError):
        observing.start_observation(chain.store, chain.cora, chain.place, now=NOW)
    dov = as_viewer(chain.store, chain.cast.dov)
    observing.start_observation(chain.store, dov, chain.place, now=NOW)
    assert chain.store.observations.finished_of([chain.ana.id])[0].id == seen


def test_a_private_note_is_for_its_author_only(chain: Supervising) -> None:
    supervision.add_private_note(chain.store, chain.cora, chain.place, "Tired.", sent=sent())

    own, of_others = (
        chain.store.private_notes.own(one.id, about=chain.ana.id)
        for one in (chain.cora, as_viewer(chain.store, chain.cast.dov))
    )
    assert [note.words for note in own] == ["Tired."]
    assert of_others == []
