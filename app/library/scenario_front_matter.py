"""The front matter of a case: its shapes, and the declarations read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from app.domain.review_mark import ReviewMark
from app.domain.scenario import Scenario
from app.domain.scenario_activity import Showing
from app.domain.scenario_declared import (
    CastMember,
    Consent,
    Effect,
    Fact,
    PassMark,
    RandomDraw,
    Reference,
    Rule,
    StateVariable,
)
from app.domain.scenario_vocabulary import FeedbackTime, Place, Show, Value
from app.library.case_front_shapes import (
    CastShape,
    ConsentShape,
    FrontBase,
    FrontShape,
    PassShape,
    RuleShape,
    StateShape,
)
from app.library.case_limits import declared_fit, range_fits
from app.library.case_lines import MAIN_FILE, CaseLine, Faults
from app.library.case_values import NAME, condition_of, effects_of, literal
from app.library.schema import AnyShape, fit, review_mark
from app.library.yaml_file import read_yaml
from app.library.yaml_node import Node

_RANGE = re.compile(r"(-?[0-9]{1,6}) *\.\. *(-?[0-9]{1,6})")
_ENTRIES = ("cast", "state", "consents", "facts", "refs", "random")  # maps of one entry a line
_NO_PLACE = Place(MAIN_FILE, 1, 1)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the body: the case without its scenes, and files that go on with it."""

    scenario: Scenario
    parts: tuple[str, ...]


def read_front_matter(text: str, *, faults: Faults) -> FrontMatter | None:
    """Reads the declarations of a case. None: not even its keys can be read."""
    file = f"{faults.path}/{MAIN_FILE}"
    node, problems = read_yaml(text, path=file, first_line=2)
    faults.problems += problems
    if node is None:
        return None
    faults.subject = node.name()
    if isinstance(node.value, dict):
        counted = {key: below.value for key, below in node.value.items()}
        if not declared_fit(counted, faults, {key: node.keys[key][0] for key in counted}):
            return None
    shape, misfits = fit(FrontShape, node, path=file)
    faults.problems += misfits
    if shape is None:
        shape = _fit_what_is_sound(node)
    return _Reader(shape, node, faults).front_matter() if shape else None


def _fit_what_is_sound(node: Node) -> FrontBase | None:
    """Leaves out what does not fit, so that the rest of the case can still be checked."""
    plain = node.plain()
    for _ in range(2):
        try:
            return FrontShape.model_validate(plain)
        except ValidationError as error:
            for fault in error.errors():
                _leave_out(plain, fault["loc"])
    return None


def _leave_out(plain: Any, steps: tuple[str | int, ...]) -> None:
    key = steps[0] if steps else ""
    entries = plain.get(key) if isinstance(plain, dict) else None
    if key in _ENTRIES and len(steps) > 1 and isinstance(entries, dict):
        entries.pop(steps[1], None)
    elif isinstance(plain, dict):
        plain.pop(key, None)


