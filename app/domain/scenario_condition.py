"""The condition language of cases: reading it, and answering it for one state of play.

Comparisons of one bounded variable with a literal, questions about consents, scenes and choices,
and `and`, `or`, `not`. There is no arithmetic between variables; that keeps every check exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.scenario_vocabulary import ConsentStatus, Value

LONGEST_CONDITION = 2_000  # characters
DEEPEST_NESTING = 30  # brackets and `not` inside each other

QUESTIONS = ("consent", "asked", "visited", "chose")
COMPARISONS = (">=", "<=", "!=", "=", ">", "<")
_WORDS = {"and", "or", "not", "true", "false", "breached", "ending"}
_TOKEN = re.compile(r"\s*(?:(>=|<=|!=|==|=|>|<|\(|\))|(-?\d{1,9})(?![\w-])|([A-Za-z_][\w-]*))")


class ConditionError(ValueError):
    """A condition that cannot be read; `advice` says how to write it."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Compare:
    """`alliance >= 3`, `limits = hers`, `met_ruth = true`."""

    name: str
    comparison: str
    value: Value


@dataclass(frozen=True, slots=True)
class Flag:
    """`met_ruth`: a flag named alone."""

    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """`consent(id)`, `asked(id)`, `visited(scene)` or `chose(choice)`."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Breached:
    """`breached`: something was told that no release covered."""


@dataclass(frozen=True, slots=True)
class EndingIs:
    """`ending = good`; it has an answer in the debrief only."""

    kind: str


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of its part."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Compare | Flag | Question | Breached | EndingIs | Not | All | AnyOf


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as its author wrote it, and what it means."""

    text: str
    node: Node
    line: int = field(default=0, compare=False)


class Facts(Protocol):
    """What a condition may ask about a state of play. None: there is no such variable."""

    def value_of(self, name: str) -> Value | None:
        """The value of a state variable or random draw."""

    def status_of(self, consent_id: str) -> ConsentStatus:
        """How things stand with a consent."""

    def has_visited(self, scene_id: str) -> bool:
        """Whether the learner has been in a scene and left it."""

    def has_chosen(self, choice_id: str) -> bool:
        """Whether a choice was taken."""

    @property
    def is_breached(self) -> bool:
        """Whether something was told without a release."""

    @property
    def ending_kind(self) -> str | None:
        """The kind of the ending that was reached."""


def read_condition(text: str, *, line: int = 0) -> Condition:
    """Reads a condition.

    Raises: ConditionError if it is empty, too long, too deep or not in the language.
    """
    if len(text) > LONGEST_CONDITION:
        raise ConditionError("The condition is too long.", "Split the scene or use a flag.")
    reader = _Reader(_tokens(text))
    node = reader.any_of(0)
    reader.end()
    return Condition(text.strip(), node, line)


def _tokens(text: str) -> list[str]:
    found: list[str] = []
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:end].strip()[:12]
            raise ConditionError(
                f"The condition cannot be read from “{rest}” on.",
                "Write, for example, `trust >= 3 and not consent(release)`.",
            )
        word = match.group(match.lastindex or 0)
        if word == "==":
            raise ConditionError("A comparison is written with one `=`.", "Write `name = value`.")
        found.append(word)
        position = match.end()
    return found


