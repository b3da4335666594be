"""The tree of a case tells the lines of each part as the reader of cases sees them."""

from __future__ import annotations

import random
from functools import partial

import pytest

from app.domain.errors import DomainError
from app.domain.scenario import Scene
from app.library import case_edit
from app.library.case_edit import Edit, apply_edit, undo_of
from app.library.case_spans import SceneSpan, Span, case_spans, text_at
from app.library.scenario_text import read_case
from tests.library.case_edit_builders import small_case
from tests.library.messy_cases import MessyCase, shipped_cases

SHIPPED = shipped_cases()


@pytest.mark.parametrize("case", sorted(SHIPPED))
def test_a_shipped_case_is_cut_as_it_is_read(case: str) -> None:
    files = SHIPPED[case]
    scenario, _ = read_case(files, path=case)
    assert scenario is not None

    spans = case_spans(files)

    assert spans.front is not None
    assert text_at(files, spans.front).startswith("---\nformat: 1\n")
    assert text_at(files, spans.front).endswith("\n---\n")
    for scene, span in zip(scenario.scenes, spans.scenes, strict=True):
        assert (span.id, span.title, span.go) == (scene.id, scene.title, scene.go)
        place = scene.place
        assert (span.span.first, span.span.last) == (place.line, place.end_line)
        assert (span.activity is None) == (scene.activity is None)
        for choice, told in zip(scene.choices, span.choices, strict=True):
            assert (told.id, told.label, told.target) == (choice.id, choice.label, choice.target)
            place = choice.place
            assert told.span == Span(place.file, place.line, place.end_line)


@pytest.mark.parametrize("seed", range(40))
def test_a_messy_case_is_cut_as_it_is_read(seed: int) -> None:
    files = MessyCase(seed).build()
    scenario, _ = read_case(files, path="messy")
    assert scenario is not None

    spans = case_spans(files)

    for scene, span in zip(scenario.scenes, spans.scenes, strict=True):
        assert (span.id, span.title, span.go) == (scene.id, scene.title, scene.go)
        assert [one.name for one in span.choices] == [one.id for one in scene.choices]
        assert [one.label for one in span.choices] == [one.label for one in scene.choices]
        assert [one.target for one in span.choices] == [one.target for one in scene.choices]
        assert {"time": str(scene.minutes)}.items() >= {
            (key.name, key.value) for key in span.keys if key.name == "time"
        }
        for told, choice in zip(span.choices, scene.choices, strict=True):
            values = {key.name: key.value for key in told.keys}
            assert values.get("feedback", "") == choice.feedback
            assert values.get("why", "") == choice.why


def test_a_scene_tells_its_parts_apart() -> None:
    files = small_case()
    one, two = case_spans(files).scenes[:2]

    assert text_at(files, one.keys[0].span) == "assumes: not visited( two )\n"
    assert text_at(files, one.text).startswith("<!-- a note that stays -->\n\n**Ann:**")
    assert text_at(files, one.text).endswith("She looks up.\n:::\n")
    assert text_at(files, one.choices[0].span).endswith("<!-- between the two -->\n")
    assert (
        text_at(files, one.choices[1].head) == "- [Wait, and say\n  nothing at all.] -> two {#b}\n"
    )
    assert one.choices[0].keys[2].value == "Some words that go on here."
    assert two.activity is not None
    assert text_at(files, two.activity) == "```say\nask: What do you say?\n```\n"
    assert two.go_span is not None
    assert text_at(files, two.go_span) == "-> end\n"


def test_text_around_an_activity_is_told_apart() -> None:
    fence = "```say\nask: x\n```"
    files = {
        "case.md": f"# Scenes\n\n## [a] A\n\nOver.\n\n{fence}\n\nUnder.\n\n-> b\n\n"
        f"## [b] B\n\n{fence}\n\nUnder only.\n"
    }

    a, b = case_spans(files).scenes

    assert (text_at(files, a.text), a.more and text_at(files, a.more)) == ("Over.\n", "Under.\n")
    assert (text_at(files, b.text), b.more) == ("Under only.\n", None)


def test_what_is_not_there_is_an_empty_place_or_nothing() -> None:
    files = {"case.md": "# Brief\n# Scenes\n## [a]\n## [b] B"}

    spans = case_spans(files)

    assert spans.front is None
    assert spans.debrief is None
    assert spans.brief == Span("case.md", 2, 1)
    assert spans.scenes[0].text == Span("case.md", 4, 3)
    assert text_at(files, spans.scenes[0].text) == ""
    assert spans.scene("c") is None


@pytest.mark.parametrize(
    "text",
    ["", "\n", "---", "---\n---", "# Scenes", "# Scenes\n## [", "```\n# Scenes\n## [a] A", "<!--"],
)
def test_texts_that_are_hardly_a_case_are_read_as_far_as_they_go(text: str) -> None:
    spans = case_spans({"case.md": text})

    assert spans.scenes == ()
    assert case_spans({}).scenes == ()


