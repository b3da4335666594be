"""An operation of the studio changes what was asked, and not a byte of anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import Conflict, InvalidInput, NotFound
from app.domain.scenario_activity import Say
from app.domain.scenario_vocabulary import EndingKind
from app.library.case_edit import (
    Edit,
    Replacement,
    add_choice,
    add_missing_ids,
    add_scene,
    apply_edit,
    edit_between,
    move_choice,
    move_scene,
    remove_choice,
    remove_file,
    remove_scene,
    set_choice,
    set_file,
    set_part,
    set_scene,
    set_scene_source,
    split_scene,
    undo_of,
)
from app.library.case_spans import case_spans, text_at
from tests.library.case_edit_builders import (
    edited,
    meaning,
    read,
    scene_of,
    small_case,
    with_choice,
    with_scene,
)


def changed_lines(edit: Edit) -> list[tuple[str, str]]:
    return [(one.old, one.new) for one in edit.replacements]


def test_a_rating_changes_within_its_line_and_the_comment_behind_it_stays() -> None:
    edit = set_choice(small_case(), "one", "a", keys={"rate": "2"})

    assert changed_lines(edit) == [
        ("  rate: 3 <!-- check with Marva -->\n", "  rate: 2 <!-- check with Marva -->\n")
    ]
    assert edit.what == "Changed the choice “a” in “The first”"


def test_a_label_changes_and_the_spaces_behind_its_line_stay() -> None:
    edit = set_choice(small_case(), "one", "a", label="Ask about\r\nthe night.")

    assert changed_lines(edit) == [
        ("- [Ask how she is.] -> two {#a}   \n", "- [Ask about the night.] -> two {#a}   \n")
    ]


def test_a_label_over_two_lines_becomes_one() -> None:
    after = edited(small_case(), set_choice(small_case(), "one", "b", label="Wait."))

    assert "- [Wait.] -> two {#b}\n" in after["case.md"]
    assert meaning(after) == with_choice(meaning(small_case()), "one", "b", label="Wait.")


def test_a_target_changes_alone() -> None:
    after = edited(small_case(), set_choice(small_case(), "one", "b", target="end"))

    assert "  nothing at all.] -> end {#b}\n" in after["case.md"]
    assert meaning(after) == with_choice(meaning(small_case()), "one", "b", target="end")


def test_a_long_value_goes_on_in_deeper_lines() -> None:
    told = "One line\nand the next.\n\nA second part."
    after = edited(small_case(), set_choice(small_case(), "one", "a", keys={"feedback": told}))

    assert "  feedback: One line\n    and the next.\n\n    A second part.\n" in after["case.md"]
    expected = "One line and the next.\n\nA second part."
    assert meaning(after) == with_choice(meaning(small_case()), "one", "a", feedback=expected)


def test_a_new_key_stands_in_the_usual_order() -> None:
    edit = set_choice(small_case(), "one", "a", keys={"why": "Because.", "set": "trust +1"})

    assert [one.new for one in edit.replacements] == ["  set: trust +1\n", "  why: Because.\n"]
    assert edit.replacements[0].above.startswith("- [Ask")


def test_an_empty_value_takes_the_key_away_with_all_its_lines() -> None:
    edit = set_choice(small_case(), "one", "b", keys={"if": ""})

    assert changed_lines(edit) == [("  if: trust >= 1 and\n    not visited(two)\n", "")]


def test_the_first_key_of_a_scene_stands_right_below_its_heading() -> None:
    edit = set_scene(small_case(), "two", keys={"ending": "poor"})

    assert changed_lines(edit) == [("", "ending: poor\n")]
    assert scene_of(read(edited(small_case(), edit)), "two").ending is EndingKind.POOR


def test_an_indented_text_below_the_heading_does_not_become_part_of_a_new_key() -> None:
    files = small_case("# Scenes\n\n## [one] A\n  Text that is set in.\n-> end\n\n## [end] B\n")

    after = edited(files, set_scene(files, "one", keys={"time": "5"}))

    assert meaning(after) == with_scene(meaning(files), "one", minutes=5)


def test_text_changes_and_activity_and_way_on_stay() -> None:
    edit = set_scene(small_case(), "two", text="\r\nA loud room.\r\n\r\nFull of people.\r\n")

    assert changed_lines(edit) == [
        ("A quiet room.\n", "A loud room.\n\nFull of people.\n"),
    ]


def test_text_is_added_to_a_scene_that_has_none() -> None:
    files = small_case("# Scenes\n\n## [one] A\nending: good\n\n## [two] B\n")

    after = edited(files, set_scene(files, "one", text="Words."))

    assert "ending: good\n\nWords.\n\n## [two] B\n" in after["case.md"]


def test_activity_and_way_on_come_and_go() -> None:
    files = small_case()
    without = edited(files, set_scene(files, "two", activity="", go=""))
    assert "A quiet room.\n\n## [end]" in without["case.md"]

    again = edited(without, set_scene(without, "two", activity="```say\nask: Well?\n```", go="end"))

    scene = scene_of(read(again), "two")
    assert scene.go == "end"
    assert isinstance(scene.activity, Say)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("text", "Words.\n\n## [three] Another"),
        ("text", "Words.\n\n# Debrief"),
        ("text", "- [A choice] -> end {#c}"),
        ("text", "-> end"),
        ("text", "```say\nask: x\n```"),
        ("text", "Words <!-- and no end"),
        ("text", "Words \x07."),
        ("activity", "```say\nask: x"),
        ("activity", "ask: x"),
        ("activity", "```say\nask: x\n```\nMore."),
        ("activity", "```say\nask: x\n```\n```pick\n```"),
        ("go", "no such name!"),
        ("title", "Comments <!-- here -->"),
    ],
)
def test_what_would_change_another_part_is_refused(part: str, text: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_scene(small_case(), "two", **{part: text})

    assert refusal.value.advice


@pytest.mark.parametrize(
    "values",
    [{"mood": "good"}, {"transcript": "One.\n\nTwo."}, {"alt": "x <!-- y -->"}, {"alt": "\x00"}],
)
def test_keys_that_cannot_be_written_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        set_scene(small_case(), "one", keys=values)


@pytest.mark.parametrize("label", ["", "  ", "a ] -> b", "<!-- a -->"])
def test_labels_that_cannot_be_written_are_refused(label: str) -> None:
    with pytest.raises(InvalidInput):
        set_choice(small_case(), "one", "a", label=label)


def test_unknown_scenes_choices_parts_and_files_are_not_found() -> None:
    files = small_case()
    attempts = (
        lambda: set_scene(files, "nowhere", title="x"),
        lambda: set_scene(files, "", title="x"),
        lambda: set_choice(files, "one", "c", label="x"),
        lambda: remove_choice(files, "two", "a"),
        lambda: set_part(files, "middle", "x"),
        lambda: remove_file(files, "walks/none.walk"),
    )
    for attempt in attempts:
        with pytest.raises(NotFound) as refusal:
            attempt()
        assert refusal.value.advice


def test_a_choice_is_added_behind_the_others_with_an_id_from_its_words() -> None:
    edit = add_choice(small_case(), "one", label="“What’s the matter today?”", target="end")

    assert changed_lines(edit) == [
        ("", "- [“What’s the matter today?”] -> end {#whats-matter-today}\n")
    ]


def test_an_id_from_the_same_words_gets_a_number() -> None:
    files = small_case()
    files = edited(files, add_choice(files, "one", label="Sit down", target="end"))
    files = edited(files, add_choice(files, "two", label="Sit down", target="end"))

    assert [c.id for c in scene_of(read(files), "one").choices] == ["a", "b", "down"]
    assert [c.id for c in scene_of(read(files), "two").choices] == ["down-2"]


def test_an_id_that_is_taken_is_refused() -> None:
    with pytest.raises(InvalidInput):
        add_choice(small_case(), "two", label="x", target="end", choice_id="a")
    with pytest.raises(InvalidInput):
        add_scene(small_case(), "end", "Again")


def test_a_choice_goes_with_the_comment_below_it() -> None:
    after = edited(small_case(), remove_choice(small_case(), "one", "a"))

    assert "between the two" not in after["case.md"]
    expected = meaning(small_case())
    choice = scene_of(expected, "one").choices[1]
    assert meaning(after) == with_scene(expected, "one", choices=(choice,))


def test_choices_change_their_order_and_nothing_else() -> None:
    after = edited(small_case(), move_choice(small_case(), "one", "a", 5))

    expected = meaning(small_case())
    a, b = scene_of(expected, "one").choices
    assert meaning(after) == with_scene(expected, "one", choices=(b, a))
    assert sorted(after["case.md"]) == sorted(small_case()["case.md"])


def test_a_choice_at_the_end_stays_there() -> None:
    assert move_choice(small_case(), "one", "b", 1).is_empty


def test_ids_that_were_not_written_become_the_ones_that_runs_know() -> None:
    files = small_case(
        "# Scenes\n\n## [one] A\n- [Yes] -> end\n- [No] -> end {#no}\n\n## [end] B\n"
    )

    after = edited(files, add_missing_ids(files))

    assert "- [Yes] -> end {#one-1}\n- [No] -> end {#no}\n" in after["case.md"]
    assert meaning(after) == meaning(files)


def test_a_scene_is_added_behind_another_and_at_the_end() -> None:
    middle = edited(small_case(), add_scene(small_case(), "extra", "More", after="one"))
    end = edited(small_case(), add_scene(small_case(), "extra", ""))

    assert [s.id for s in read(middle).scenes] == ["one", "extra", "two", "end"]
    assert "  rate: 1\n\n## [extra] More\n\n## [two]" in middle["case.md"]
    assert "It is over.\n\n## [extra]\n\n# Debrief" in end["case.md"]


def test_a_first_scene_brings_its_section_with_it() -> None:
    files = {"case.md": "---\nid: x\n---\n\n# Debrief\n\nWell?\n"}

    after = edited(files, add_scene(files, "one", "First"))

    assert (
        after["case.md"] == "---\nid: x\n---\n\n# Scenes\n\n## [one] First\n\n# Debrief\n\nWell?\n"
    )


def test_a_scene_is_taken_out_and_the_last_one_stays() -> None:
    files = small_case()
    for scene in ("one", "two"):
        files = edited(files, remove_scene(files, scene))

    assert "# Scenes\n\n## [end] The end\n" in files["case.md"]
    with pytest.raises(InvalidInput):
        remove_scene(files, "end")


def test_scenes_change_their_order_over_files_too() -> None:
    files = small_case()
    head, _, body = files["case.md"].partition("## [end] The end\n")
    files["case.md"] = head.replace("language: en", "language: en\nparts: [case.md, more.md]")
    files["more.md"] = "## [end] The end\r\nending: good\r\n\r\nIt is over."
    before = meaning(files)

    after = edited(files, move_scene(files, "end", -1))

    one, two, end = before.scenes
    assert meaning(after) == replace(before, scenes=(one, end, two))
    assert after["more.md"].endswith("```\r\n\r\n-> end")
    assert "\r" not in after["case.md"]
    assert body


def test_a_scene_is_split_at_a_line_of_its_text() -> None:
    files = small_case()
    span = case_spans(files).scene("one").text
    line = next(
        n
        for n in range(span.first, span.last + 1)
        if text_at(files, replace(span, first=n, last=n)).startswith(":::")
    )

    after = edited(files, split_scene(files, "one", line, "one-b", "Later"))

    before, scenario = scene_of(meaning(files), "one"), meaning(after)
    first, second = scene_of(scenario, "one"), scene_of(scenario, "one-b")
    assert (first.blocks, second.blocks) == (before.blocks[:1], before.blocks[1:])
    assert (first.go, first.choices, second.choices) == ("one-b", (), before.choices)
    assert first.assumes == before.assumes


def test_an_ending_that_is_split_ends_in_its_second_half() -> None:
    files = small_case()
    files = edited(files, set_scene(files, "end", text="It is\n\nover."))
    line = case_spans(files).scene("end").text.last

    after = read(edited(files, split_scene(files, "end", line, "end-b", "")))

    assert scene_of(after, "end").ending is None
    assert scene_of(after, "end-b").ending is EndingKind.GOOD


def test_a_scene_is_not_split_within_a_condition_or_a_choice() -> None:
    files = small_case()
    scene = case_spans(files).scene("one")
    for line in (scene.text.last, scene.heading.first, scene.choices[1].span.first):
        with pytest.raises(InvalidInput):
            split_scene(files, "one", line, "one-b", "x")


def test_the_source_of_a_scene_keeps_the_lines_that_were_not_changed() -> None:
    files = small_case()
    files["case.md"] = files["case.md"].replace("\n", "\r\n")
    span = case_spans(files).scene("two").span
    source = text_at(files, span).replace("\r\n", "\n").replace("quiet", "loud")

    edit = set_scene_source(files, "two", source)

    assert changed_lines(edit) == [("A quiet room.\r\n", "A loud room.\r\n")]


@pytest.mark.parametrize(
    "source", ["", "Words", "## No id", "## [two] A\n\n# Debrief", "## [two] A\n```say", "<!-- x"]
)
def test_a_source_that_would_spill_is_refused(source: str) -> None:
    with pytest.raises(InvalidInput):
        set_scene_source(small_case(), "two", source)


@pytest.mark.parametrize("part", ["front", "brief", "debrief", "notes"])
def test_a_part_written_as_it_was_changes_nothing(part: str) -> None:
    files = small_case()
    span = getattr(case_spans(files), part)

    assert set_part(files, part, text_at(files, span).replace("\n", "\r\n")).is_empty


def test_sections_that_are_not_there_come_at_their_place() -> None:
    files = {"case.md": "---\nid: x\n---\n# Scenes\n\n## [a] A"}
    for part, text in (("notes", "N"), ("debrief", "D"), ("brief", "B")):
        files = edited(files, set_part(files, part, text))

    assert files["case.md"] == (
        "---\nid: x\n---\n\n# Brief\n\nB\n\n# Scenes\n\n## [a] A\n\n"
        "# Debrief\n\nD\n\n# Trainer notes\n\nN"
    )


def test_front_matter_may_come_without_its_two_lines() -> None:
    files = {"case.md": "---\nid: x\n---\n\n# Brief\n"}

    after = edited(files, set_part(files, "front", "id: y\ntitle: Z"))

    assert after["case.md"] == "---\nid: y\ntitle: Z\n---\n\n# Brief\n"
    with pytest.raises(InvalidInput):
        set_part(files, "front", "---\nid: x\n---\nmore\n---")


def test_files_come_change_and_go() -> None:
    files = small_case()
    files = edited(files, set_file(files, "walks/new.walk", "pick a\r\n"))
    assert files["walks/new.walk"] == "pick a\n"
    files = edited(files, set_file(files, "walks/new.walk", "pick b"))
    assert files["walks/new.walk"] == "pick b"
    files = edited(files, remove_file(files, "walks/new.walk"))
    assert files == small_case()


@pytest.mark.parametrize("name", ["../x.md", "/x.md", "x.exe", "", "a/../b.md", "x" * 99 + ".md"])
def test_files_with_odd_names_are_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        set_file(small_case(), name, "x")
    with pytest.raises(InvalidInput):
        remove_file(small_case(), "case.md")


def test_an_edit_of_a_text_that_moved_on_is_a_conflict() -> None:
    files = small_case()
    edit = set_scene(files, "two", text="Loud.")
    moved = edited(files, set_scene(files, "two", text="Louder."))

    with pytest.raises(Conflict) as refusal:
        apply_edit(moved, edit)

    assert refusal.value.code == "case-moved-on"
    assert refusal.value.advice


def test_an_insertion_at_a_place_that_moved_on_is_a_conflict() -> None:
    files = small_case()
    edit = add_choice(files, "one", label="Sit down", target="end")
    moved = edited(files, add_scene(files, "zero", "", after="one"))
    longer = edited(files, set_part(files, "brief", "One.\n\nTwo."))

    assert apply_edit(moved, edit)
    with pytest.raises(Conflict):
        apply_edit(longer, edit)
    with pytest.raises(Conflict):
        apply_edit({}, edit)


def test_files_that_came_or_went_meanwhile_are_a_conflict() -> None:
    files = small_case()
    adding, removing = (
        set_file(files, "new.md", "x"),
        remove_file(files, "walks/good.walk"),
    )

    with pytest.raises(Conflict):
        apply_edit({**files, "new.md": "y"}, adding)
    with pytest.raises(Conflict):
        apply_edit({**files, "walks/good.walk": "longer"}, removing)


def test_the_edit_between_two_states_makes_one_from_the_other() -> None:
    before = {"a.md": "1\n2\n3\n4", "b.md": "x\n", "d.md": ""}
    after = {"a.md": "0\n1\n3\n4\n5", "c.md": "y", "e.md": ""}

    edit = edit_between(before, after, "All of it")

    assert edited(before, edit) == after
    assert edit.replacements[0] == Replacement("a.md", 1, "", "0\n", "")
    assert apply_edit(after, undo_of(edit)) == before
