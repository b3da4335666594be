"""The gallery shows every part, and what it shows is sound HTML under a strict policy."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import app.web
from app.web.site.gallery import gallery_page

TEMPLATES = Path(app.web.__file__).parent / "templates"
STATIC = TEMPLATES.parent / "static"
MENU = [
    SimpleNamespace(label=label, url=f"/{label}", is_current=label == "Cases", icon="today")
    for label in ("Today", "Lessons", "Practice", "Exams", "Cases", "My progress")
]
VIEWER = SimpleNamespace(
    id="ana", first_name="Ana", full_name="Ana Reyes", roles=frozenset(), menu=MENU
)
# Part: why the gallery does not import it by name.
SHOWN_ELSEWHERE = {
    "exam_time": "the page of a person, for supervisors and administrators",
    "leave": "needs a form; supervisors and administrators meet it on a person's page",
    "brand": "stands in the layout",
    "menu": "stands in the layout",
    "page_header": "stands on top of the gallery",
    "chart_frame": "inside every chart",
    "icon": "inside buttons and the menu",
    "mark": "inside chips and trails",
    "case_lines": "needs a case",
    "check_question": "needs a lesson",
    "filter_bar": "needs a list",
    "quiz_question": "needs a quiz",
    "review_foot": "needs content with a review mark",
    "scene_outline": "needs a case",
}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Outline(HTMLParser):
    """What a browser would build, as far as these tests ask."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def values(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.elements if attrs.get(name)]


@pytest.fixture(scope="module")
def environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals.update(
        asset=lambda name: f"/assets/{name}",
        csp_nonce=lambda: "nonce",
        csrf_token=lambda: "token",
        url_for=lambda endpoint, **_values: f"/{endpoint}",
    )
    return environment


@pytest.fixture(scope="module")
def gallery(environment: Environment) -> Outline:
    template = environment.get_template("site/parts.html")
    return Outline(template.render(page=gallery_page(), viewer=VIEWER, notice=None))


def test_elements_are_nested_well(gallery: Outline) -> None:
    assert (gallery.crossed, gallery.open) == ([], [])


def test_every_id_stands_once(gallery: Outline) -> None:
    ids = gallery.values("id")

    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", ["aria-labelledby", "aria-describedby", "for"])
def test_every_reference_points_at_something(gallery: Outline, name: str) -> None:
    ids = set(gallery.values("id"))
    named = {one for value in gallery.values(name) for one in value.split()}

    assert named - ids == set()


def test_there_is_one_main_heading_and_one_main(gallery: Outline) -> None:
    tags = [tag for tag, _ in gallery.elements]

    assert (tags.count("h1"), tags.count("main")) == (1, 1)


def test_every_script_carries_the_nonce_and_comes_from_a_file(gallery: Outline) -> None:
    scripts = [attrs for tag, attrs in gallery.elements if tag == "script"]

    assert scripts
    assert all(attrs.get("nonce") == "nonce" and attrs.get("src") for attrs in scripts)


def test_every_posted_form_carries_the_token(environment: Environment) -> None:
    without = [
        path.name
        for path in (TEMPLATES / "parts").glob("*.html")
        if 'method="post"' in (text := path.read_text(encoding="utf-8"))
        and "csrf_token()" not in text
    ]

    assert without == []


def test_at_most_five_places_stand_in_the_bar(gallery: Outline) -> None:
    classes = [value.split() for value in gallery.values("class")]
    in_bar = [c for c in classes if "menu__item" in c and "menu__item--beyond" not in c]
    in_sheet = len(MENU) - 4 + 1  # the rest and the account

    assert len(in_bar) - in_sheet == 5


def test_the_gallery_shows_every_part() -> None:
    words = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("site/parts/*"))
    shown = set(re.findall(r'from "parts/(\w+)\.html"', words))
    there = {path.stem for path in (TEMPLATES / "parts").glob("*.html")}

    assert there - shown - SHOWN_ELSEWHERE.keys() == set()


def test_every_style_sheet_of_a_part_belongs_to_a_part() -> None:
    parts = {path.stem for path in (TEMPLATES / "parts").glob("*.html")}
    # Families with one sheet, and what Markdown and plain lists bring.
    families = {"chart", "sociogram", "prose", "callout", "contents", "facts"}

    sheets = {path.stem for path in (STATIC / "css" / "parts").glob("*.css")}

    assert sheets - parts - families == set()


def test_every_script_of_a_part_is_mounted_somewhere() -> None:
    templates = " ".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    scripts = {path.stem for path in (STATIC / "js" / "parts").glob("*.mjs")}

    assert {name for name in scripts if f'data-part="{name}"' not in templates} == set()