class _Reader:
    """Turns a shape that fits into declarations with their places."""

    def __init__(self, shape: FrontBase, node: Node, faults: Faults) -> None:
        self.shape = shape
        self.node = node
        self.faults = faults
        self.file = f"{faults.path}/{MAIN_FILE}"

    def front_matter(self) -> FrontMatter:
        shape = self.shape
        self._note_what_is_missing()
        scenario = Scenario(
            id=shape.id or "",
            title=shape.title or "",
            start=shape.start or "",
            scenes=(),
            version=shape.version,
            language=shape.language or "en",
            minutes=shape.minutes,
            level=shape.level or "",
            tags=tuple(shape.tags),
            author=shape.author or "",
            review=self._review(),
            feedback_time=FeedbackTime(shape.feedback),
            competencies=tuple(shape.competencies),
            cast=self._cast(),
            state=self._state(),
            consents=self._consents(),
            facts=tuple(Fact(k, v, self._place("facts", k)) for k, v in shape.facts.items()),
            rules=self._rules(),
            draws=self._draws(),
            references=tuple(
                Reference(k, v, self._place("refs", k)) for k, v in shape.refs.items()
            ),
            pass_mark=self._pass_mark(),
            path=self.faults.path,
            front_matter=Place(MAIN_FILE, 1, self.node.line),
        )
        return FrontMatter(scenario, tuple(shape.parts))

    def _note_what_is_missing(self) -> None:
        if self.shape.format != 1:
            self.faults.add("SC101", "The format is missing or not known.", self._place("format"))
        for key in ("id", "title", "language", "start"):
            if not getattr(self.shape, key):
                message = f"“{key}” is missing in the front matter."
                self.faults.add("SC103", message, _NO_PLACE, f"Add a line “{key}: …”.")
        if not self.shape.competencies:
            message = "“competencies” is missing in the front matter."
            self.faults.add("SC103", message, _NO_PLACE, "Name what the case lets people show.")
        folder = self.faults.path.rpartition("/")[2]
        if self.shape.id and folder and self.shape.id != folder:
            message = f"The case is called “{self.shape.id}”, its folder “{folder}”."
            self.faults.add("SC102", message, self._place("id"))

    def _place(self, *steps: str | int) -> Place:
        line = self.node.place(steps)[0]
        return Place(MAIN_FILE, line, line)

    def _below(self, *steps: str) -> Node:
        node = self.node
        for step in steps:
            node = node.step(step) or node
        return node

    def _line(self, *steps: str | int) -> CaseLine:
        return CaseLine(MAIN_FILE, self._place(*steps).line, "")

    def _review(self) -> ReviewMark | None:
        if self.shape.review is None:
            return None
        mark, problems = review_mark(self.shape.review, self.node, ("review",), path=self.file)
        self.faults.problems += problems
        return mark

    def _entry(self, shape: type[AnyShape], *steps: str) -> AnyShape | None:
        """Fits one entry. None: it does not fit, and that has been noted."""
        node = self._below(*steps)
        if not isinstance(node.value, dict):
            message = f"“{steps[-1]}” needs keys of its own."
            advice = "Write them in braces, {key: value}, or indented below."
            self.faults.add("SC111", message, self._place(*steps), advice)
            return None
        found, problems = fit(shape, node, path=self.file)
        self.faults.problems += problems
        return found

    def _cast(self) -> tuple[CastMember, ...]:
        found = ((key, self._entry(CastShape, "cast", key)) for key in self.shape.cast)
        return tuple(
            CastMember(
                id=key,
                name=one.name,
                role=one.role or "",
                age=one.age or "",
                picture=one.picture or "",
                alt=one.alt or "",
                place=self._place("cast", key),
            )
            for key, one in found
            if one is not None
        )

    def _state(self) -> tuple[StateVariable, ...]:
        shapes = ((name, self._entry(StateShape, "state", name)) for name in self.shape.state)
        found = (self._variable(name, shape) for name, shape in shapes if shape is not None)
        return tuple(variable for variable in found if variable is not None)

    def _variable(self, name: str, shape: StateShape) -> StateVariable | None:
        place = self._place("state", name)
        told = [shape.range is not None, shape.values is not None, shape.flag is not None]
        if sum(told) != 1 or not NAME.fullmatch(name):
            advice = "Write {range: 0..10, start: 5}, {values: [a, b], start: a} or {flag: true}."
            self.faults.add("SC111", f"The state variable “{name}” needs one kind.", place, advice)
            return None
        bounds = _RANGE.fullmatch(shape.range or "0..0")
        if bounds and not range_fits(name, int(bounds[1]), int(bounds[2]), place, self.faults):
            return None
        if bounds is None or int(bounds[1]) > int(bounds[2]):
            message = f"The range of “{name}” cannot be read."
            self.faults.add("SC111", message, place, "Write the lowest and highest: 0..10.")
            return None
        variable = StateVariable(
            name=name,
            start=_start(shape),
            low=int(bounds[1]),
            high=int(bounds[2]),
            words=tuple(shape.values or ()),
            label=shape.label or "",
            show=Show(shape.show),
            place=place,
        )
        return self._fitting_start(variable, is_flag=bool(shape.flag))

    def _fitting_start(self, variable: StateVariable, *, is_flag: bool) -> StateVariable | None:
        """A start of the wrong kind would change what the variable is."""
        fits = isinstance(variable.start, bool) if is_flag else not isinstance(variable.start, bool)
        if variable.is_range and not is_flag:
            fits = isinstance(variable.start, int) and not isinstance(variable.start, bool)
        if fits:
            return variable
        message = f"The start of “{variable.name}” is not one of its values."
        self.faults.add("SC301", message, variable.place)
        return None

    def _consents(self) -> tuple[Consent, ...]:
        found = ((key, self._entry(ConsentShape, "consents", key)) for key in self.shape.consents)
        return tuple(
            Consent(
                id=key,
                giver=getattr(one, "from"),
                receiver=one.to,
                covers=one.covers,
                never=one.never,
                form=one.form,
                until=one.until or "",
                place=self._place("consents", key),
            )
            for key, one in found
            if one is not None
        )

    def _rules(self) -> tuple[Rule, ...]:
        found = (self._rule(number, one) for number, one in enumerate(self.shape.rules))
        return tuple(rule for rule in found if rule is not None)

    def _rule(self, number: int, shape: RuleShape) -> Rule | None:
        when = condition_of(shape.when, self._line("rules", number), self.faults)
        effects: tuple[Effect, ...] = ()
        if shape.set:
            effects = effects_of(shape.set, self._line("rules", number), self.faults)
        if when is None:
            return None
        place = self._place("rules", number)
        return Rule(shape.id, when, shape.go or "", effects, shape.once, place)

    def _draws(self) -> tuple[RandomDraw, ...]:
        draws = []
        for name, told in self.shape.random.items():
            weights = told if isinstance(told, dict) else dict.fromkeys(told, 1)
            if not any(weights.values()):
                message = f"The random draw “{name}” has nothing to draw from."
                self.faults.add("SC111", message, self._place("random", name))
                continue
            place = self._place("random", name)
            draws.append(RandomDraw(name, tuple(weights), tuple(weights.values()), place))
        return tuple(draws)

    def _pass_mark(self) -> PassMark | None:
        if getattr(self.shape, "pass") is None:
            return None
        shape = self._entry(PassShape, "pass")
        if shape is None:
            return None
        needs = tuple(Showing(code, count) for code, count in shape.needs.items())
        return PassMark(needs, shape.never is not None, self._place("pass"))


def _start(shape: StateShape) -> Value:
    """Reads a start as its kind would have it: `no` is a word where words are listed."""
    if shape.values is not None:
        is_truth = isinstance(shape.start, bool)
        return str(shape.start).lower() if is_truth else str(shape.start)
    return literal(shape.start) if isinstance(shape.start, str) else shape.start
