"""Cases that are too large, too deep or too wide are refused at once, with the limit named."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.problem import Problem
from app.domain.scenario import Scenario
from app.domain.scenario_check import check_scenario
from app.library.case_folder import read_case_folder, read_case_texts
from app.library.scenario_text import read_case
from tests.clean_cases import clean_case
from tests.scenario_builders import CODES, sample_text

SECONDS = 10.0  # of processor time: generous, since machines differ; what grows too fast takes more


@contextmanager
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def problems_of(files: dict[str, str]) -> tuple[Scenario | None, list[Problem]]:
    """Reads a case and checks what could be read, as the studio does."""
    with soon():
        scenario, problems = read_case(files, path="lena-and-ruth")
        if scenario is not None:
            problems = [*problems, *check_scenario(scenario, known_competencies=CODES)]
    return scenario, problems


def told(text: str, **parts: str) -> str:
    """What is said of the limit that a text breaks."""
    _, problems = problems_of({"case.md": text, **parts})
    found = [p.message for p in problems if p.code in {"SC116", "SC117"}]
    assert found, [p.message for p in problems][:5]
    return " ".join(found)


def with_scenes(scenes: str) -> str:
    head, _, _ = sample_text().partition("# Scenes")
    return f"{head}# Scenes\n\n{scenes}"


def with_front(lines: str) -> str:
    return sample_text().replace("refs:\n", f"{lines}\nrefs:\n", 1)


def test_file_of_five_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    (tmp_path / "case.md").write_text(sample_text() + "word " * 1_048_576, encoding="utf-8")

    with soon():
        texts, problems = read_case_texts(tmp_path, told="scenarios/made")

    assert texts == {}
    assert [(p.code, "1024 KB" in p.message) for p in problems] == [("YF101", True)]


def test_parts_that_are_too_large_together_are_refused(tmp_path: Path) -> None:
    names = [f"part-{number}.md" for number in range(40)]
    text = with_front(f"parts: [{', '.join(names)}]")
    (tmp_path / "case.md").write_text(text, encoding="utf-8")
    for name in names:
        (tmp_path / name).write_text("Words and words.\n" * 10_000, encoding="utf-8")

    with soon():
        texts, _ = read_case_texts(tmp_path, told="scenarios/lena-and-ruth")
        scenario, problems = read_case_folder(texts, told="scenarios/lena-and-ruth")

    assert scenario is None
    assert len(texts) < 10
    assert any(p.code == "SC116" and "1,048,576" in p.message for p in problems)


def test_ten_thousand_scenes_are_refused() -> None:
    scenes = "\n".join(f"## [s{n}] S\n\n-> s{n + 1}\n" for n in range(10_000))

    assert "10,000 scenes; 2,000 are allowed" in told(with_scenes(scenes))


def test_thousands_of_choices_in_a_scene_are_refused() -> None:
    choices = "\n".join(f"- [Do {n}] -> end {{#c{n}}}" for n in range(5_000))
    scenes = f"## [one] One\n\nText.\n\n{choices}\n\n## [end] End\nending: good\n"

    assert "5,000 choices; 50 are allowed" in told(with_scenes(scenes))


def test_very_long_line_is_refused() -> None:
    assert "100,004 characters; 10,000" in told(with_scenes("## [one] One\n\n" + "word" * 25_001))


def test_very_many_lines_are_refused() -> None:
    assert "60,000 are allowed" in told(sample_text() + "\n" * 100_000)


def test_very_many_files_are_refused() -> None:
    walks = {f"walks/{n}.walk": "pick neither\n" for n in range(600)}

    assert "500 are allowed" in told(sample_text(), **walks)


@pytest.mark.parametrize(
    "lines",
    [
        "random: {" + ", ".join(f"d{n}: [a, b]" for n in range(300)) + "}",
        "tags: [x]\nparts: [" + ", ".join(f"p{n}.md" for n in range(300)) + "]",
    ],
)
def test_very_many_declarations_are_refused(lines: str) -> None:
    assert "300 entries; 200 are allowed" in told(with_front(lines))


def test_very_wide_range_is_refused() -> None:
    text = sample_text().replace("{range: 0..10,", "{range: 0..900000,")

    assert "900,001 values; 500 are allowed" in told(text)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("(" * 500 + "alliance > 1" + ")" * 500, "nested too deeply"),
        ("not " * 400 + "breached", "nested too deeply"),
        ("(" * 9_000, "too long"),
        ("breached and " * 700 + "breached", "too long"),
        ("or " * 600, "A name is expected"),
        ("alliance > 999999999999999999", "cannot be read"),
    ],
)
def test_hostile_conditions_are_refused(condition: str, words: str) -> None:
    text = sample_text().replace("  if: alliance >= 6\n", f"  if: {condition}\n", 1)

    _, problems = problems_of({"case.md": text})

    assert any(p.code == "SC112" and words in p.message for p in problems), problems


def test_deep_nesting_in_the_front_matter_is_refused() -> None:
    _, problems = problems_of({"case.md": with_front("tags: " + "[" * 5_000)})

    assert any(p.code == "YF108" for p in problems)


HOSTILE = {
    "speakers nobody knows": "## [one] One\n\n" + "**Nobody:** Hm.\n\n" * 20_000,
    "a label without an arrow": "## [one] One\n\n- [Do\n" + "  and so on\n" * 50_000,
    "choices without ids": "\n".join(
        f"## [s{n}] S\n\n" + "- [Do] -> end\n" * 20 for n in range(1_500)
    ),
    "unknown keys": "\n".join(f"## [s{n}] S\nnever{n}: x\n\n-> s0\n" for n in range(1_900)),
    "comments that open and close": "## [one] One\n\n" + ("<!---->" * 1_400 + "\n") * 90,
    "marks of markup": "## [one] One\n\n"
    + ("<a " * 3_000 + "\n") * 50
    + ("![" * 4_000 + "\n") * 50,
    "blocks that never close": "## [one] One\n\n" + "::: if breached\n" * 20_000,
    "fences": "## [one] One\n\n" + "```pick\n" * 20_000,
    "references": "## [one] One\n\n" + "[p2] [x1] " * 900 + "\n",
    "stars": "## [one] One\n\n" + ("**" * 4_500 + "\n") * 80,
    "one scene, twice two thousand times": "## [one] One\n\n-> one\n\n" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_body_is_told_in_seconds(name: str) -> None:
    _, problems = problems_of({"case.md": with_scenes(HOSTILE[name])})

    assert problems
    assert len(problems) < 6_000


def test_hardly_anything_right_ends_the_reading() -> None:
    assert "more than 500 faults" in told(with_scenes(HOSTILE["choices without ids"]))


def test_largest_case_that_is_allowed_is_still_checked() -> None:
    scenes = "\n".join(
        f"## [s{n}] S\n\n"
        f"- [Stay] -> s{min(n + 1, 1_998)} {{#a{n}}}\n  set: alliance +1\n"
        f"- [Go] -> end {{#b{n}}}\n  if: alliance > 11\n"
        for n in range(1_999)
    )
    text = with_scenes(f"{scenes}\n## [end] End\nending: good\n")

    scenario, problems = problems_of({"case.md": text})

    assert scenario is not None
    assert len(scenario.scenes) == 2_000
    assert {"SC301"} <= {p.code for p in problems}


def test_hundreds_of_choices_that_never_open_are_told_in_seconds() -> None:
    text = clean_case(3, chapters=60, flags=0).replace(
        "  rate: 0\n", "  if: alliance > 10 and strain > 4\n  rate: 0\n"
    )

    _, problems = problems_of({"case.md": text.replace("id: made", "id: lena-and-ruth")})

    assert sum(p.code == "SC302" for p in problems) > 100


def test_very_long_walk_is_refused() -> None:
    _, problems = problems_of({"case.md": sample_text(), "walks/long.walk": "go\n" * 5_000})

    assert any(
        p.code == "SC121" and "5,000 steps; 1,000 are allowed" in p.message for p in problems
    )
