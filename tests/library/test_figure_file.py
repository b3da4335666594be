from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problem import errors_only
from app.library.figure_file import MAX_FIGURE_BYTES, check_figure

SOUND = (
    '<svg xmlns="http://www.w3.org/2000/svg"><title>A map</title><desc>Two dots.</desc>'
    '<style>.a { fill: url(#g) }</style><use href="#a"/></svg>'
)


def _codes(tmp_path: Path, name: str, text: str) -> list[str]:
    (tmp_path / name).write_text(text)
    return [problem.code for problem in check_figure(tmp_path / name, path=name)]


def test_a_drawing_that_keeps_to_itself_passes(tmp_path: Path) -> None:
    assert _codes(tmp_path, "map.svg", SOUND) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "<SCRIPT href='#x'/>",
        '<rect onload="alert(1)"/>',
        "<foreignObject/>",
        '<image href="https://example.org/a.png"/>',
        "<image xlink:href='a.png'/>",
        '<a href="javascript:alert(1)">x</a>',
        "<style>@import 'a.css';</style>",
        "<rect fill='url(https://example.org/x)'/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
    ],
)
def test_a_drawing_that_runs_or_fetches_is_refused(tmp_path: Path, planted: str) -> None:
    codes = _codes(tmp_path, "map.svg", SOUND.replace("</svg>", f"{planted}</svg>"))

    assert set(codes) == {"LS232"}


def test_a_drawing_without_words_is_served_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_text("<svg/>")

    problems = check_figure(tmp_path / "map.svg", path="map.svg")

    assert [problem.code for problem in problems] == ["LS233", "LS233"]
    assert not errors_only(problems)


def test_names_that_do_not_fit_an_address_and_huge_pictures_are_refused(tmp_path: Path) -> None:
    assert _codes(tmp_path, "My Map.svg", SOUND) == ["LS230"]
    assert _codes(tmp_path, "map.png", "x" * (MAX_FIGURE_BYTES + 1)) == ["LS231"]
    assert _codes(tmp_path, "map.jpg", "x") == []
