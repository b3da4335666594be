"""Frameworks as CASE packages: what others can read, and read back without a loss.

One document, its items and the associations between them. Ids are made of the framework's id and
codes, so that the same line has the same id in every export. What the standard has no field for
travels as keywords of an item and as lines of the document's notes.
Source: IMS Global, Competencies and Academic Standards Exchange (CASE) 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup

NAMES = "https://waymark.example/frameworks"  # names only: nothing is looked up there
CHILD, RELATED = "isChildOf", "isRelatedTo"
COMPETENCY = "competency"  # the item type of what can be rated; other items are groups
CHANGED = "2026-11-22T00:00:00+00:00"  # the same in every export: a line has no date of its own
FACTS = ("id", "edition", "source", "scale", "mapping")
SURENESS, DOMAIN = "sureness:", "exam-domain:"


def stable_id(framework: str, kind: str, name: str = "") -> str:
    """The id of a framework or a part of it: a version-5 UUID of its name, always the same.

    >>> stable_id("TAP21", "item", "TAP21-1") == stable_id("TAP21", "item", "TAP21-1")
    True
    """
    return str(uuid5(NAMESPACE_URL, f"{NAMES}/{framework}/{kind}/{name}"))


def to_package(framework: CompetencyFramework) -> dict[str, Any]:
    """Makes the package of a framework. Shape: items and associations in the framework's order."""
    parts = [_group_item(framework, one) for one in framework.groups]
    parts += [_competency_item(framework, one) for one in framework.competencies]
    return {
        "CFDocument": _document(framework),
        "CFItems": parts,
        "CFAssociations": list(_associations(framework)),
    }


def _document(framework: CompetencyFramework) -> dict[str, Any]:
    facts = [f"{name}={getattr(framework, name)}" for name in FACTS if getattr(framework, name)]
    identifier = stable_id(framework.id, "document")
    return _without_empty(
        {
            "identifier": identifier,
            "uri": _uri(identifier),
            "creator": framework.publisher,
            "title": framework.title,
            "lastChangeDateTime": CHANGED,
            "publisher": framework.publisher,
            "description": framework.note,
            "language": "en",
            "version": framework.version,
            "adoptionStatus": "Implemented",
            "notes": "\n".join(facts),
        }
    )


def _group_item(framework: CompetencyFramework, group: CompetencyGroup) -> dict[str, Any]:
    identifier = stable_id(framework.id, "group", group.id)
    return {
        "identifier": identifier,
        "uri": _uri(identifier),
        "fullStatement": group.title,
        "humanCodingScheme": group.id,
        "CFItemType": group.kind,
        "lastChangeDateTime": CHANGED,
    }


def _competency_item(framework: CompetencyFramework, one: Competency) -> dict[str, Any]:
    identifier = stable_id(framework.id, "item", one.code)
    is_untitled = one.title == one.text
    keywords = [f"{SURENESS}{one.sureness}", *(f"{DOMAIN}{code}" for code in one.domains)]
    return _without_empty(
        {
            "identifier": identifier,
            "uri": _uri(identifier),
            "fullStatement": one.text,
            "abbreviatedStatement": "" if is_untitled else one.title,
            "humanCodingScheme": one.code,
            "CFItemType": COMPETENCY,
            "conceptKeywords": keywords,
            "notes": one.note,
            "lastChangeDateTime": CHANGED,
        }
    )


def _associations(framework: CompetencyFramework) -> Iterator[dict[str, Any]]:
    document = (framework.title, stable_id(framework.id, "document"))
    groups = {
        group.id: (group.title, stable_id(framework.id, "group", group.id))
        for group in framework.groups
    }
    place = 0
    for group in framework.groups:
        place += 1
        parent = groups.get(group.parent, document)
        yield _association(framework, CHILD, groups[group.id], parent, place)
    for one in framework.competencies:
        place += 1
        node = (one.code, stable_id(framework.id, "item", one.code))
        yield _association(framework, CHILD, node, groups.get(one.group, document), place)
        for code in one.maps_to:
            # The other framework's own id is not known from here; the code names the line.
            yield _association(framework, RELATED, node, (code, stable_id("", "item", code)), 0)


def _association(
    framework: CompetencyFramework,
    kind: str,
    origin: tuple[str, str],
    destination: tuple[str, str],
    place: int,
) -> dict[str, Any]:
    identifier = stable_id(framework.id, kind, f"{origin[1]}/{destination[1]}")
    told = {
        "identifier": identifier,
        "uri": _uri(identifier),
        "associationType": kind,
        "originNodeURI": _node(*origin),
        "destinationNodeURI": _node(*destination),
        "lastChangeDateTime": CHANGED,
    }
    return {**told, "sequenceNumber": place} if place else told


def _node(title: str, identifier: str) -> dict[str, str]:
    return {"title": title, "identifier": identifier, "uri": _uri(identifier)}


def _uri(identifier: str) -> str:
    return f"urn:uuid:{identifier}"


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", [])}