def test_broken_choices_are_told_as_far_as_they_can_be_read() -> None:
    body = "## [a] A\n- [No arrow] {#x}\n- [No end\n- [Odd] -> two words {#y}\n- [Ok] -> b {#1}\n"
    scene = case_spans({"case.md": f"# Scenes\n{body}"}).scenes[0]

    assert [(c.id, c.label, c.target, c.name) for c in scene.choices] == [
        ("", "No arrow", "", "a-1"),
        ("", "No end", "", "a-2"),
        ("y", "Odd", "two words", "y"),
        ("", "Ok", "b", "a-4"),
    ]


def damaged(text: str, chance: random.Random) -> str:
    """Cuts, doubles, drops or plants something at a line or character."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                lines.insert(at, chance.choice(PLANTS))
            case 1:
                lines[at : at + chance.randint(1, 3)] = []
            case 2:
                lines[at] += chance.choice(PLANTS)
            case 3:
                lines[at] = lines[at][: chance.randint(0, 5)]
            case _:
                lines.insert(at, lines[chance.randrange(len(lines))])
        lines = lines or [""]
    return "\n".join(lines)


Attempt = partial[Edit]
WITHIN = {  # a new source may close what was open, and bring scenes back
    case_edit.set_scene,
    case_edit.add_choice,
    case_edit.set_choice,
    case_edit.remove_choice,
    case_edit.move_choice,
}
WAITS = {"if": "not breached"}
PLANTS = (
    *("<!--", "-->", "```", "# Scenes", "# Brief", "## [x] X", "## [", "-> x", "- [", "] -> x"),
    *("- [x] -> y {#z}", "  rate: 3", ":::", "::: if visited(x)", "---", "\r", "\t", "{#"),
)


@pytest.mark.parametrize("seed", range(60))
def test_every_operation_on_a_damaged_case_is_done_or_refused_and_taken_back(seed: int) -> None:
    chance = random.Random(seed)
    whole = SHIPPED["lena-and-ruth"] if seed % 2 else MessyCase(seed).build()
    files = {name: damaged(text, chance) for name, text in whole.items()}
    if seed % 3:  # with sound front matter more of the rest is read
        files["case.md"] = whole["case.md"].split("# Brief")[0] + files["case.md"]
    for scene in case_spans(files).scenes:
        for attempt in [*inside(files, scene), *around(files, scene)]:
            after = attempted(files, attempt)
            if attempt.func in WITHIN:
                assert others(after, scene.id) == others(files, scene.id)


def attempted(files: dict[str, str], attempt: Attempt) -> dict[str, str]:
    """The files after an operation; as they were if it is refused, in words."""
    try:
        edit = attempt()
    except DomainError as error:
        told = error.user_message, error.advice
    else:
        after = apply_edit(files, edit)
        assert apply_edit(after, undo_of(edit)) == files
        return after
    assert all(told)
    return files


def others(files: dict[str, str], scene_id: str) -> list[Scene]:
    scenario, _ = read_case(files, path="x")
    return [scene for scene in (scenario.scenes if scenario else ()) if scene.id != scene_id]


def inside(files: dict[str, str], scene: SceneSpan) -> list[Attempt]:
    """Operations that change one scene."""
    keys = {"time": "3", "shows": "", "assumes": "not breached"}
    say = "```say\nask: x\n```"
    found: list[Attempt] = [
        partial(case_edit.set_scene, files, scene.id, title="x", keys=keys, text="y", go="z"),
        partial(case_edit.set_scene, files, scene.id, activity=say, go=""),
        partial(case_edit.set_scene_source, files, scene.id, f"## [{scene.id}] New\n\n-> a"),
        partial(case_edit.add_choice, files, scene.id, label="New", target="x"),
    ]
    for name in [choice.name for choice in scene.choices]:
        found += [
            partial(case_edit.set_choice, files, scene.id, name, label="x", target="y", keys=WAITS),
            partial(case_edit.remove_choice, files, scene.id, name),
            partial(case_edit.move_choice, files, scene.id, name, 1),
        ]
    return found


def around(files: dict[str, str], scene: SceneSpan) -> list[Attempt]:
    """Operations that change more than one scene."""
    found: list[Attempt] = [
        partial(case_edit.add_scene, files, "brand-new", "New", after=scene.id),
        partial(case_edit.remove_scene, files, scene.id),
        partial(case_edit.move_scene, files, scene.id, 2),
        partial(case_edit.split_scene, files, scene.id, scene.text.first, "brand-new", "New"),
        partial(case_edit.rename_scene, files, scene.id, "brand-new"),
        partial(case_edit.set_part, files, "debrief", "New."),
        partial(case_edit.add_missing_ids, files),
    ]
    for name in [choice.name for choice in scene.choices]:
        found.append(partial(case_edit.rename_choice, files, scene.id, name, "brand-new"))
    return found
