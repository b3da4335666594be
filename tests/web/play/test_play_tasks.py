"""Tasks inside a scene: each kind is a plain form, and is asked again when something is missing."""

from __future__ import annotations

import re

import pytest

from tests.web.play.case_player import CasePlayer, telltales, to_map, to_say


def test_options_and_steps_go_by_numbers_that_tell_no_order(player: CasePlayer) -> None:
    player.choose("zznever-expert")

    numbers = re.findall(r'name="chosen" value="([^"]*)"', player.page)

    assert numbers == ["1", "2", "3", "4"]
    assert telltales(player.page) == {"zzfeedback-one"}


def test_picks_are_limited_and_stay_ticked(player: CasePlayer) -> None:
    player.choose("zznever-expert")
    numbers = [player.numbered(text) for text in ("Ask Lena.", "Write it", "Call Ruth")]

    response = player.send({"chosen": numbers}, expect=422)

    assert "Pick at least one and at most 2." in response.text
    assert response.text.count(" checked") == 3
    assert player.hidden()["base_position"] == "1"


def test_a_pick_that_is_not_on_the_page_is_refused(player: CasePlayer) -> None:
    player.choose("zznever-expert")

    response = player.send({"chosen": ["1", "77"]}, expect=422)

    assert "Pick from the list." in response.text


def test_no_pick_at_all_is_asked_again(player: CasePlayer) -> None:
    player.choose("zznever-expert")

    response = player.send({}, expect=422)

    assert 'href="#task"' in response.text


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (("1", "1", "2"), "Two steps have place 1."),
        (("1", "", "2"), "Give every step a place."),
        (("1", "2", "9"), "Give every step a place."),
        (("1", "2", "x"), "Give every step a place."),
    ],
)
def test_steps_need_a_place_each(player: CasePlayer, places: tuple[str, ...], told: str) -> None:
    player.choose("zznever-expert")
    player.send({"chosen": "1"})
    player.go_on()

    sent = {f"place.{number}": place for number, place in enumerate(places, start=1)}
    response = player.send(sent, expect=422)

    assert told in response.text
    assert telltales(response.text) <= {"zzfeedback-one", "zzfeedback-pick"}


def test_words_come_before_the_choices_and_are_kept_as_written(player: CasePlayer) -> None:
    to_say(player)
    assert player.buttons() == {}

    player.send({"words": "One line.\r\nAnd <b>another</b>."})

    assert "One line.\nAnd &lt;b&gt;another&lt;/b&gt;." in player.page
    assert set(player.buttons()) == {"Reflect her worry.", "Give her the form."}


@pytest.mark.parametrize(
    ("words", "told"),
    [("  \r\n ", "Write what you would say"), ("a" * 5001, "Keep it under 5000 characters")],
)
def test_words_that_cannot_be_used_are_given_back(
    player: CasePlayer, words: str, told: str
) -> None:
    to_say(player)

    response = player.send({"words": words}, expect=422)

    assert told in response.text
    assert words.strip() in response.text


def test_the_longest_words_are_counted_as_the_browser_counts_them(player: CasePlayer) -> None:
    to_say(player)
    words = "ab\r\n" * 1666  # 4,998 characters as typed, 6,664 as sent

    player.send({"words": words})

    assert "You answered" in player.words


@pytest.mark.parametrize("judgment", ["", "3", "-3", "--1", "1.5", "zz", "9" * 5000])
def test_a_judgment_off_the_scale_is_refused(player: CasePlayer, judgment: str) -> None:
    to_say(player).send({"words": "Well."})
    player.choose("say-form")

    response = player.send({"judgment": judgment}, expect=422)

    assert "Choose one answer on the scale." in response.text


def test_a_judgment_is_told_in_words(player: CasePlayer) -> None:
    to_say(player).send({"words": "Well."})
    player.choose("say-form")
    assert "much less likely" in player.words

    player.send({"judgment": "2"})

    assert "much more likely" in player.page.partition('id="scene"')[2]


def test_a_map_without_anybody_is_asked_again_with_its_ties(player: CasePlayer) -> None:
    to_map(player)

    response = player.send({"tie.lena.dan": "supports"}, expect=422)

    assert "Place at least one person." in response.text
    tie = re.search(
        r'<input type="radio" name="tie.lena.dan" value="supports"[^>]*>', response.text
    )
    assert tie is not None
    assert " checked" in tie[0]


def test_a_tie_of_a_kind_that_is_not_offered_is_refused(player: CasePlayer) -> None:
    to_map(player)

    response = player.send({"ring.dan": "0", "tie.lena.dan": "owns"}, expect=422)

    assert "Choose one of the kinds of ties." in response.text


def test_a_ring_that_is_not_there_is_refused(player: CasePlayer) -> None:
    to_map(player)

    response = player.send({"ring.dan": "7"}, expect=422)

    assert "Choose one of the rings for Dan" in response.text


def test_a_map_is_told_in_words_and_goes_on(player: CasePlayer) -> None:
    to_map(player)

    player.place({"ruth": 2, "dan": 1}, [{"pair": ["ruth", "lena"], "kind": "strains"}])

    for words in ("Ruth: distant", "Dan: close", "Lena and Ruth: strains"):
        assert words in player.words
    player.go_on()
    assert "Last of all" in player.words
