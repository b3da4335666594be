from __future__ import annotations

from app.domain.record_look import KINDS, OTHER, is_kept, look_kind


def test_the_page_of_a_person_itself_is_the_overview() -> None:
    assert look_kind([]) == "overview"


def test_the_first_part_that_has_a_name_says_what_is_opened() -> None:
    assert look_kind(["observations", "new"]) == "observation"
    assert look_kind(["new", "sign-offs"]) == "sign-off"


def test_an_address_nobody_has_named_is_kept_all_the_same() -> None:
    assert look_kind(["something-new"]) == OTHER


def test_looks_at_oneself_are_not_kept_and_all_others_are() -> None:
    assert not is_kept(viewer_id="ana", person_id="ana")
    assert is_kept(viewer_id="cora", person_id="ana")


def test_every_kind_fits_where_it_is_kept() -> None:
    assert max(map(len, [*KINDS.values(), OTHER])) <= 40
