"""content/questions/<area>/<topic>.yaml → items with their vignettes.

What a single item or file can be wrong in is told here; what needs the rest of the content is
told by the cross-checks, and how well an item is written by the item-writing rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from app.domain.item import Item, Option
from app.domain.problem import Problem
from app.library.schema import (
    Code,
    FileShape,
    LessonId,
    Line,
    ReviewShape,
    Shape,
    Slug,
    Text,
    fit,
    problem_at,
    review_mark,
)
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

_OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,15}$")]
_OptionText = Annotated[str, StringConstraints(min_length=1, max_length=600)]
_HTML = re.compile(r"</?[A-Za-z][^>\n]{0,200}>|<!--")


class _VignetteShape(Shape):
    id: Slug
    text: Text


class _OptionShape(Shape):
    id: _OptionId
    text: _OptionText
    why: Text


class _ItemShape(Shape):
    id: Slug
    vignette: Slug | None = None
    stem: Text
    options: Annotated[list[_OptionShape], Field(min_length=3, max_length=5)]
    key: Annotated[list[_OptionId], Field(min_length=1, max_length=5)]
    domain: Code
    competencies: Annotated[list[Code], Field(min_length=1, max_length=4)]
    level: Literal["recall", "apply", "analyse"]
    difficulty: Annotated[StrictInt, Field(ge=1, le=5)]
    pool: Literal["practice", "mock"]
    status: Literal["draft", "pretest", "live", "retired"]
    refs: Annotated[list[Code], Field(min_length=1, max_length=8)]
    reviewed: ReviewShape


class _ItemsShape(FileShape):
    topic: Slug
    title: Line | None = None
    lesson: LessonId | None = None
    vignettes: tuple[_VignetteShape, ...] = ()
    items: Annotated[list[_ItemShape], Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class ItemFile:
    """One question file: a topic, the lesson it belongs to, and its items in order."""

    topic: str
    title: str
    area: str
    lesson: str
    items: tuple[Item, ...]


def read_item_file(text: str, *, path: str) -> tuple[ItemFile | None, list[Problem]]:
    """Reads one question file. None: the file has errors and cannot serve."""
    node, problems = read_yaml(text, path=path)
    if node is None:
        return None, problems
    shape, misfits = fit(_ItemsShape, node, path=path)
    if shape is None:
        return None, problems + misfits
    reader = _Reader(shape, node, path)
    items = tuple(reader.item(position) for position in range(len(shape.items)))
    reader.check_file()
    if reader.faults:
        return None, problems + reader.faults
    return reader.file(items), problems


class _Reader:
    """Turns a file that has the right shape into items, collecting what the shape cannot see."""

    def __init__(self, shape: _ItemsShape, node: Node, path: str) -> None:
        self.shape = shape
        self.node = node
        self.path = path
        self.area = PurePosixPath(path).parent.name
        self.vignettes = {vignette.id: vignette.text for vignette in shape.vignettes}
        self.faults: list[Problem] = []

    def file(self, items: tuple[Item, ...]) -> ItemFile:
        return ItemFile(
            topic=self.shape.topic,
            title=self._title(),
            area=self.area,
            lesson=self.shape.lesson or "",
            items=items,
        )

    def item(self, position: int) -> Item:
        shape = self.shape.items[position]
        steps: tuple[str | int, ...] = ("items", position)
        self._check_item(shape, steps)
        reviewed, faults = review_mark(
            shape.reviewed, self.node, (*steps, "reviewed"), path=self.path
        )
        self.faults += faults
        return Item(
            id=shape.id,
            stem=shape.stem,
            options=tuple(Option(one.id, one.text, one.why) for one in shape.options),
            key=tuple(shape.key),
            domain=shape.domain,
            competencies=tuple(shape.competencies),
            level=shape.level,
            difficulty=shape.difficulty,
            pool=shape.pool,
            status=shape.status,
            refs=tuple(shape.refs),
            reviewed=reviewed,
            topic=self.shape.topic,
            topic_title=self._title(),
            area=self.area,
            lesson=self.shape.lesson or "",
            vignette_id=shape.vignette or "",
            vignette=self.vignettes.get(shape.vignette or "", ""),
            path=self.path,
            line=self.node.place(("items", position))[0],
        )

    def check_file(self) -> None:
        """Checks what belongs to the file as a whole."""
        stem = PurePosixPath(self.path).stem
        if self.shape.topic != stem:
            message = f"The topic “{self.shape.topic}” differs from the file name “{stem}”."
            self._fault(("topic",), "IT301", message, "Give both the same name.")
        self._no_repeats(("items",), [item.id for item in self.shape.items])
        self._no_repeats(("vignettes",), [vignette.id for vignette in self.shape.vignettes])
        used = {item.vignette for item in self.shape.items}
        for position, vignette in enumerate(self.shape.vignettes):
            self._no_html(("vignettes", position, "text"), vignette.text)
            if vignette.id not in used:
                message = f"No question uses the vignette “{vignette.id}”."
                advice = "Delete it, or name it in a question with “vignette: …”."
                self._fault(("vignettes", position), "IT306", message, advice)

    def _check_item(self, shape: _ItemShape, steps: tuple[str | int, ...]) -> None:
        ids = [option.id for option in shape.options]
        self._no_repeats((*steps, "options"), ids)
        self._check_key(shape, steps, ids)
        self._no_repeats((*steps, "competencies"), shape.competencies)
        self._no_repeats((*steps, "refs"), shape.refs)
        if shape.vignette is not None and shape.vignette not in self.vignettes:
            message = f"This file has no vignette “{shape.vignette}”."
            advice = "Correct the id, or add the vignette at the top of the file."
            self._fault((*steps, "vignette"), "IT305", message, advice)
        self._no_html((*steps, "stem"), shape.stem)
        for place, option in enumerate(shape.options):
            self._no_html((*steps, "options", place, "text"), option.text)
            self._no_html((*steps, "options", place, "why"), option.why)

    def _check_key(self, shape: _ItemShape, steps: tuple[str | int, ...], ids: list[str]) -> None:
        if len(shape.key) != 1:
            message = f"The key names {len(shape.key)} options; each question has one best answer."
            self._fault((*steps, "key"), "IT303", message, "Keep the one best option in the key.")
        for named in shape.key:
            if named not in ids:
                message = f"The key “{named}” is none of the options {', '.join(ids)}."
                self._fault((*steps, "key"), "IT302", message, "Name the id of the best option.")

    def _no_repeats(self, steps: tuple[str | int, ...], names: list[str]) -> None:
        for position, name in enumerate(names):
            if name in names[:position]:
                line = self.node.place((*steps, names.index(name)))[0]
                message = f"“{name}” stands here and on line {line}."
                advice = "Give the second one an id of its own, or delete it."
                self._fault((*steps, position), "IT304", message, advice)

    def _no_html(self, steps: tuple[str | int, ...], text: str) -> None:
        found = _HTML.search(text)
        if found:
            message = f"There is HTML in this text: {found.group()}"
            advice = "Use *asterisks* for emphasis; write the signs < and > as words."
            self._fault(steps, "IT307", message, advice)

    def _fault(self, steps: tuple[str | int, ...], code: str, message: str, advice: str) -> None:
        self.faults.append(
            problem_at(self.node, steps, path=self.path, code=code, message=message, advice=advice)
        )

    def _title(self) -> str:
        return self.shape.title or self.shape.topic.replace("-", " ").capitalize()