class _Reader:
    """Recursive descent over a list of tokens; depth is bounded, so hostile text is harmless."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        word = self.peek()
        self.at += 1
        return word

    def expect(self, word: str, after: str) -> None:
        if self.take() != word:
            raise ConditionError(f"A `{word}` is missing after `{after}`.")

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise ConditionError(
                f"The condition should end before `{self.peek()}`.", "Join parts with and, or."
            )

    def any_of(self, depth: int) -> Node:
        parts = [self.all_of(depth)]
        while self.peek() == "or":
            self.take()
            parts.append(self.all_of(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def all_of(self, depth: int) -> Node:
        parts = [self.one(depth)]
        while self.peek() == "and":
            self.take()
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, depth: int) -> Node:
        if depth > DEEPEST_NESTING:
            raise ConditionError("The condition is nested too deeply.", "Use a flag instead.")
        word = self.take()
        if word == "not":
            return Not(self.one(depth + 1))
        if word == "(":
            inner = self.any_of(depth + 1)
            self.expect(")", "(")
            return inner
        if word in QUESTIONS and self.peek() == "(":
            return self._question(word)
        return self._plain(word)

    def _question(self, kind: str) -> Node:
        self.take()
        subject = self.take()
        if not _is_name(subject):
            raise ConditionError(f"`{kind}( )` needs one id between the brackets.")
        self.expect(")", f"{kind}({subject}")
        return Question(kind, subject)

    def _plain(self, word: str) -> Node:
        if word == "breached":
            return Breached()
        if not _is_name(word) or (word in _WORDS and word != "ending"):
            told = f"`{word}`" if word else "the end"
            raise ConditionError(
                f"A name is expected where {told} stands.",
                "A condition looks like `trust >= 3` or `consent(release)`.",
            )
        if self.peek() not in COMPARISONS:
            if self.peek() == "(":
                raise ConditionError(
                    f"There is no question `{word}( )`.",
                    "There are " + ", ".join(f"{kind}( )" for kind in QUESTIONS) + ".",
                )
            return Flag(word)
        comparison = self.take()
        value = _literal(self.take())
        if word == "ending":
            return self._ending(comparison, value)
        return Compare(word, comparison, value)

    @staticmethod
    def _ending(comparison: str, value: Value) -> Node:
        if comparison not in {"=", "!="} or not isinstance(value, str):
            raise ConditionError("An ending is compared by kind.", "Write `ending = good`.")
        return EndingIs(value) if comparison == "=" else Not(EndingIs(value))


def _is_name(word: str) -> bool:
    return word[:1].isalpha() or word[:1] == "_"


def _literal(word: str) -> Value:
    if word in {"true", "false"}:
        return word == "true"
    if word.lstrip("-").isdecimal():
        return int(word)
    if _is_name(word) and word not in _WORDS:
        return word
    raise ConditionError("A comparison needs a number or a word on its right side.")


def parts_of(node: Node) -> Iterator[Node]:
    """Walks a condition: the node itself and everything inside it."""
    yield node
    match node:
        case Not(part):
            yield from parts_of(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from parts_of(part)
        case _:
            pass


def compare(left: Value, comparison: str, right: Value) -> bool:
    """Compares a variable's value with a literal; values of different kinds never agree."""
    if type(left) is not type(right):
        return False
    if comparison in {"=", "!="}:
        return (left == right) is (comparison == "=")
    if isinstance(left, bool) or not isinstance(left, int) or not isinstance(right, int):
        return False
    return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right}[
        comparison
    ]


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Answers a condition for one state of play. None: no condition, so it holds."""
    return condition is None or _answer(condition.node, facts)


def _answer(node: Node, facts: Facts) -> bool:
    match node:
        case Not(part):
            return not _answer(part, facts)
        case All(parts):
            return all(_answer(part, facts) for part in parts)
        case AnyOf(parts):
            return any(_answer(part, facts) for part in parts)
        case Compare(name, comparison, value):
            held = facts.value_of(name)
            return held is not None and compare(held, comparison, value)
        case Flag(name):
            return facts.value_of(name) is True
        case EndingIs(kind):
            return facts.ending_kind == kind
        case Breached():
            return facts.is_breached
        case Question(kind, subject):
            return _answer_question(kind, subject, facts)


def _answer_question(kind: str, subject: str, facts: Facts) -> bool:
    match kind:
        case "consent":
            return facts.status_of(subject) is ConsentStatus.GIVEN
        case "asked":
            # Asked whatever came of it: a release that was given had been asked for.
            return facts.status_of(subject) is not ConsentStatus.NONE
        case "visited":
            return facts.has_visited(subject)
        case _:
            return facts.has_chosen(subject)
