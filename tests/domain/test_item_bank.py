from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.cue_guesser import cue_guesser
from app.domain.cue_learner import learned_scores
from app.domain.item import Item, Option
from app.domain.item_bank import check_bank
from tests.builders import KEY_WHY, OTHER_WHY, an_item

WORDS = (
    "harbor ledger violin meadow copper lantern gravel saddle timber pigeon kettle marble "
    "anchor barley cellar damson ember fennel garnet hazel ivory jasper kernel laurel"
)


def _bank(count: int, *, seed: int = 1, place: int | None = None) -> list[Item]:
    """Items of unlike wording; the key stands in turn, or always in one place."""
    chance = random.Random(seed)
    return [_item(number, chance, place=place) for number in range(count)]


def _item(number: int, chance: random.Random, *, place: int | None) -> Item:
    texts = [" ".join(chance.sample(WORDS.split(), 6)) for _ in range(4)]
    key = (number * 7 + number // 4) % 4 if place is None else place
    options = tuple(
        Option(name, text, KEY_WHY if index == key else OTHER_WHY)
        for index, (name, text) in enumerate(zip("abcd", texts, strict=True))
    )
    return an_item(
        id=f"bank-{number:02}",
        stem=" ".join(chance.sample(WORDS.split(), 20)) + "?",
        options=options,
        key=("abcd"[key],),
        line=10 * number + 5,
    )


def _codes(items: list[Item]) -> set[str]:
    return {problem.code for problem in check_bank(items)} - {"IW106"}


def _longest_key(item: Item) -> Item:
    return replace(
        item,
        options=tuple(
            replace(option, text=option.text + " indeed so") if option.id in item.key else option
            for option in item.options
        ),
    )


def test_an_even_bank_has_no_faults() -> None:
    assert _codes(_bank(24)) == set()


def test_keys_that_are_the_longest_too_often_are_told() -> None:
    items = [_longest_key(_longest_key(item)) for item in _bank(12)]

    told = [problem for problem in check_bank(items) if problem.code == "IW131"]

    assert [problem.path for problem in told] == [items[0].path]
    assert "in 12 of 12 questions" in told[0].message


def test_a_key_that_stands_in_one_place_is_told_with_its_runs() -> None:
    codes = _codes(_bank(12, place=2))

    assert {"IW132", "IW133"} <= codes


def test_three_in_a_row_pass_and_four_do_not() -> None:
    three = [_item(n, random.Random(n), place=p) for n, p in enumerate((1, 1, 1, 0))]
    four = [_item(n, random.Random(n), place=p) for n, p in enumerate((1, 1, 1, 1))]

    assert "IW133" not in _codes(three)
    assert "IW133" in _codes(four)


def test_too_much_recall_is_told() -> None:
    items = [
        replace(item, level="recall" if n < 4 else "apply") for n, item in enumerate(_bank(12))
    ]

    assert "IW134" in _codes(items)


def test_the_same_question_twice_is_an_error_and_a_likeness_a_warning() -> None:
    items = _bank(3)
    twin = replace(items[0], id="twin-01", path="content/questions/family/other.yaml", line=5)
    last = items[1].stem.removesuffix("?").split()
    alike = replace(items[1], id="alike-01", line=99, stem=" ".join([*last[:-1], "otherwise?"]))

    told = {one.subject: one for one in check_bank([*items, twin, alike])}

    assert told["twin-01"].code == "IW136"
    assert told["twin-01"].severity.value == "error"
    assert "bank-00" in told["twin-01"].message
    assert told["alike-01"].code == "IW135"
    assert told["alike-01"].severity.value == "warning"


def test_rare_words_shared_by_stem_and_key_alone_are_told() -> None:
    items = _bank(24)
    key = items[0].options[0]
    marked = replace(
        items[0],
        key=("a",),
        stem="The zither stood beside the xylophone in the quiet room. What comes first?",
        options=(
            replace(key, text="Carry the zither and the xylophone away"),
            *items[0].options[1:],
        ),
    )

    told = [one for one in check_bank([marked, *items[1:]]) if one.subject == marked.id]

    assert [one.code for one in told] == ["IW106"]
    assert "zither" in told[0].message


def test_a_guesser_is_no_better_than_chance_on_an_even_bank() -> None:
    report = cue_guesser(_bank(60))

    assert report.chance == 0.25
    assert report.clear_winners == ()


def test_a_bank_of_long_keys_is_given_away_to_a_guesser() -> None:
    items = [_longest_key(_longest_key(item)) for item in _bank(40)]

    report = cue_guesser(items)

    assert report.cues[0].share_right > 0.8
    assert "the longest option" in [cue.cue for cue in report.clear_winners]
    assert "IW137" in _codes(items)


def test_a_habit_of_the_writers_is_learned_from_other_files() -> None:
    def with_habit(item: Item, number: int) -> Item:
        options = tuple(
            replace(one, text=one.text + (" since" if one.id not in item.key else " plainly"))
            for one in item.options
        )
        return replace(item, options=options, path=f"content/questions/a/{number % 4}.yaml")

    items = [with_habit(item, number) for number, item in enumerate(_bank(40))]

    told = {one.message: one for one in check_bank(items) if one.code == "IW137"}

    learned = next(told[message] for message in told if "worded most like keys" in message)
    assert "gets 100% of 40 right" in learned.message
    assert "“since”" in learned.advice
    assert "“plainly”" in learned.advice
    assert sum(one.code == "IW116" for one in check_bank(items)) == 40


def test_one_file_teaches_a_guesser_nothing() -> None:
    scores = learned_scores(_bank(12))

    assert all(score == 0 for some in scores.values() for score in some)


def test_too_few_items_prove_nothing() -> None:
    items = [_longest_key(item) for item in _bank(10)]

    assert cue_guesser(items).clear_winners == ()
    assert cue_guesser([]).cues == ()


@given(st.integers(1, 40), st.integers(0, 5))
def test_shares_are_proportions_and_chance_is_kept_on_ties(count: int, seed: int) -> None:
    same = tuple(Option(name, "equal words", OTHER_WHY) for name in "abcd")
    report = cue_guesser([replace(item, options=same) for item in _bank(count, seed=seed)])

    told = {cue.cue: cue.share_right for cue in report.cues}
    assert all(0 <= share <= 1 for share in told.values())
    assert abs(told["the longest option"] - 0.25) < 1e-9
