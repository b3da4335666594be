from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.competency_requirement import EvidenceRules, LevelRule
from app.domain.errors import InvalidInput
from app.domain.observation import ObservationMode
from app.domain.sign_off import (
    EntryKind,
    RatedObservation,
    SignOffStanding,
    count_evidence,
    entries_open_to,
    missing_evidence,
    refuse_unfit_signature,
    shortfalls,
    signing_credential,
    standing_of,
)
from tests.supervision_builders import a_credential
from tests.supervision_chain import NOW, TODAY, a_sign_off, an_entry

DIRECT = frozenset({"live", "recorded"})
RULE = LevelRule(3, observations=3, dates=2, direct=1, raters=2)
RATED = st.builds(
    RatedObservation,
    observation_id=st.integers(0, 30).map(str),
    competency=st.just("CONF"),
    level=st.integers(1, 5),
    mode=st.sampled_from(ObservationMode),
    observed_on=st.integers(0, 5).map(lambda days: TODAY + timedelta(days)),
    rater_id=st.sampled_from(["cora", "dov"]),
)
OBSERVED = st.lists(RATED, unique_by=lambda one: one.observation_id, max_size=12)
ENTRIES = st.lists(st.tuples(st.sampled_from(EntryKind), st.integers(0, 9)), max_size=8).map(
    lambda pairs: [
        an_entry(kind, id=str(place), at=NOW + timedelta(hours=hours))
        for place, (kind, hours) in enumerate(pairs)
    ]
)


def seen(number: int, **changes: object) -> RatedObservation:
    one = RatedObservation(
        str(number), "CONF", 3, ObservationMode.LIVE, TODAY + timedelta(number), "cora"
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # a builder takes any field


@given(OBSERVED, RATED)
def test_more_evidence_never_leaves_more_missing(
    rated: list[RatedObservation], one_more: RatedObservation
) -> None:
    more = [*rated, replace(one_more, observation_id="more")]

    before, after = (
        shortfalls(count_evidence(some, level=3, direct_modes=DIRECT), RULE, supervisors=2)
        for some in (rated, more)
    )

    assert len(after) <= len(before)


@given(OBSERVED, st.randoms())
def test_the_order_of_evidence_does_not_matter(
    rated: list[RatedObservation], random: object
) -> None:
    shuffled = sorted(rated, key=lambda one: hash((one.observation_id, str(random))))

    assert count_evidence(rated, level=3, direct_modes=DIRECT) == count_evidence(
        shuffled, level=3, direct_modes=DIRECT
    )


@given(OBSERVED)
def test_a_higher_level_never_has_more_evidence(rated: list[RatedObservation]) -> None:
    counts = [
        count_evidence(rated, level=level, direct_modes=DIRECT).observations
        for level in range(1, 6)
    ]

    assert counts == sorted(counts, reverse=True)


def test_what_is_missing_is_said_in_words() -> None:
    count = count_evidence([seen(1)], level=3, direct_modes=DIRECT)

    assert shortfalls(count, RULE, supervisors=2) == (
        "1 of 3 observations at this level or above",
        "1 of 2 different days",
        "1 of 2 different observers",
    )


def test_levels_below_the_one_to_sign_do_not_count() -> None:
    rated = [seen(1), seen(2), seen(3, level=2)]

    assert count_evidence(rated, level=3, direct_modes=DIRECT).observations == 2


def test_a_second_observer_is_not_asked_for_where_there_is_none() -> None:
    count = count_evidence([seen(1), seen(2), seen(3)], level=3, direct_modes=DIRECT)

    assert shortfalls(count, RULE, supervisors=1) == ()


def test_paper_alone_is_not_enough() -> None:
    rated = [seen(n, mode=ObservationMode.CHART_REVIEW) for n in range(4)]
    count = count_evidence(rated, level=3, direct_modes=DIRECT)

    assert shortfalls(count, RULE, supervisors=1) == ("0 of 1 seen directly",)


RULES = EvidenceRules("rules", "five-steps", (RULE,), DIRECT, ageing_days=90)


def missing(rated: list[RatedObservation], *codes: str) -> tuple[str, ...]:
    return missing_evidence(rated, codes, RULES, level=3, supervisors=1)


@given(OBSERVED, OBSERVED)
def test_an_area_lacks_nothing_only_when_no_competency_in_it_does(
    some: list[RatedObservation], others: list[RatedObservation]
) -> None:
    others = [replace(one, competency="MI") for one in others]

    told = missing([*some, *others], "CONF", "MI")

    assert (told == ()) == (missing(some, "CONF") == missing(others, "MI") == ())


def test_the_competencies_of_an_area_that_fall_short_are_named() -> None:
    often = [seen(n) for n in range(3)]
    once = [seen(n, competency="MI") for n in range(1)]

    assert missing([*often, *once], "CONF", "MI", "FAM", "CARE") == (
        "MI: 1 of 3 observations at this level or above, 1 of 2 different days",
        "FAM, CARE: 0 of 3 observations at this level or above, 0 of 2 different days, "
        "0 of 1 seen directly, 0 of 1 different observers",
    )


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ([], "none of yours is on file"),
        ([a_credential(kind="LCAS")], "the ones on file are others"),
        ([a_credential(expires_on=TODAY - timedelta(1))], "expired on 2026-11-22"),
        ([a_credential(issued_on=TODAY + timedelta(1))], "begins on 2026-11-24"),
    ],
)
def test_signing_without_a_valid_credential_is_refused_with_the_reason(
    held: list[object], told: str
) -> None:
    with pytest.raises(InvalidInput, match=told):
        signing_credential(held, {"CCS", "CSI"}, on=TODAY)  # type: ignore[arg-type]


