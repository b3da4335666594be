"""Frameworks leave as CASE packages and come back as they were; broken packages give reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.competency_exchange import stable_id, to_package
from app.domain.competency_import import MOST_BYTES, PackageFault, from_package
from app.domain.json_places import line_of

CODES = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)

KEYS = [
    "CFDocument",
    "CFItems",
    "CFAssociations",
    "identifier",
    "title",
    "originNodeURI",
    "humanCodingScheme",
    "fullStatement",
    "associationType",
]


def a_framework(**changes: Any) -> CompetencyFramework:
    fields: dict[str, Any] = {
        "id": "MINE",
        "title": "Harbor practice",
        "edition": "2026",
        "publisher": "Harbor Counseling",
        "source": "",
        "note": "Written by the team.",
        "groups": (
            CompetencyGroup("H", "Help", "dimension"),
            CompetencyGroup("H1", "First help", "element", "H"),
        ),
        "competencies": (
            Competency("H-1", "MINE", "H1", "Listens", "Listens first.", "own", ("TAP21-75",)),
            Competency("H-2", "MINE", "H", "Calls.", "Calls.", "confirmed", (), ("AADC-1",), "!"),
        ),
        "version": "2",
        "scale": "five-steps",
        "mapping": "own",
    }
    return CompetencyFramework(**{**fields, **changes})


def told(package: object) -> str:
    return json.dumps(package, indent=1, ensure_ascii=False)


def package_with(change: Callable[[dict[str, Any]], object]) -> str:
    package = to_package(a_framework())
    change(package)
    return told(package)


def test_a_framework_comes_back_as_it_was() -> None:
    assert from_package(told(to_package(a_framework()))) == (a_framework(), [])


@given(st.data())
def test_any_framework_comes_back_as_it_was(data: st.DataObject) -> None:
    names = data.draw(st.lists(CODES, min_size=2, max_size=8, unique=True))
    cut = data.draw(st.integers(0, len(names) - 1))
    groups: list[CompetencyGroup] = []
    for name in names[:cut]:
        parent = data.draw(st.sampled_from(["", *(one.id for one in groups)][:3]))
        kind = data.draw(st.sampled_from(["foundation", "dimension", "element"]))
        groups.append(CompetencyGroup(name, data.draw(LINES), kind, parent))
    competencies = tuple(
        Competency(
            name,
            "F",
            data.draw(st.sampled_from(["", *names[:cut]])),
            data.draw(LINES),
            data.draw(LINES),
            data.draw(st.sampled_from(["confirmed", "own", "unverified"])),
            tuple(data.draw(st.lists(CODES, max_size=3, unique=True))),
            tuple(data.draw(st.lists(CODES, max_size=2))),
            data.draw(st.just("") | LINES),
        )
        for name in names[cut:]
    )
    framework = a_framework(id="F", groups=tuple(groups), competencies=competencies)

    assert from_package(told(to_package(framework))) == (framework, [])


def test_ids_stay_the_same_whatever_else_changes() -> None:
    first = to_package(a_framework())
    again = to_package(replace(a_framework(), title="Another title", version="3"))

    assert [one["identifier"] for one in first["CFItems"]] == [
        one["identifier"] for one in again["CFItems"]
    ]
    assert stable_id("TAP21", "item", "TAP21-1") == "76151916-7024-5889-9119-719f3b670e16"


def test_a_package_of_another_maker_needs_no_facts_of_ours() -> None:
    package = to_package(a_framework())
    del package["CFDocument"]["notes"]
    for item in package["CFItems"]:
        del item["CFItemType"]
        item.pop("conceptKeywords", None)

    framework, faults = from_package(told(package))

    assert faults == []
    assert framework is not None
    assert framework.id == "Harbor-practice"
    assert [group.id for group in framework.groups] == ["H", "H1"]
    assert {one.sureness for one in framework.competencies} == {"own"}


@pytest.mark.parametrize(
    ("change", "place", "word"),
    [
        (lambda p: p.update(Extra=1), "Extra", "not one of CASE"),
        (lambda p: p["CFItems"][0].update(colour="red"), "CFItems[0].colour", "not one of"),
        (lambda p: p["CFItems"].append(p["CFItems"][2]), "CFItems[4].identifier", "twice"),
        (
            lambda p: p["CFItems"][3].update(humanCodingScheme="H-1"),
            "CFItems[3].humanCodingScheme",
            "first at CFItems[2]",
        ),
        (lambda p: p["CFItems"][0].update(humanCodingScheme="<b>"), "CFItems[0].human", "letters"),
        (lambda p: p["CFItems"][2].update(fullStatement=" "), "CFItems[2].fullSt", "no text"),
        (lambda p: p["CFItems"][2].update(notes="x" * 4001), "CFItems[2].notes", "longer"),
        (lambda p: p["CFItems"][2].update(notes=7), "CFItems[2].notes", "text"),
        (lambda p: p["CFItems"][2].update(conceptKeywords=[1]), "CFItems[2].concept", "texts"),
        (lambda p: p["CFDocument"].update(title="Own \ud800 x"), "CFDocument.title", "half"),
        (lambda p: p["CFDocument"].update(notes="id=OWN\x00"), "CFDocument.notes", "control"),
        (lambda p: p["CFDocument"].update(subject=["a", "\x85"]), "CFDocument.subject[1]", "half"),
        (lambda p: p["CFItems"][2].update(notes="\udc00"), "CFItems[2].notes", "half"),
        (lambda p: p["CFItems"][1].update({"\ud800": 1}), "CFItems[1]", "A key in here"),
        (lambda p: p["CFDocument"].update(version=3), "CFDocument.version", "text"),
        (lambda p: p["CFDocument"].update(version="9" * 61), "CFDocument.version", "longer"),
        (lambda p: p["CFDocument"].update(publisher=["us"]), "CFDocument.publisher", "text"),
        (lambda p: p["CFDocument"].update(description={}), "CFDocument.description", "text"),
        (
            lambda p: p["CFItems"][0].update(humanCodingScheme="H" * 80),
            "CFItems[0].humanCodingScheme",
            "more than 79",
        ),
        (lambda p: p.update(CFItems=[]), "CFItems", "no item"),
        (lambda p: p.update(CFItems={}), "CFItems", "list"),
        (lambda p: p.update(CFItems=["a"]), "CFItems", "list of objects"),
        (lambda p: p.pop("CFDocument"), "CFDocument", "no document"),
        (lambda p: p["CFDocument"].pop("title"), "CFDocument.title", "no text"),
        (
            lambda p: p["CFAssociations"][0].update(
                destinationNodeURI=p["CFAssociations"][1]["originNodeURI"]
            ),
            "CFAssociations",
            "circle",
        ),
        (
            lambda p: p["CFAssociations"][0]["destinationNodeURI"].update(identifier="none"),
            "CFAssociations[0].destinationNodeURI",
            "no item none",
        ),
        (
            lambda p: p["CFAssociations"][0].update(originNodeURI="H"),
            "CFAssociations[0].originNodeURI",
            "identifier",
        ),
        (
            lambda p: p["CFAssociations"].append({**p["CFAssociations"][2], "identifier": "new"}),
            "CFAssociations[5]",
            "under two others",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_line_and_nothing_is_taken(
    change: Callable[[dict[str, Any]], object], place: str, word: str
) -> None:
    text = package_with(change)

    framework, faults = from_package(text)

    assert framework is None
    fitting = [one for one in faults if one.place.startswith(place) and word in one.message]
    assert fitting, faults
    assert 1 <= fitting[0].line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"CFItems": 1, "CFItems": 2}',
        '{"CFDocument": NaN}',
        "[" * 100_000,
        "x" * (MOST_BYTES + 1),
        '{"CFDocument": "\ud800"}',
        r'{"\ud800": 1, "\ud800": 2}',
        r'{"CFDocument": {"\ud800": 1}}',
    ],
)
def test_what_is_no_package_is_refused(text: str) -> None:
    framework, faults = from_package(text)

    assert framework is None
    assert faults
    can_be_shown(faults)


def can_be_shown(faults: list[PackageFault]) -> None:
    for one in faults:
        f"{one.place}{one.message}".encode()


def test_lines_and_tabs_are_no_fault() -> None:
    package = to_package(a_framework(note="One.\r\n\tTwo."))

    framework, faults = from_package(told(package))

    assert faults == []
    assert framework is not None
    assert framework.note == "One.\r\n\tTwo."


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | ANY_TEXT,
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | ANY_TEXT, inner),
        max_leaves=30,
    )
)
def test_no_json_makes_the_reader_stumble(value: object) -> None:
    framework, faults = from_package(json.dumps(value))

    assert (framework is None) == bool(faults)
    can_be_shown(faults)


def test_a_line_is_that_of_the_value() -> None:
    text = '{\n "a": [\n  {"b": 1},\n  {\n   "b": "]}"\n  }\n ]\n}'

    assert [line_of(text, place) for place in ("a", "a[0].b", "a[1].b", "a[7]", "z")] == [
        2, 3, 5, 2, 1,
    ]  # fmt: skip
