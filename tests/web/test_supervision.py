"""The pages of supervision: what each shows, what it keeps to itself, and what it refuses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.observation import Mark
from app.domain.person import Role, RoleGrant
from app.services import supervision
from tests.services.supervising import Supervising, sent
from tests.supervision_chain import a_form

if TYPE_CHECKING:
    from flask import Flask

    from app.storage.store import Store
    from tests.cast import Cast
    from tests.web.visit import Visitor

JSON = {"Accept": "application/json"}
PRIVATE = "canary-only-for-cora"
DRAFT = "canary-of-a-draft"


@pytest.fixture
def chain(app: Flask, store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, app.extensions["waymark-content"].library())


def base(chain: Supervising) -> str:
    return f"/team/{chain.place.cohort_id}/people/{chain.place.person_id}"


def start(chain: Supervising, cora: Visitor) -> str:
    return cora.post(f"{base(chain)}/observations").location


def fields(**changes: object) -> dict[str, object]:
    sent_fields: dict[str, object] = {
        "seen": "0",
        "mode": "live",
        "observed_on": datetime.now(UTC).date().isoformat(),
        "mark": "CONF",
        "level-CONF": "3",
        "support-CONF": "alone",
        "words-CONF": "Checked first.",
        "went_well": "Asked before telling.",
        "next_step": "In your own words.",
    }
    return {**sent_fields, **changes}


def test_an_observation_is_two_clicks_from_the_team(chain: Supervising, cora: Visitor) -> None:
    member = base(chain)
    assert member in cora.text(f"/team/{chain.place.cohort_id}")
    assert f'action="{member}/observations"' in cora.text(member)


def test_the_whole_chain_by_forms_without_a_script(
    chain: Supervising, cora: Visitor, ana: Visitor
) -> None:
    chain.licence()
    url = start(chain, cora)
    added = cora.post(url, fields(mark="", act="add", more="CONF"))
    assert added.location.endswith("#marks")
    assert 'name="level-CONF"' in cora.text(url)

    done = cora.post(url, fields(seen="1", act="finish"))

    assert "observation-finished" in done.location
    mine = ana.text("/learn/supervision")
    seen = re.search(r"/learn/supervision/observations/[\w-]+", mine)
    assert seen is not None
    assert "Asked before telling." in ana.text(seen[0])
    ana.post(seen[0], {"act": "read"})
    ana.post(seen[0], {"words": "I was nervous.", "form_key": "one"})
    assert "I was nervous." in cora.text(url)
    assert "Competent" in cora.text(f"{base(chain)}/supervision")


def test_a_stale_tab_that_finishes_again_has_no_second_effect(
    chain: Supervising, cora: Visitor, store: Store
) -> None:
    url = start(chain, cora)

    for _ in range(2):
        cora.post(url, fields(act="finish"))

    assert len(store.ratings.of_people([chain.cast.ana.id])) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"level-CONF": "9"},
        {"level-CONF": "x"},
        {"observed_on": (datetime.now(UTC).date() + timedelta(days=2)).isoformat()},
        {"observed_on": "soon"},
        {"mode": "telepathy"},
        {"questions": "many"},
    ],
)
def test_what_does_not_fit_is_shown_again_as_it_was_typed(
    chain: Supervising, cora: Visitor, store: Store, changes: dict[str, object]
) -> None:
    url = start(chain, cora)

    page = cora.post(url, fields(act="finish", **changes), expect=422).get_data(as_text=True)

    assert "Asked before telling." in page
    assert store.ratings.of_people([chain.cast.ana.id]) == []


def test_saving_says_what_became_of_it(chain: Supervising, cora: Visitor) -> None:
    url = start(chain, cora)

    kept = cora.post(url, fields(tab="one", step="1"), headers=JSON, expect=200).get_json()
    other = cora.post(url, fields(tab="two", step="1"), headers=JSON, expect=409).get_json()

    assert kept["saved"]
    assert kept["revision"] == 1
    assert (other["saved"], other["code"], other["revision"]) == (
        False,
        "observation-moved-on",
        1,
    )


def test_a_draft_changed_elsewhere_is_shown_with_what_was_sent(
    chain: Supervising, cora: Visitor
) -> None:
    url = start(chain, cora)
    cora.post(url, fields(tab="one", step="1"), headers=JSON, expect=200)

    page = cora.post(url, fields(note="from here"), expect=409).get_data(as_text=True)

    assert "from here" in page
    assert 'name="seen" value="1"' in page


def test_drafts_and_private_notes_reach_nobody_else(
    chain: Supervising, cora: Visitor, ana: Visitor, dov: Visitor, store: Store
) -> None:
    supervision.add_private_note(store, chain.cora, chain.place, PRIVATE, sent=sent())
    seen = chain.look(a_form(observed_on=datetime.now(UTC).date()), now=datetime.now(UTC))
    draft = start(chain, cora)
    cora.post(draft, fields(note=DRAFT))
    with store.writing():
        grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
        store.people.grant(
            store.new_id(datetime.now(UTC)), chain.cast.dov.id, grant, now=datetime.now(UTC)
        )

    record = f"{base(chain)}/supervision"
    assert PRIVATE in cora.text(record)
    for page in (
        ana.text("/learn/supervision"),
        ana.text(f"/learn/supervision/observations/{seen}"),
        dov.text(record),
    ):
        assert PRIVATE not in page
        assert DRAFT not in page
    dov.get(draft, 404)
    ana.get(f"/learn/supervision/observations/{draft.rpartition('/')[2]}", 404)


def test_a_former_supervisor_loses_the_record_with_the_next_request(
    chain: Supervising, cora: Visitor, ana: Visitor, store: Store
) -> None:
    record = f"{base(chain)}/supervision"
    cora.get(record)
    grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
    with store.writing():
        store.people.revoke(chain.cast.cora.id, grant)

    assert cora.get(record, None).status_code in {403, 404}
    assert "Cora Lindqvist" in ana.text("/learn/supervision")  # who opened the record


def test_signing_without_a_credential_is_told_before_and_refused(
    chain: Supervising, cora: Visitor, store: Store
) -> None:
    url = f"{base(chain)}/sign-offs/new"
    page = cora.text(f"{url}?what=competency:CONF")
    assert "You cannot sign now" in page
    assert "password" not in page.partition("You cannot sign now")[2]

    told = {"statement": "Seen.", "exception": "x", "typed_name": "Cora Lindqvist"}
    refused = cora.post(
        url,
        {**told, "what": "competency:CONF", "level": "3", "password": "x", "form_key": "k"},
        expect=422,
    )

    assert "none of yours is on file" in refused.get_data(as_text=True)
    assert store.sign_offs.of_people([chain.cast.ana.id]) == []


def test_signing_an_area_names_the_competencies_that_fall_short(
    chain: Supervising, cora: Visitor
) -> None:
    chain.licence()
    now = datetime.now(UTC)
    for days in (9, 5, 1):
        day = now - timedelta(days=days)
        chain.look(a_form(observed_on=day.date(), marks=(Mark("TAP21-24", 3),)), now=day)

    page = cora.text(f"{base(chain)}/sign-offs/new?what=area:TAP21/PD1&level=3")

    missing = page.partition("Evidence is missing")[2].partition("</div>")[0]
    assert "TAP21-25, TAP21-26" in missing
    assert "TAP21-24" not in missing
    assert "for each of its 13 competencies, 3 observations" in page
    assert 'name="exception"' in page


def test_a_contract_that_ends_before_it_begins_is_refused(
    chain: Supervising, cora: Visitor, store: Store
) -> None:
    words = ("purpose", "goals", "site", "modality", "frequency", "ethics", "criteria", "methods")
    told: dict[str, object] = {name: "Agreed." for name in words}

    page = cora.post(
        f"{base(chain)}/contract",
        {**told, "starts_on": "2027-01-02", "ends_on": "2027-01-01", "form_key": "k"},
        expect=422,
    )

    assert "end before it begins" in page.get_data(as_text=True)
    assert store.contracts.of_person(chain.cast.ana.id) == []


def test_asking_and_rating_oneself_are_seen_by_the_supervisor(
    chain: Supervising, cora: Visitor, ana: Visitor
) -> None:
    soon = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
    ana.post(
        "/learn/supervision/ask",
        {"competency": "FAM", "wished_on": soon, "words": "A first meeting.", "form_key": "a"},
    )
    ana.post(
        "/learn/supervision/self-rating",
        {"competency": "FAM", "level": "2", "note": "", "form_key": "b"},
    )

    page = cora.text(f"{base(chain)}/supervision")
    assert "A first meeting." in page
    assert "Developing" in page
    ana.post(
        "/learn/supervision/self-rating",
        {"competency": "FAM", "level": "7", "form_key": "c"},
        expect=422,
    )
