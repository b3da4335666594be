"""Supervision as administrators see it: everything that was decided, nothing that was noted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.domain.development_goal import GoalWish
from app.services import observing, rating, supervision
from app.services.observing import SentDraft
from app.services.rating import SelfRating
from tests.services.supervising import Supervising, sent
from tests.supervision_builders import A_SIGNING, meeting_of, practice_of
from tests.supervision_chain import a_form, terms
from tests.web.test_admin import words

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

KEPT_BACK = ("canary note", "canary draft", "canary goal", "canary hours")


@pytest.fixture
def chain(app: Flask, store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, app.extensions["waymark-content"].library())


def page(chain: Supervising) -> str:
    return f"/admin/people/{chain.cast.ana.id}"


def a_record(chain: Supervising, now: datetime) -> str:
    """A piece of everything, and gives the observation."""
    store, cora, place = chain.store, chain.cora, chain.place
    chain.licence()
    supervision.write_contract(
        store, cora, place, terms(), library=chain.library, seen_number=0, sent=sent(now)
    )
    seen = chain.look(now=now)
    own = SelfRating("CONF", 5, "Goes well.")
    rating.rate_oneself(store, chain.ana, own, chain.library, sent=sent(now))
    chain.sign(exception="She starts on Monday.", now=now)
    wish = GoalWish("CONF", "canary goal", "Read", now.date(), now.date())
    supervision.set_goal(store, cora, place, wish, chain.library, sent(now))
    supervision.add_private_note(store, cora, place, "canary note", sent=sent(now))
    draft = observing.start_observation(store, cora, place, now=now)
    form = a_form(went_well="canary draft", observed_on=now.date())
    observing.save_draft(store, cora, place, draft.id, SentDraft(form, draft.revision), now=now)
    people = {"person_id": chain.cast.ana.id, "supervisor_id": chain.cast.cora.id}
    with store.writing():
        for entry in (
            practice_of(90, id="p", note="canary hours", **people),
            meeting_of(60, id="m", **people),
        ):
            store.hours.add(entry, by=chain.cast.ana.id, now=A_SIGNING)
    return seen


def test_an_administrator_reads_levels_observations_sign_offs_contracts_and_sums(
    chain: Supervising, eli: Visitor
) -> None:
    seen = a_record(chain, datetime.now(UTC))

    record = words(eli.text(f"{page(chain)}/supervision"))
    observed = words(eli.text(f"{page(chain)}/observations/{seen}"))
    sign_off = chain.store.sign_offs.of_people([chain.cast.ana.id])[0].id
    signed = words(eli.text(f"{page(chain)}/sign-offs/{sign_off}"))

    for told in (
        "Competent Cora Lindqvist",
        "Master",
        "far apart",
        "self-rating",
        "CCS 4711",
        "signed off",
        "What we agree on as purpose.",
        "Practice, signed by both 1 h 30 min",
        "Supervision, signed by both 1 h",
    ):
        assert told in record, told
    assert "You asked before you told." in observed
    assert "She starts on Monday." in signed
    assert not [one for one in KEPT_BACK if one in record + observed + signed]


def test_an_administrator_changes_nothing_there(chain: Supervising, eli: Visitor) -> None:
    seen = a_record(chain, datetime.now(UTC))
    sign_off = chain.store.sign_offs.of_people([chain.cast.ana.id])[0].id

    for inside in ("supervision", f"observations/{seen}", f"sign-offs/{sign_off}"):
        html = eli.text(f"{page(chain)}/{inside}")
        main = html[html.index("<main") : html.index("</main>")]
        assert "<form" not in main, inside


def test_a_draft_and_what_is_somebody_elses_are_not_found(chain: Supervising, eli: Visitor) -> None:
    now = datetime.now(UTC)
    seen = chain.look(now=now)
    draft = observing.start_observation(chain.store, chain.cora, chain.place, now=now)
    chain.licence()
    chain.sign(exception="She starts on Monday.", now=now)
    sign_off = chain.store.sign_offs.of_people([chain.cast.ana.id])[0].id
    luis = f"/admin/people/{chain.cast.luis.id}"

    for url in (
        f"{page(chain)}/observations/{draft.id}",
        f"{luis}/observations/{seen}",
        f"{luis}/sign-offs/{sign_off}",
    ):
        assert eli.client.get(url).status_code == 404, url


def test_somebody_without_a_record_has_a_page_that_says_so(
    chain: Supervising, eli: Visitor
) -> None:
    text = eli.text(f"/admin/people/{chain.cast.luis.id}/supervision")

    assert "Nothing is on record yet" in text


def test_the_person_sees_that_an_administrator_looked(
    chain: Supervising, eli: Visitor, ana: Visitor
) -> None:
    assert "/supervision" in eli.text(page(chain))

    eli.text(f"{page(chain)}/supervision")

    assert "account, supervision" in ana.text("/account/my-data")
