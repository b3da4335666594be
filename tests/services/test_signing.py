"""Signing off: who may, on what evidence, once; and what is said beside it."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.domain.evidence import EvidenceKind, Rated
from app.domain.observation import Mark
from app.domain.person import Role, RoleGrant
from app.domain.sign_off import EntryKind, SignOffStanding, standing_of
from app.services import signing
from app.services.sign_in import TRIES_PER_ACCOUNT
from app.services.signing import Said
from app.services.yardsticks import AREA, COMPETENCY, target_of
from app.storage.private_notes import PrivateNoteShelf
from app.storage.queries.rated_rows import ratings_as_evidence, sign_offs_as_evidence
from app.storage.ratings import RatingShelf
from app.storage.sign_offs import SignOffShelf
from app.storage.supervision_contracts import ContractShelf
from tests.cast import NOW, PASSWORD, as_viewer
from tests.services.supervising import Supervising, sent
from tests.supervision_chain import a_form, a_rating_library

if TYPE_CHECKING:
    from app.domain.evidence import Evidence
    from app.domain.person import Viewer
    from app.domain.sign_off import SignOff
    from app.storage.store import Store
    from tests.cast import Cast


@pytest.fixture
def chain(store: Store, cast: Cast) -> Supervising:
    return Supervising(store, cast, a_rating_library())


def signed_off(chain: Supervising) -> list[SignOff]:
    return chain.store.sign_offs.of_people([chain.ana.id])


def second(chain: Supervising) -> Viewer:
    """Dov, who supervises Eastside too from now on."""
    grant = RoleGrant(Role.SUPERVISOR, chain.cast.eastside.id)
    with chain.store.writing():
        chain.store.people.grant(chain.store.new_id(NOW), chain.cast.dov.id, grant, now=NOW)
    return as_viewer(chain.store, chain.cast.dov)


def say(chain: Supervising, viewer: Viewer, kind: EntryKind, words: str = "Words.") -> None:
    signing.say_beside(
        chain.store,
        viewer,
        chain.place,
        signed_off(chain)[0].id,
        Said(kind, words),
        sent=sent(),
        library=chain.library,
    )


def test_a_sign_off_keeps_evidence_credential_and_name_as_they_stand(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    chain.sign(name="cora lindqvist")

    (signed,) = signed_off(chain)
    assert (signed.level_title, signed.typed_name) == ("Competent", "cora lindqvist")
    assert signed.credential.startswith("CCS 4711")
    assert len(signed.evidence) == 3
    assert (signed.shortfalls, signed.exception) == ((), "")


@pytest.mark.parametrize(
    "credential",
    [None, {"kind": "LCAS"}, {"expires_on": NOW.date() - timedelta(days=1)}],
)
def test_without_a_valid_credential_nothing_is_signed(
    chain: Supervising, credential: dict[str, object] | None
) -> None:
    chain.three_looks()
    if credential is not None:
        chain.licence(**credential)

    with pytest.raises(InvalidInput) as refused:
        chain.sign()

    assert refused.value.code == "sign-off-credential"
    assert signed_off(chain) == []


def test_missing_evidence_takes_a_reason_that_stays_on_record(chain: Supervising) -> None:
    chain.licence()
    chain.look()

    with pytest.raises(InvalidInput, match="Evidence is missing"):
        chain.sign()
    chain.sign(exception="She moves on Friday.")

    (signed,) = signed_off(chain)
    assert signed.exception == "She moves on Friday."
    assert "1 of 3 observations at this level or above" in signed.shortfalls


def test_a_wrong_password_signs_nothing_and_guessing_is_slowed(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    for _ in range(TRIES_PER_ACCOUNT):
        with pytest.raises(InvalidInput, match="not your password"):
            chain.sign(password="wrong")
    with pytest.raises(NotAllowed):
        chain.sign()

    assert signed_off(chain) == []


def test_another_name_or_level_signs_nothing(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    for how in ({"name": "Dov Katz"}, {"level": 9}, {"level": 0}):
        with pytest.raises(InvalidInput):
            chain.sign(**how)  # type: ignore[arg-type]  # a table of fields

    assert signed_off(chain) == []


def test_a_form_sent_twice_signs_once(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    for _ in range(2):
        chain.sign(key="same")

    assert len(signed_off(chain)) == 1


def test_another_teams_supervisor_and_oneself_sign_nothing(chain: Supervising) -> None:
    chain.licence()
    chain.licence(chain.cast.dov)
    chain.three_looks()

    with pytest.raises(NotFound):
        chain.sign(viewer=as_viewer(chain.store, chain.cast.dov), name="Dov Katz")
    with pytest.raises(Conflict):
        chain.sign(viewer=chain.ana, name="Ana Reyes")


def test_comment_dispute_and_second_answer_all_stay(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()
    chain.sign()
    (signed,) = signed_off(chain)
    for kind in (EntryKind.COMMENT, EntryKind.DISPUTE):
        signing.answer_own(chain.store, chain.ana, signed.id, Said(kind, "Mine."), sent=sent())
    dov = second(chain)

    with pytest.raises(InvalidInput, match="takes a credential"):
        say(chain, dov, EntryKind.SECOND_REVIEW)
    chain.licence(chain.cast.dov)
    say(chain, dov, EntryKind.SECOND_REVIEW, "I looked again.")

    entries = chain.store.sign_offs.entries([signed.id])
    assert [one.words for one in entries] == ["Mine.", "Mine.", "I looked again."]
    assert entries[-1].credential.startswith("CCS 4711")
    assert standing_of(entries) is SignOffStanding.REVIEWED
    assert signed_off(chain) == [signed]


def test_nobody_adds_what_is_not_theirs(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()
    chain.sign()
    (signed,) = signed_off(chain)

    with pytest.raises(NotAllowed):
        say(chain, chain.cora, EntryKind.COMMENT)
    with pytest.raises(NotAllowed):
        signing.answer_own(
            chain.store, chain.ana, signed.id, Said(EntryKind.WITHDRAWAL, "No."), sent=sent()
        )
    with pytest.raises(NotFound):
        signing.own_sign_off(chain.store, as_viewer(chain.store, chain.cast.luis), signed.id)


def evidence_of_ana(chain: Supervising) -> list[Evidence]:
    ana, scale = [chain.ana.id], "five-steps"
    areas = {"WM/talk": target_of(chain.ratable, AREA, "WM/talk").codes}
    return [
        *ratings_as_evidence(chain.store, ana, scale_id=scale),
        *sign_offs_as_evidence(chain.store, ana, scale_id=scale, areas=areas),
    ]


def test_ratings_and_sign_offs_are_rows_of_evidence(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()
    chain.look(a_form(marks=a_form().marks), now=NOW)
    chain.sign()

    rows = evidence_of_ana(chain)

    kinds = [row.kind for row in rows]
    assert kinds.count(EvidenceKind.OBSERVATION) == 4
    assert kinds.count(EvidenceKind.SIGN_OFF) == 1
    first = min(rows, key=lambda row: row.happened_on)
    assert first.outcome == Rated(3, "live", "alone")
    assert (first.rater_name, first.version) == ("Cora Lindqvist", "1, version 1")
    assert first.happened_on == NOW.date() - timedelta(days=9)


def sign_area(chain: Supervising, *, level: int = 3, exception: str = "") -> None:
    signing.sign_off(
        chain.store,
        chain.cora,
        chain.place,
        signing.SignOffWish(target_of(chain.ratable, AREA, "WM/talk"), level, "Seen.", exception),
        signing.Proof("Cora Lindqvist", PASSWORD, ""),
        library=chain.library,
        sent=sent(),
    )


def test_an_area_takes_the_least_evidence_for_each_competency_in_it(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    with pytest.raises(InvalidInput, match="Evidence is missing: MI: 0 of 3 observations"):
        sign_area(chain)
    assert signed_off(chain) == []
    for days in (9, 5, 1):
        day = NOW - timedelta(days=days)
        chain.look(a_form(observed_on=day.date(), marks=(Mark("MI", 4),)), now=day)
    sign_area(chain)

    (signed,) = signed_off(chain)
    assert len(signed.evidence) == 6
    assert (signed.shortfalls, signed.exception) == ((), "")


def test_what_an_area_lacked_stays_on_record_with_the_reason(chain: Supervising) -> None:
    chain.licence()
    chain.three_looks()

    sign_area(chain, exception="Seen at another site.")

    (signed,) = signed_off(chain)
    assert signed.exception == "Seen at another site."
    assert signed.shortfalls == (
        "MI: 0 of 3 observations at this level or above, 0 of 2 different days, "
        "0 of 1 seen directly, 0 of 1 different observers",
    )


def test_an_area_is_evidence_for_all_in_it_until_it_is_withdrawn(chain: Supervising) -> None:
    chain.licence()
    sign_area(chain, level=1, exception="Known from another site.")

    rows = evidence_of_ana(chain)
    assert {row.competency for row in rows} == {"CONF", "MI"}
    say(chain, chain.cora, EntryKind.WITHDRAWAL, "A mistake.")
    assert evidence_of_ana(chain) == []


def test_an_area_that_is_not_there_cannot_be_signed(chain: Supervising) -> None:
    for kind, code in ((AREA, "WM/none"), (AREA, "NO/talk"), (COMPETENCY, "NONE"), ("x", "CONF")):
        with pytest.raises(NotFound):
            target_of(chain.ratable, kind, code)


@pytest.mark.parametrize("shelf", [RatingShelf, SignOffShelf, ContractShelf, PrivateNoteShelf])
def test_what_is_only_added_has_no_way_to_be_changed(shelf: type) -> None:
    source = inspect.getsource(inspect.getmodule(shelf))  # type: ignore[arg-type]

    assert re.search(r"(?<!\w)(update|delete|insert_or_change)\(", source) is None