def test_a_credential_signs_on_its_last_day() -> None:
    held = a_credential(expires_on=TODAY)

    assert signing_credential([held], {"CCS"}, on=TODAY) == held


def test_a_credential_signs_however_its_name_was_typed() -> None:
    held = a_credential(kind="ccs")

    assert signing_credential([held], {"CCS", "CSI"}, on=TODAY) == held


def test_of_two_credentials_the_one_that_holds_longest_signs() -> None:
    longest = a_credential(id="csi", kind="CSI", expires_on=date(2031, 1, 1))

    assert signing_credential([a_credential(), longest], {"CCS", "CSI"}, on=TODAY) == longest


def test_missing_evidence_takes_a_reason() -> None:
    with pytest.raises(InvalidInput, match="Evidence is missing"):
        refuse_unfit_signature(
            typed_name="Cora", full_name="Cora", missing=("1 of 3 days",), exception=" "
        )
    refuse_unfit_signature(
        typed_name="cora  lindqvist ",
        full_name="Cora Lindqvist",
        missing=("1 of 3 days",),
        exception="She leaves on Friday.",
    )


@given(st.text(max_size=20).filter(lambda text: " ".join(text.split()).casefold() != "cora"))
def test_another_name_does_not_sign(typed: str) -> None:
    with pytest.raises(InvalidInput, match="Type your name"):
        refuse_unfit_signature(typed_name=typed, full_name="Cora", missing=(), exception="")


@given(ENTRIES)
def test_what_is_withdrawn_never_stands_again(entries: list[object]) -> None:
    withdrawn = [*entries, an_entry(EntryKind.WITHDRAWAL, id="w", at=NOW)]

    assert standing_of(withdrawn) is SignOffStanding.WITHDRAWN  # type: ignore[arg-type]


@given(ENTRIES)
def test_nobody_else_ever_adds_the_persons_own_words(entries: list[object]) -> None:
    signed = a_sign_off()
    for viewer in ("cora", "dov"):
        open_to = entries_open_to(signed, entries, viewer)  # type: ignore[arg-type]
        assert not {EntryKind.COMMENT, EntryKind.DISPUTE} & set(open_to)
    assert EntryKind.COMMENT in entries_open_to(signed, entries, "ana")  # type: ignore[arg-type]


def test_a_dispute_stands_until_a_second_reviewer_answers() -> None:
    dispute = an_entry(EntryKind.DISPUTE)
    review = an_entry(EntryKind.SECOND_REVIEW, by="dov", at=NOW + timedelta(hours=1))

    assert standing_of([dispute]) is SignOffStanding.DISPUTED
    assert entries_open_to(a_sign_off(), [dispute], "dov") == (EntryKind.SECOND_REVIEW,)
    assert standing_of([dispute, review]) is SignOffStanding.REVIEWED
    assert entries_open_to(a_sign_off(), [dispute, review], "dov") == ()


def test_the_signer_does_not_review_a_dispute_about_themselves() -> None:
    open_to = entries_open_to(a_sign_off(), [an_entry(EntryKind.DISPUTE)], "cora")

    assert open_to == (EntryKind.AMENDMENT, EntryKind.WITHDRAWAL)
