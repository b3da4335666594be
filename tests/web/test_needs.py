"""Who needs the supervisor today: each kind of line, one person once, and a way straight to act."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.domain.development_goal import GoalWish
from app.domain.person import Role, RoleGrant
from app.domain.sign_off import EntryKind
from app.services import hours, observing, rating, signing, supervision
from app.services.observing import ObservationWish
from app.services.rating import SelfRating
from app.services.signing import Said
from app.services.supervised import Place, Sent
from tests.cast import as_viewer
from tests.services.supervising import Supervising, sent
from tests.supervision_builders import a_credential
from tests.supervision_chain import a_form, terms
from tests.web.test_team import ask, counted_queries, words

if TYPE_CHECKING:
    from flask import Flask

    from app.domain.person import Person
    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

REAL = datetime.now(UTC)
TODAY = REAL.date()


@pytest.fixture
def chain(app: Flask, store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, app.extensions["waymark-content"].library())


def team_url(cast: Cast, need: str = "") -> str:
    return f"/team/{cast.eastside.id}" + (f"?need={need}" if need else "")


def blocks(page: str) -> dict[str, str]:
    """The block of each person, as HTML by name."""
    found = re.findall(r'<section class="needy".*?</section>', page, re.DOTALL)
    names = [re.search(r"<h3[^>]*><a[^>]*>([^<]+)", one) for one in found]
    assert len({name[1] for name in names if name}) == len(found)
    return {unescape(name[1]): one for name, one in zip(names, found, strict=True) if name}


def needs(cora: Visitor, cast: Cast, need: str = "") -> dict[str, str]:
    return {name: words(one) for name, one in blocks(cora.text(team_url(cast, need))).items()}


def act(cora: Visitor, cast: Cast, name: str, label: str) -> str:
    """The address behind what is done about a line, by what a screen reader hears."""
    block = blocks(cora.text(team_url(cast)))[name]
    for line in re.findall(r'<li class="need">.*?</li>', block, re.DOTALL):
        if f'aria-label="{label}' in line:
            found = re.search(r'(?:href|action)="([^"]*)"[^>]*(?:aria-label|>)', line)
            assert found is not None
            return unescape(found[1])
    raise AssertionError(label)


def agree(chain: Supervising, **changes: object) -> None:
    """A contract of Cora and Ana that both accepted."""
    newest = chain.store.contracts.of_person(chain.ana.id)
    supervision.write_contract(
        *(chain.store, chain.cora, chain.place, terms(**changes)),
        library=chain.library,
        seen_number=max((one.contract.number for one in newest), default=0),
        sent=sent(REAL),
    )
    latest = max(chain.store.contracts.of_person(chain.ana.id), key=lambda one: one.contract.number)
    if latest.contract.terms.ends_on >= TODAY:
        supervision.accept_contract(chain.store, chain.ana, latest.contract.id, now=REAL)
    else:
        with chain.store.writing():
            chain.store.contracts.accept(latest.contract.id, by=chain.ana.id, now=REAL)


def see(chain: Supervising, days_ago: int, **changes: object) -> str:
    day = TODAY - timedelta(days=days_ago)
    return chain.look(a_form(observed_on=day, **changes), now=REAL - timedelta(days=days_ago))


def test_a_person_with_several_needs_stands_there_once_the_most_urgent_first(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    ask(store, cast.cora, due_in=-3, asked_ago=9, person=cast.ana)
    ask(store, cast.cora, target="family/why-families", due_in=3)
    wish = ObservationWish("", "", TODAY + timedelta(days=4))
    observing.ask_for_observation(store, chain.ana, wish, chain.library, sent=sent(REAL))

    told = needs(cora, cast)

    assert list(told) == ["Ana Reyes", "Luis Ferro", "Noor Haddad"]
    own = told["Ana Reyes"]
    assert own.index("was due") < own.index("Asks to be observed") < own.index("Why families")


def test_one_kind_can_be_looked_at_alone_and_an_unknown_one_shows_all(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    ask(store, cast.cora, due_in=-3, asked_ago=9, person=cast.ana)
    ask(store, cast.cora, target="family/why-families", due_in=3)

    assert list(needs(cora, cast, "overdue")) == ["Ana Reyes"]
    assert len(needs(cora, cast, "soon")) == 3
    assert len(needs(cora, cast, "nonsense")) == 3
    assert 'need=overdue" aria-current="true"' in cora.text(team_url(cast, "overdue"))
    assert "Show everything" in cora.text(team_url(cast, "missed"))


def test_a_wish_to_be_observed_waits_until_it_is_answered(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    wish = ObservationWish("CONF", "A first meeting.", TODAY + timedelta(days=4))
    observing.ask_for_observation(store, chain.ana, wish, chain.library, sent=sent(REAL))
    url = act(cora, cast, "Ana Reyes", "Answer: Asks to be observed")

    (asked,) = store.observation_requests.of_people([cast.ana.id])
    store.end_reading()
    assert f"/requests/{asked.id}" in cora.text(url.partition("#")[0])
    observing.answer_request(
        store, chain.cora, chain.place, asked.id, answer="planned", words="", now=REAL
    )

    assert needs(cora, cast) == {}


def test_hours_wait_for_the_one_who_is_to_sign_them_and_are_counted_by_person(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    ledger = hours.Ledger(cast.ana.id, chain.library.boards, "UTC")
    for code, day in (("CF-1", 2), ("CF-2", 5)):
        new = hours.NewPractice(TODAY - timedelta(days=day), 60, code)
        hours.enter_practice(store, chain.ana, ledger, new, now=REAL)
    of_cora = hours.NewPractice(TODAY - timedelta(days=1), 60, "CF-1")
    hours.enter_practice(store, chain.cora, ledger, of_cora, now=REAL)  # waits for Ana

    assert "Hours to co-sign 2 lines" in needs(cora, cast, "waiting")["Ana Reyes"]

    url, _, place = act(cora, cast, "Ana Reyes", "Co-sign").partition("#")
    assert f'id="{place}"' in cora.text(url)


def test_only_the_observer_is_told_of_a_draft(
    chain: Supervising, cora: Visitor, dov: Visitor, store: Store, cast: Cast
) -> None:
    begun = observing.start_observation(store, chain.cora, chain.place, now=REAL)
    also_supervises(store, cast, cast.dov)

    assert act(cora, cast, "Ana Reyes", "Go on").endswith(begun.id)
    assert "draft" not in dov.text(team_url(cast)).partition("What you see here")[0]


def test_a_comment_is_told_to_the_observer_until_they_have_looked(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    seen = see(chain, 9)
    said = Sent("c", REAL - timedelta(days=2))
    observing.comment(store, chain.ana, seen, "canary-words", sent=said)
    page = cora.text(team_url(cast))
    assert "Wrote beside your feedback" in page
    assert "canary-words" not in page

    cora.get(act(cora, cast, "Ana Reyes", "Read: Wrote beside"))

    assert needs(cora, cast) == {}


def test_a_comment_of_the_day_of_the_last_look_is_told_still(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    seen = see(chain, 9)
    cora.get(f"{team_url(cast)}/people/{cast.ana.id}/observations/{seen}")
    observing.comment(store, chain.ana, seen, "Later that day.", sent=Sent("c", REAL))

    assert "Wrote beside your feedback" in needs(cora, cast)["Ana Reyes"]


def test_a_goal_waits_from_its_day_and_looking_again_begins_with_it(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    days_ago = REAL - timedelta(days=20)
    wish = GoalWish("CONF", "Checks first", "Read", TODAY, TODAY - timedelta(days=1))
    later = GoalWish("CONF", "Writes it down", "Read", TODAY, TODAY + timedelta(days=9))
    for one in (wish, later):
        supervision.set_goal(store, chain.cora, chain.place, one, chain.library, sent(days_ago))

    assert "Goal to look at again Checks first" in needs(cora, cast, "waiting")["Ana Reyes"]
    assert "Writes it down" in needs(cora, cast, "soon")["Ana Reyes"]

    goal = next(g for g in store.goals.of_person(cast.ana.id) if g.wish.goal == wish.goal)
    store.end_reading()
    url = act(cora, cast, "Ana Reyes", "Look again")
    begun = cora.post(url, {"goal": goal.id})
    draft = store.observations.find(begun.location.rpartition("/")[2])
    assert draft is not None
    assert draft.goal_id == goal.id


def test_a_wide_gap_waits_for_words_and_hides_the_self_rating_in_it(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    see(chain, 3)
    for code in ("CONF", "FAM"):
        wish = SelfRating(code, 5 if code == "CONF" else 2)
        rating.rate_oneself(store, chain.ana, wish, chain.library, sent=sent(REAL))

    told = needs(cora, cast, "waiting")["Ana Reyes"]

    assert "Ratings lie 2 steps apart" in told
    assert told.count("Self-rating without yours beside it") == 1
    url = act(cora, cast, "Ana Reyes", "Explain")
    assert 'id="gaps"' in cora.text(url.partition("#")[0])

    (gap,) = rating.open_disagreements(store, cast.ana.id)
    rating.reconcile(
        store, chain.cora, chain.place, pair=gap.pair, words="We talked.", sent=sent(REAL)
    )
    assert "steps apart" not in needs(cora, cast, "waiting")["Ana Reyes"]


def test_a_self_rating_is_answered_by_a_look_at_the_same_competency(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    wish = SelfRating("CONF", 3)
    own = Sent("own", REAL - timedelta(days=9))
    rating.rate_oneself(store, chain.ana, wish, chain.library, sent=own)
    assert "Self-rating" in needs(cora, cast)["Ana Reyes"]

    see(chain, 2)

    assert needs(cora, cast) == {}


def test_a_contested_sign_off_waits_for_another_and_is_told_to_the_signer(
    chain: Supervising, cora: Visitor, dov: Visitor, store: Store, cast: Cast
) -> None:
    chain.licence(expires_on=None)
    see(chain, 1)
    chain.sign(exception="For the test.", now=REAL)
    (signed,) = store.sign_offs.of_people([cast.ana.id])
    signing.answer_own(
        store, chain.ana, signed.id, Said(EntryKind.DISPUTE, "Not so."), sent=sent(REAL)
    )
    also_supervises(store, cast, cast.dov)

    assert "Contests your sign-off" in needs(cora, cast)["Ana Reyes"]
    assert "Contested sign-off to review" in needs(dov, cast)["Ana Reyes"]
    assert act(dov, cast, "Ana Reyes", "Answer").endswith(signed.id)


@pytest.mark.parametrize(("seen_ago", "missed"), [(14, False), (15, True), (None, True)])
def test_an_observation_is_missed_by_what_the_contract_agreed(
    chain: Supervising, cora: Visitor, cast: Cast, seen_ago: int | None, missed: bool
) -> None:
    agree(
        chain,
        observed="days:14",
        starts_on=TODAY - timedelta(days=60),
        ends_on=TODAY + timedelta(days=300),
    )
    if seen_ago is not None:
        see(chain, seen_ago)

    told = needs(cora, cast, "missed")

    assert ("Ana Reyes" in told) is missed
    if missed:
        assert "every 14 days, by contract" in told["Ana Reyes"]
        begun = cora.post(act(cora, cast, "Ana Reyes", "Observe"))
        assert "/observations/" in begun.location


def test_a_rule_of_a_board_asks_more_of_those_with_fewer_hours(
    chain: Supervising, cora: Visitor, cast: Cast
) -> None:
    span = {"starts_on": TODAY - timedelta(days=60), "ends_on": TODAY + timedelta(days=300)}
    agree(chain, observed="tx-interns", **span)
    see(chain, 20)

    told = needs(cora, cast, "missed")["Ana Reyes"]

    assert "every 14 days, Texas counselor interns" in told


def test_without_an_agreed_frequency_nobody_is_missed(
    chain: Supervising, cora: Visitor, cast: Cast
) -> None:
    agree(chain, starts_on=TODAY - timedelta(days=60), ends_on=TODAY + timedelta(days=300))

    assert needs(cora, cast) == {}


@pytest.mark.parametrize(("days", "told"), [(91, None), (90, "ends"), (0, "ends"), (-1, "ended")])
def test_a_credential_is_told_90_days_ahead_and_afterwards(
    chain: Supervising, cora: Visitor, cast: Cast, days: int, told: str | None
) -> None:
    licence(chain, cast.noor, ends_in=days)

    found = needs(cora, cast, "expiring")

    assert ("Noor Haddad" in found) is (told is not None)
    if told:
        assert f"{told} " in found["Noor Haddad"]
        assert "4711" not in found["Noor Haddad"]


def test_a_renewed_credential_needs_nobody(chain: Supervising, cora: Visitor, cast: Cast) -> None:
    licence(chain, cast.noor, ends_in=-20)
    licence(chain, cast.noor, ends_in=700)

    assert needs(cora, cast) == {}


def test_a_contract_that_ends_is_told_until_another_is_written(
    chain: Supervising, cora: Visitor, cast: Cast
) -> None:
    agree(chain, starts_on=TODAY - timedelta(days=60), ends_on=TODAY + timedelta(days=9))
    assert act(cora, cast, "Ana Reyes", "Write another").endswith("/contract")

    agree(chain, starts_on=TODAY, ends_on=TODAY + timedelta(days=300))

    assert needs(cora, cast) == {}


def test_many_lines_of_one_person_are_folded_up_and_all_told_when_one_kind_is_chosen(
    cora: Visitor, store: Store, cast: Cast, chain: Supervising
) -> None:
    for target in list(chain.library.lessons)[:7]:
        ask(store, cast.cora, target=target, due_in=-2, asked_ago=9, person=cast.ana)

    assert "3 more for Ana Reyes" in needs(cora, cast)["Ana Reyes"]
    assert "more for" not in needs(cora, cast, "overdue")["Ana Reyes"]


def test_with_several_teams_each_tells_how_many_need_their_supervisor_and_why(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast
) -> None:
    also_supervises(store, cast, cast.cora, cast.westside.id)
    licence(chain, cast.mika, ends_in=10)

    page = cora.text("/team/")

    assert "Ends within 90 days: 1 person" in page
    assert f'href="/team/{cast.westside.id}?need=expiring"' in page
    assert "Nobody needs you today." in page


def test_nobody_of_another_team_is_told(
    chain: Supervising, dov: Visitor, store: Store, cast: Cast
) -> None:
    licence(chain, cast.ana, ends_in=10)
    wish = ObservationWish("", "", TODAY)
    observing.ask_for_observation(store, chain.ana, wish, chain.library, sent=sent(REAL))

    page = dov.text(f"/team/{cast.westside.id}")

    assert "Nobody needs you today" in page
    assert "Ana Reyes" not in page


def test_more_people_with_more_needs_cost_no_more_queries(
    chain: Supervising, cora: Visitor, store: Store, cast: Cast, app: Flask
) -> None:
    def fill(person: Person) -> None:
        place, viewer = Place(cast.eastside.id, person.id), as_viewer(store, person)
        ask(store, cast.cora, due_in=-1, asked_ago=3, person=person)
        wish = ObservationWish("", "", TODAY)
        observing.ask_for_observation(store, viewer, wish, chain.library, sent=sent(REAL))
        observing.start_observation(store, chain.cora, place, now=REAL)
        rating.rate_oneself(store, viewer, SelfRating("CONF", 3), chain.library, sent=sent(REAL))
        goal = GoalWish("CONF", "Checks first", "Read", TODAY, TODAY)
        supervision.set_goal(store, chain.cora, place, goal, chain.library, sent(REAL))
        licence(chain, person, ends_in=20)

    fill(cast.ana)
    cora.get(team_url(cast))
    with counted_queries(app) as few:
        cora.get(team_url(cast))
    for person in (cast.luis, cast.noor):
        fill(person)
    with counted_queries(app) as many:
        page = cora.text(team_url(cast))

    assert len(blocks(page)) == 3
    assert len(many) == len(few)


def also_supervises(store: Store, cast: Cast, person: Person, team: str = "") -> None:
    with store.writing():
        grant = RoleGrant(Role.SUPERVISOR, team or cast.eastside.id)
        store.people.grant(store.new_id(REAL), person.id, grant, now=REAL)


def licence(chain: Supervising, person: Person, *, ends_in: int) -> None:
    held = a_credential(
        id=chain.store.new_id(REAL),
        person_id=person.id,
        kind="CADC",
        issued_on=TODAY - timedelta(days=400),
        expires_on=TODAY + timedelta(days=ends_in),
    )
    with chain.store.writing():
        chain.store.credentials.add(held, by=person.id, now=REAL)


def test_asking_for_a_plan_leads_one_to_the_record_and_the_other_to_a_goal(
    cora: Visitor, ana: Visitor, cast: Cast
) -> None:
    due = (TODAY + timedelta(days=5)).isoformat()
    asked = {"target": "plan:plan", "whom": cast.ana.id, "due_on": due}

    cora.post(f"{team_url(cast)}/assignments", asked)

    assert act(cora, cast, "Ana Reyes", "Set a goal").endswith("/goals/new")
    today = ana.page("/learn/")
    assert "/learn/supervision" in today.links
    assert "whether your development plan has a goal" in ana.text("/learn/asked")
