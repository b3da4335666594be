"""Another id for a scene or choice goes everywhere the old one is meant, and nowhere else."""

from __future__ import annotations

import pytest

from app.domain.errors import InvalidInput, NotFound
from app.library.case_edit import add_choice, references, rename_choice, rename_scene
from app.library.yaml_places import scalar_places
from tests.library.case_edit_builders import edited, read, scene_of, small_case


def named(files: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (one.kind, one.name, f"{one.file}:{files[one.file].count(chr(10), 0, one.start) + 1}")
        for one in references(files)
    ]


def test_every_place_that_names_a_scene_or_choice_is_found() -> None:
    files = small_case()
    text = files["case.md"]

    found = named(files)

    assert [(kind, name) for kind, name, _ in found] == [
        ("scene", "one"),
        ("scene", "two"),
        ("scene", "end"),
        ("choice", "b"),
        ("scene", "end"),
        ("scene", "two"),
        ("scene", "two"),
        ("choice", "b"),
        ("scene", "two"),
        ("scene", "two"),
        ("scene", "two"),
        ("scene", "two"),
        ("scene", "end"),
        ("choice", "a"),
        ("scene", "two"),
        ("scene", "end"),
        ("choice", "a"),
    ]
    for one in references(files):
        assert files[one.file][one.start : one.end].strip("\"'") == one.name
    assert text.count("two") > found.count(("scene", "two", ""))


def test_a_scene_is_renamed_in_conditions_targets_rules_and_walks() -> None:
    files = small_case()

    after = edited(files, rename_scene(files, "two", "next-room"))

    text = after["case.md"]
    assert "visited(next-room), go: end}   # visited(two) in a comment stays" in text
    assert "assumes: not visited( next-room )" in text
    assert "::: if chose(b) and not visited(next-room)" in text
    assert "    not visited(next-room)\n" in text
    assert text.count("-> next-room {#") == 2
    assert "visited(two) is only a word here." in text
    assert 'see next-room "A quiet room."' in after["walks/good.walk"]


def test_quotes_and_comments_around_a_name_in_front_matter_stay() -> None:
    files = small_case()

    first = edited(files, rename_scene(files, "one", "first"))
    last = edited(first, rename_scene(first, "end", "last"))

    assert 'start: "first"  # where it begins\n' in last["case.md"]
    assert "    go: 'last'\n" in last["case.md"]
    assert "expect ending good\nexpect ending last\n" in last["walks/good.walk"]


def test_a_name_that_yaml_would_misread_is_put_in_quotes() -> None:
    files = small_case()
    files["case.md"] = files["case.md"].replace('start: "one"', "start: one")

    after = edited(files, rename_scene(files, "one", "true"))

    assert 'start: "true"  #' in after["case.md"]
    assert read(after).start == "true"


def test_a_scene_called_like_a_kind_of_ending_leaves_the_kind_alone() -> None:
    files = small_case()
    files = edited(files, rename_scene(files, "end", "good"))
    assert "expect ending good\nexpect ending good\n" in files["walks/good.walk"]

    after = edited(files, rename_scene(files, "good", "fine"))

    assert "expect ending good\nexpect ending good\n" in after["walks/good.walk"]


def test_a_choice_is_renamed_in_its_mark_conditions_and_walks() -> None:
    files = small_case()

    after = edited(files, rename_choice(files, "one", "b", "wait"))
    after = edited(after, rename_choice(after, "one", "a", "ask"))

    assert "  nothing at all.] -> two {#wait}\n" in after["case.md"]
    assert "      trust >= 3 and\n      chose(wait)\n" in after["case.md"]
    assert "::: if chose(wait) and" in after["case.md"]
    assert after["walks/good.walk"].startswith("# pick a\nseed 7\npick ask\n")
    assert after["walks/good.walk"].endswith("expect open ask\n")


def test_a_choice_without_an_id_gets_one_and_its_references_follow() -> None:
    files = small_case()
    files["case.md"] = files["case.md"].replace(" {#a}   ", "").replace(" {#b}", " {#b b}")
    files["walks/good.walk"] = "pick one-1\npick one-2\n"

    after = edited(files, rename_choice(files, "one", "one-1", "ask"))
    after = edited(after, rename_choice(after, "one", "one-2", "wait"))

    assert [choice.id for choice in scene_of(read(after), "one").choices] == ["ask", "wait"]
    assert after["walks/good.walk"] == "pick ask\npick wait\n"


def test_where_two_choices_share_an_id_only_the_mark_changes() -> None:
    files = small_case()
    files = edited(files, add_choice(files, "two", label="Sit", target="end", choice_id="c"))
    files["case.md"] = files["case.md"].replace("{#c}", "{#a}")

    after = edited(files, rename_choice(files, "two", "a", "other"))

    assert "pick a\n" in after["walks/good.walk"]
    assert scene_of(read(after), "two").choices[0].id == "other"


def test_names_that_cannot_be_or_are_taken_are_refused() -> None:
    files = small_case()
    for name in ("", "1st", "with space", "two", "x" * 81):
        with pytest.raises(InvalidInput) as refusal:
            rename_scene(files, "one", name)
        assert refusal.value.advice
    with pytest.raises(InvalidInput):
        rename_choice(files, "one", "a", "b")
    with pytest.raises(NotFound):
        rename_scene(files, "nowhere", "x")
    with pytest.raises(NotFound):
        rename_choice(files, "one", "c", "x")
    assert rename_scene(files, "one", "one").is_empty


def test_a_scene_that_goes_on_in_a_further_part_is_left_to_the_source() -> None:
    files = small_case()
    files["case.md"] = files["case.md"].replace("language: en", "language: en\nparts: [more.md]")
    head, _, _ = files["case.md"].partition("# Debrief")
    files["case.md"] = head
    files["more.md"] = "Still the end.\n\n## [last] The last\n"

    with pytest.raises(InvalidInput) as refusal:
        rename_scene(files, "one", "first")

    assert refusal.value.code == "case-scattered"


def test_values_of_yaml_are_found_character_by_character() -> None:
    text = "é: \"ü b\"\r\nlist: [a, {k: 'v'}]\r\ntext: >-\r\n  x\r\n  y\r\n"

    found = {one.path: text[one.start : one.end] for one in scalar_places(text)}

    assert found["é",] == '"ü b"'
    assert found["list", 1, "k"] == "'v'"
    assert found["text",].startswith(">-")


def test_yaml_that_cannot_be_read_gives_what_comes_before() -> None:
    assert [one.value for one in scalar_places("a: b\nc: [")] == ["b"]
    assert scalar_places("[" * 100) == []
