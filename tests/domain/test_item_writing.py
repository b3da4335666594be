from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.item import Item, Option
from app.domain.item_writing import check_item_writing, check_items
from app.domain.problem import Problem, Severity
from tests.builders import KEY_WHY, OTHER_WHY, STEM, an_item


def _codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def _with_text(item: Item, option_id: str, text: str) -> Item:
    return replace(
        item,
        options=tuple(
            replace(option, text=text) if option.id == option_id else option
            for option in item.options
        ),
    )


def _with_why(item: Item, option_id: str, why: str) -> Item:
    return replace(
        item,
        options=tuple(
            replace(option, why=why) if option.id == option_id else option
            for option in item.options
        ),
    )


def test_a_sound_item_has_no_faults() -> None:
    assert check_item_writing(an_item()) == []


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("All of the above, and the rest of what was said to Ruth", "IW101", Severity.ERROR),
        ("None of the above, since the release was not on the file", "IW101", Severity.ERROR),
        ("All of these, as long as the release is on the paper file", "IW101", Severity.ERROR),
        ("Both A and C, once the release on file has been checked", "IW102", Severity.ERROR),
        ("A and D, once the release on the file has been looked up", "IW102", Severity.ERROR),
        ("Say that the clinic must never confirm it to any relative", "IW104", Severity.WARNING),
        ("Say that the clinic usually rings relatives in the evening", "IW105", Severity.WARNING),
        ("Bring him out of the group so that he can talk to her now!", "IW112", Severity.ERROR),
    ],
)
def test_an_option_that_gives_itself_away_is_told(text: str, code: str, severity: Severity) -> None:
    problems = check_item_writing(_with_text(an_item(), "c", text))

    assert [(one.code, one.severity, one.subject) for one in problems if one.code == code] == [
        (code, severity, "consent-01")
    ]


@pytest.mark.parametrize(
    ("text"),
    [
        "Ask Curtis first, as someone who has known both of them long",
        "Ring Ana and Ben before the release is put into the paper file",
    ],
)
def test_ordinary_wording_is_left_in_peace(text: str) -> None:
    assert check_item_writing(_with_text(an_item(), "c", text)) == []


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("Which of these is NOT appropriate?", "IW103"),
        ("All of these fit EXCEPT which one?", "IW103"),
        ("Which response would be least appropriate?", "IW103"),
        ("Which step should not come first?", "IW103"),
        ("Which of the following is true?", "IW108"),
        ("Tell what the counselor does.", "IW108"),
        ("The next step is to ask for an", "IW107"),
    ],
)
def test_a_question_that_asks_badly_is_told(ending: str, code: str) -> None:
    stem = STEM.replace("What should the counselor do first?", ending)

    assert code in _codes(check_item_writing(replace(an_item(), stem=stem)))


@pytest.mark.parametrize(
    "ending",
    [
        "Which response does Ruth not expect but need most?",
        "What is the least restrictive step that is safe?",
    ],
)
def test_words_that_only_look_negative_are_left_in_peace(ending: str) -> None:
    stem = STEM.replace("What should the counselor do first?", ending)

    assert "IW103" not in _codes(check_item_writing(replace(an_item(), stem=stem)))


@pytest.mark.parametrize(
    ("why", "code"),
    [
        ("Option B comes first here, since it says nothing to the caller.", "IW110"),
        ("It is worse than answer c here, since it tells the caller.", "IW110"),
        ("Compare option a. It would be right once the release is signed.", "IW110"),
        ("The third option comes first here; this would be right later.", "IW111"),
        ("See the option above, which would come before this one here.", "IW111"),
        ("Too early.", "IW109"),
        (OTHER_WHY * 12, "IW109"),
    ],
)
def test_a_reason_that_does_not_teach_is_told(why: str, code: str) -> None:
    assert code in _codes(check_item_writing(_with_why(an_item(), "a", why)))


def test_the_law_is_cited_with_letters_in_peace() -> None:
    why = "Consent under 2.31(b) would permit it; she could answer a question of his own."

    assert check_item_writing(_with_why(an_item(), "a", why)) == []


def test_the_reason_of_the_key_must_be_longer() -> None:
    problems = check_item_writing(_with_why(an_item(), "b", OTHER_WHY))

    assert [(one.code, one.field) for one in problems] == [("IW109", "options[b].why")]


def test_a_key_that_stands_out_by_length_is_told() -> None:
    item = _with_text(an_item(), "b", an_item().options[1].text + ", then " + "check twice " * 8)

    assert _codes(check_item_writing(item)) == ["IW113", "IW114"]


def test_short_options_may_differ_in_length() -> None:
    options = tuple(
        Option(name, text, KEY_WHY if name == "b" else OTHER_WHY)
        for name, text in (("a", "Assessment"), ("b", "Monitoring"), ("c", "Linkage"))
    )

    assert check_item_writing(an_item(options=options)) == []


def test_a_case_that_is_too_short_to_decide_on_is_told() -> None:
    item = an_item(stem="Ruth calls. What should the counselor do first?")

    assert _codes(check_item_writing(item)) == ["IW115"]
    assert check_item_writing(replace(item, level="recall")) == []


def test_retired_items_are_left_in_peace() -> None:
    bad = an_item(stem="Which is NOT true?", status="retired")

    assert check_items([bad]) == []
