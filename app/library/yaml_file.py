"""The one careful reader of YAML: values with their places, or problems, never an exception.

It builds its own values from the parser's events, so that depth, size, anchors and tags are
refused before anything is built, and `no`, `on`, `12:30` and dates stay the text they look like.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Protocol

import yaml

from app.domain.problem import Problem, Severity
from app.library.text_file import MAX_YAML_BYTES, clean_text
from app.library.yaml_advice import advice_for
from app.library.yaml_node import Node

MAX_DEPTH = 20
MAX_NODES = 50_000

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser where libyaml is there
_INTEGER = re.compile(r"-?[1-9][0-9]{0,14}|0")
_NULLS = frozenset({"", "~", "null"})
_TRUTH = {"true": True, "false": False}


class _Mark(Protocol):
    line: int
    column: int


class _RefusedError(Exception):
    """Carries the problem that ends the reading of a file."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_yaml(text: str, *, path: str, first_line: int = 1) -> tuple[Node | None, list[Problem]]:
    """Reads one YAML document with the place of every value.

    Units: `first_line` is the line of the file on which the text begins.
    None: the node is None when a problem keeps the text from being read.
    """
    if len(text) > MAX_YAML_BYTES:
        message = f"The file is larger than {MAX_YAML_BYTES // 1024} KB."
        return None, [
            Problem("YF101", Severity.ERROR, path, message, "Split it into several files.")
        ]
    text_or_none, problems = clean_text(text, path=path)
    if text_or_none is None:
        return None, problems
    builder = _Builder(text, path, first_line)
    try:
        node = builder.build()
    except _RefusedError as refused:
        return None, [*builder.problems, refused.problem]
    if any(problem.severity is Severity.ERROR for problem in builder.problems):
        return None, builder.problems
    return node, builder.problems


class _Builder:
    """Builds nodes from parser events with a stack of its own, so that depth costs nothing."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.path = path
        self.first_line = first_line
        self.problems: list[Problem] = []
        self.stack: list[Node] = []
        self.pending: list[tuple[str, tuple[int, int]] | None] = []  # a key waiting for its value
        self.root: Node | None = None
        self.count = 0
        self.documents = 0

    def build(self) -> Node:
        loader = _LOADER(self.text)
        try:
            while loader.check_event():
                self._take(loader.get_event())
        except yaml.YAMLError as error:
            raise _RefusedError(self._syntax_problem(error)) from error
        finally:
            loader.dispose()
        if self.root is None:
            message = "There is nothing in this file."
            raise _RefusedError(self._problem("YF112", message, "Start from a finished example."))
        return self.root

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):  # first, since most events are
            self.count += 1
            if event.anchor or event.tag or self.count > MAX_NODES:
                self._refuse(event, event.tag)
            self._add_scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.pending.pop()
        elif isinstance(event, yaml.CollectionStartEvent):
            self.count += 1
            if event.anchor or event.tag or self.count > MAX_NODES:
                self._refuse(event, event.tag)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = "A second document starts here."
                advice = "Keep one document in a file; delete this line of dashes."
                raise _RefusedError(self._problem("YF114", message, advice, event.start_mark))

    def _refuse(self, event: yaml.NodeEvent, tag: str | None) -> None:
        if event.anchor:
            message = "Anchors (&name) and aliases (*name) are not used in content files."
            advice = "Write the value out, or put quotes around a text that starts with & or *."
            raise _RefusedError(self._problem("YF106", message, advice, event.start_mark))
        if tag:
            message = f"Tags such as {tag} are not used in content files."
            advice = "Delete it, or put quotes around a text that starts with an exclamation mark."
            raise _RefusedError(self._problem("YF111", message, advice, event.start_mark))
        message = f"There are more than {MAX_NODES:,} values in this file."
        advice = "Split it into several files."
        raise _RefusedError(self._problem("YF109", message, advice, event.start_mark))

    def _open(self, empty: list[Node] | dict[str, Node], event: yaml.NodeEvent) -> None:
        if len(self.stack) >= MAX_DEPTH:
            message = f"Values are nested more than {MAX_DEPTH} deep."
            advice = "Look for brackets or indentation that should not be there."
            raise _RefusedError(self._problem("YF108", message, advice, event.start_mark))
        line, column = self._place(event.start_mark)
        node = Node(empty, line, column)
        self._attach(node, event.start_mark)
        self.stack.append(node)
        self.pending.append(None)

    def _add_scalar(self, event: yaml.ScalarEvent) -> None:
        line, column = self._place(event.start_mark)
        is_plain = event.implicit[0]
        if self.stack and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None:
            self._take_key(event.value, (line, column), event.start_mark, is_plain=is_plain)
            return
        value = _plain_value(event.value) if is_plain else event.value
        if is_plain and event.value.count(" ") >= 3:
            self._warn_of_comment(event)
        self._attach(Node(value, line, column), event.start_mark)

    def _take_key(
        self, key: str, place: tuple[int, int], mark: _Mark | None, *, is_plain: bool
    ) -> None:
        if is_plain and key == "<<":
            message = "Merge keys (<<) are not used in content files."
            raise _RefusedError(self._problem("YF110", message, "Write the values out.", mark))
        earlier = self.stack[-1].keys.get(key)
        if earlier is not None:
            message = (
                f"The key “{key}” stands here twice: on line {earlier[0]} and on line {place[0]}."
            )
            advice = "Keep one of them. If both belong, a dash for a new entry may be missing."
            self.problems.append(self._problem("YF107", message, advice, mark))
        self.pending[-1] = (key, place)

    def _attach(self, node: Node, mark: _Mark | None) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            waiting = self.pending[-1]
            if waiting is None:
                message = "A list or mapping stands where a key should be."
                advice = (
                    "Start the line with a key and a colon; quote text that starts with [ or {."
                )
                raise _RefusedError(self._problem("YF113", message, advice, mark))
            key, parent.keys[key] = waiting[0], waiting[1]
            parent.value[key] = node
            self.pending[-1] = None

    def _warn_of_comment(self, event: yaml.ScalarEvent) -> None:
        end = event.end_mark
        line = self.lines[end.line] if end and end.line < len(self.lines) else ""
        if end and line[end.column :].lstrip().startswith("#"):
            message = "The text ends at the # sign: what follows is taken as a comment."
            advice = "If it belongs to the text, put the whole text in quotes or start it with >-."
            problem = self._problem("YF115", message, advice, end)
            self.problems.append(replace(problem, severity=Severity.WARNING))

    def _syntax_problem(self, error: yaml.YAMLError) -> Problem:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
        if "quoted scalar" in str(getattr(error, "context", "")):
            mark = getattr(error, "context_mark", None) or mark  # where the quote was opened
        line = self.lines[mark.line] if mark and mark.line < len(self.lines) else ""
        column = mark.column if mark else 0
        code, message, advice = advice_for(said, line[column:])
        return self._problem(code, message, advice, mark)

    def _problem(self, code: str, message: str, advice: str, mark: _Mark | None = None) -> Problem:
        line, column = self._place(mark) if mark else (None, None)
        return Problem(code, Severity.ERROR, self.path, message, advice, line=line, column=column)

    def _place(self, mark: _Mark | None) -> tuple[int, int]:
        if mark is None:
            return self.first_line, 1
        return mark.line + self.first_line, mark.column + 1


def _plain_value(text: str) -> str | int | bool | None:
    """Reads an unquoted scalar: only what looks like nothing else becomes more than text."""
    if text in _NULLS:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    return int(text) if _INTEGER.fullmatch(text) else text
