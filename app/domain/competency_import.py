"""A CASE package from outside → a framework, or every reason why it cannot be used.

Nothing is taken in part: a package with one fault gives no framework. Faults name the place in
the package and the line of its text. Own exports come back as they were.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.competency_exchange import CHILD, DOMAIN, FACTS, RELATED, SURENESS
from app.domain.json_places import line_of

MOST_BYTES = 900_000  # less than a request may hold, so that the reason can be told
MOST_ITEMS = 5_000
MOST_FAULTS = 50
LONGEST_TEXT, LONGEST_LINE = 4_000, 300
LONGEST_VERSION, LONGEST_AREA = 60, 80  # as long as what is kept beside a rating and a sign-off
DEEPEST = 8  # groups inside groups
SURE = ("confirmed", "position-inferred", "third-party", "unverified", "own")
KINDS = ("foundation", "dimension", "element")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# Halves of a character and control characters: neither a page nor a database can take them.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

_DATES = {"lastChangeDateTime", "statusStartDate", "statusEndDate"}
_KNOWN: dict[str, frozenset[str]] = {
    "": frozenset({"CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics"}),
    "CFDocument": frozenset(
        {
            "identifier", "uri", "creator", "title", "publisher", "description", "language",
            "version", "adoptionStatus", "notes", "officialSourceURL", "subject", "subjectURI",
            "licenseURI", "CFPackageURI", *_DATES,
        }
    ),
    "CFItems": frozenset(
        {
            "identifier", "uri", "fullStatement", "abbreviatedStatement", "humanCodingScheme",
            "CFItemType", "CFItemTypeURI", "conceptKeywords", "conceptKeywordsURI", "notes",
            "listEnumeration", "alternativeLabel", "language", "educationLevel", "licenseURI",
            "subject", "subjectURI", "CFDocumentURI", *_DATES,
        }
    ),
    "CFAssociations": frozenset(
        {
            "identifier", "uri", "associationType", "originNodeURI", "destinationNodeURI",
            "sequenceNumber", "CFAssociationGroupingURI", "CFDocumentURI", "notes", *_DATES,
        }
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackageFault:
    """Why a package cannot be used.

    Shape: `place` is a path such as `CFItems[3].identifier`;
    `line` counts from 1 and is 0 for what concerns the file as a whole.
    """

    place: str
    message: str
    line: int = 0


def from_package(text: str) -> tuple[CompetencyFramework | None, list[PackageFault]]:
    """Reads a package. None: it has faults; all of them are told, up to `MOST_FAULTS`."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return None, [PackageFault("", f"The file is larger than {MOST_BYTES // 1_000} kB.")]
    try:
        package = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        return None, [PackageFault("", f"This is not JSON: {error.msg}.", error.lineno)]
    except (ValueError, RecursionError) as error:
        return None, [PackageFault("", f"This JSON cannot be used: {error}.")]
    faults = list(islice(_unfit_texts(package), MOST_FAULTS))
    if faults:  # nothing else is looked at: a reason must not repeat what cannot be shown
        return None, _with_lines(faults, text)
    reader = _Reader()
    framework = reader.read(package)
    if framework is None or reader.faults:
        return None, _with_lines(reader.faults[:MOST_FAULTS], text)
    return framework, []


def _with_lines(faults: Iterable[PackageFault], text: str) -> list[PackageFault]:
    return [replace(one, line=line_of(text, one.place)) for one in faults]


def _unfit_texts(package: object) -> Iterator[PackageFault]:
    """Looks at every text and every key, in their order, however deep they stand."""
    told = "holds a character that cannot be shown: half of one, or a control character."
    left: list[tuple[str, object]] = [("", package)]
    while left:
        place, value = left.pop()
        parts: list[tuple[str, object]] = []
        if isinstance(value, str) and UNFIT.search(value):
            yield PackageFault(place[:LONGEST_LINE], f"This text {told}")
        elif isinstance(value, list):
            parts = [(f"{place}[{number}]", one) for number, one in enumerate(value)]
        elif isinstance(value, dict):
            if any(UNFIT.search(key) for key in value):
                yield PackageFault(place[:LONGEST_LINE], f"A key in here {told}")
            else:
                parts = [(f"{place}.{key[:80]}".lstrip("."), one) for key, one in value.items()]
        left += reversed(parts)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        shown = UNFIT.sub("\N{REPLACEMENT CHARACTER}", twice[:80])
        raise ValueError(f"the key “{shown}” stands twice in one object")
    return told


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


@dataclass
class _Reader:
    """One reading. Faults gather; what can still be looked at is looked at."""

    faults: list[PackageFault] = field(default_factory=list)

    def read(self, package: object) -> CompetencyFramework | None:
        if not isinstance(package, dict):
            self._fault("", "A package is an object with CFDocument, CFItems and CFAssociations.")
            return None
        self._known(package, "", "")
        document = package.get("CFDocument")
        if not isinstance(document, dict):
            self._fault("CFDocument", "There is no document.")
            return None
        self._known(document, "CFDocument", "CFDocument")
        items = self._list(package, "CFItems")
        links = self._list(package, "CFAssociations")
        if len(items) > MOST_ITEMS:
            self._fault("CFItems", f"There are more than {MOST_ITEMS} items.")
        if not items:
            self._fault("CFItems", "There is no item.")
        if self.faults:
            return None
        nodes = self._nodes(items)
        parents, related, order = self._links(links, nodes, self._id(document, "CFDocument"))
        self._refuse_circles(parents)
        if self.faults:
            return None
        return self._framework(document, nodes, parents, related, order)

    def _nodes(self, items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """The items by id. Faults: ids and codes that stand twice, texts that cannot be used."""
        nodes: dict[str, dict[str, Any]] = {}
        codes: dict[str, int] = {}
        for number, item in enumerate(items):
            place = f"CFItems[{number}]"
            self._known(item, "CFItems", place)
            identifier = self._id(item, place)
            if identifier in nodes:
                self._fault(f"{place}.identifier", f"The id {identifier} stands twice.")
            nodes[identifier] = {**item, "place": place}
            self._text(item, "fullStatement", place, is_needed=True)
            for name in ("abbreviatedStatement", "notes", "CFItemType"):
                self._text(item, name, place)
            code = item.get("humanCodingScheme")
            if not isinstance(code, str) or not CODE.fullmatch(code):
                told = "Each item needs a code: letters, digits, “.”, “_” and “-”, 80 at most."
                self._fault(f"{place}.humanCodingScheme", told)
            elif codes.setdefault(code, number) != number:
                told = f"The code “{code}” stands twice; first at CFItems[{codes[code]}]."
                self._fault(f"{place}.humanCodingScheme", told)
            keywords = item.get("conceptKeywords", [])
            if not isinstance(keywords, list) or not all(isinstance(k, str) for k in keywords):
                self._fault(f"{place}.conceptKeywords", "Keywords are a list of texts.")
        return nodes

    def _links(
        self, links: list[dict[str, Any]], nodes: Mapping[str, object], document: str
    ) -> tuple[dict[str, str], dict[str, list[str]], dict[str, int]]:
        """Each item's parent, what it is related to by code, and its place among the rest."""
        parents: dict[str, str] = {}
        related: dict[str, list[str]] = {}
        order: dict[str, int] = {}
        seen: set[str] = set()
        for number, link in enumerate(links):
            place = f"CFAssociations[{number}]"
            self._known(link, "CFAssociations", place)
            identifier = self._id(link, place)
            if identifier in seen:
                self._fault(f"{place}.identifier", f"The id {identifier} stands twice.")
            seen.add(identifier)
            origin = self._end(link, "originNodeURI", place)
            goal = self._end(link, "destinationNodeURI", place)
            if origin is None or goal is None:
                continue
            start, end = str(origin["identifier"]), str(goal["identifier"])
            if start not in nodes:
                self._fault(f"{place}.originNodeURI", f"There is no item {start}.")
            elif link.get("associationType") == CHILD:
                if end not in nodes and end != document:
                    self._fault(f"{place}.destinationNodeURI", f"There is no item {end}.")
                if start in parents:
                    self._fault(place, "The item stands under two others; only one is possible.")
                parents[start] = "" if end == document else end
                place_told = link.get("sequenceNumber", number)
                order[start] = place_told if isinstance(place_told, int) else number
            elif link.get("associationType") == RELATED:
                title = goal.get("title")
                if not isinstance(title, str) or not CODE.fullmatch(title):
                    self._fault(f"{place}.destinationNodeURI.title", "Name the code it maps to.")
                else:
                    related.setdefault(start, []).append(title)
        return parents, related, order

    def _refuse_circles(self, parents: Mapping[str, str]) -> None:
        for start in parents:
            here, steps = start, 0
            while here in parents and parents[here] and steps <= DEEPEST:
                here, steps = parents[here], steps + 1
            if steps > DEEPEST:
                told = f"Item {start} stands in a circle, or more than {DEEPEST} levels deep."
                self._fault("CFAssociations", told)
                return

    def _framework(
        self,
        document: Mapping[str, Any],
        nodes: Mapping[str, dict[str, Any]],
        parents: Mapping[str, str],
        related: Mapping[str, list[str]],
        order: Mapping[str, int],
    ) -> CompetencyFramework | None:
        facts = self._facts(document)
        title = self._text(document, "title", "CFDocument", is_needed=True)
        publisher = self._text(document, "publisher", "CFDocument")
        creator = self._text(document, "creator", "CFDocument")
        description = self._text(document, "description", "CFDocument")
        version = self._text(document, "version", "CFDocument") or "1"
        if len(version) > LONGEST_VERSION:
            told = f"The version is longer than {LONGEST_VERSION} characters."
            self._fault("CFDocument.version", told)
        facts["id"] = facts["id"] or re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-")[:40]
        if not CODE.fullmatch(facts["id"]):
            told = "Give the framework an id: a line such as “id=MINE” in the notes."
            self._fault("CFDocument.notes", told)
        if self.faults:
            return None
        above = {parent for parent in parents.values() if parent}
        groups, competencies = [], []
        last = len(order)
        for identifier in sorted(nodes, key=lambda one: order.get(one, last)):
            item = nodes[identifier]
            parent = nodes.get(parents.get(identifier, ""), {}).get("humanCodingScheme", "")
            is_group = identifier in above or item.get("CFItemType") in KINDS
            if is_group:
                self._refuse_long_area(facts["id"], item)
                groups.append(_group(item, parent))
            else:
                competencies.append(
                    _competency(item, facts["id"], parent, related.get(identifier, []))
                )
        if not competencies:
            self._fault("CFItems", "Every item has others below it, so nothing can be rated.")
            return None
        return CompetencyFramework(
            id=facts["id"],
            title=title[:LONGEST_LINE],
            edition=facts["edition"],
            publisher=publisher or creator,
            source=facts["source"],
            note=description,
            groups=tuple(groups),
            competencies=tuple(competencies),
            version=version,
            scale=facts["scale"],
            mapping=facts["mapping"],
        )

    def _refuse_long_area(self, framework: str, item: Mapping[str, Any]) -> None:
        if len(f"{framework}/{item['humanCodingScheme']}") > LONGEST_AREA:
            told = f"With the id of the framework, “{framework}”, this is more than"
            where = f"{item['place']}.humanCodingScheme"
            self._fault(where, f"{told} {LONGEST_AREA - 1} characters.")

    def _facts(self, document: Mapping[str, Any]) -> dict[str, str]:
        told = dict.fromkeys(FACTS, "")
        notes = document.get("notes")
        for line in notes.split("\n") if isinstance(notes, str) else ():
            name, _, value = line.partition("=")
            if name in told:
                told[name] = value
        return told

    def _list(self, package: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        found = package.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self._fault(name, "This is a list of objects.")
            return []
        return found

    def _end(self, link: Mapping[str, Any], name: str, place: str) -> dict[str, Any] | None:
        end = link.get(name)
        if isinstance(end, dict) and isinstance(end.get("identifier"), str):
            return end
        self._fault(f"{place}.{name}", "This names an item by its identifier.")
        return None

    def _id(self, told: Mapping[str, Any], place: str) -> str:
        identifier = told.get("identifier")
        if isinstance(identifier, str) and 0 < len(identifier) <= LONGEST_LINE:
            return identifier
        self._fault(f"{place}.identifier", "There is no identifier.")
        return place

    def _text(
        self, told: Mapping[str, Any], name: str, place: str, *, is_needed: bool = False
    ) -> str:
        value = told.get(name, "")
        if not isinstance(value, str):
            self._fault(f"{place}.{name}", "This is a text.")
        elif len(value) > LONGEST_TEXT:
            self._fault(f"{place}.{name}", f"The text is longer than {LONGEST_TEXT} characters.")
        elif is_needed and not value.strip():
            self._fault(f"{place}.{name}", "There is no text.")
        else:
            return value
        return ""

    def _known(self, told: Iterable[str], part: str, place: str) -> None:
        for name in sorted(set(told) - _KNOWN[part]):
            where = f"{place}.{name[:80]}" if place else name[:80]
            self._fault(where, "This key is not one of CASE 1.0 in this place.")

    def _fault(self, place: str, message: str) -> None:
        self.faults.append(PackageFault(place, message))


def _group(item: Mapping[str, Any], parent: str) -> CompetencyGroup:
    kind = item.get("CFItemType")
    return CompetencyGroup(
        id=item["humanCodingScheme"],
        title=item["fullStatement"],
        kind=kind if kind in KINDS else "dimension",
        parent=parent,
    )


def _competency(
    item: Mapping[str, Any], framework: str, group: str, related: list[str]
) -> Competency:
    words: list[str] = item.get("conceptKeywords", [])
    sure = next((one.removeprefix(SURENESS) for one in words if one.startswith(SURENESS)), "own")
    return Competency(
        code=item["humanCodingScheme"],
        framework=framework,
        group=group,
        title=item.get("abbreviatedStatement") or item["fullStatement"],
        text=item["fullStatement"],
        sureness=sure if sure in SURE else "own",
        maps_to=tuple(related),
        domains=tuple(one.removeprefix(DOMAIN) for one in words if one.startswith(DOMAIN)),
        note=item.get("notes", ""),
    )
