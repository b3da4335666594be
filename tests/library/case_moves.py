"""Random operations on a case, each with what it must do to the meaning and may do to the text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.domain.scenario import Block, Choice, Conditional, Scenario, Scene
from app.domain.scenario_activity import Say
from app.domain.scenario_condition import Condition, read_condition
from app.domain.scenario_declared import Add
from app.domain.scenario_vocabulary import EndingKind
from app.domain.scenario_walk import ExpectStep, PickStep, SeeStep, Walk
from app.library import case_edit
from app.library.case_blocks import blocks_of
from app.library.case_edit import Edit
from app.library.case_lines import CaseLine, Faults
from app.library.case_spans import CaseSpans, ChoiceSpan, Span, case_spans, text_at
from tests.library.case_edit_builders import meaning, with_scene

Files = dict[str, str]


@dataclass(frozen=True)
class Move:
    """An edit, the scenario it must lead to, and the lines it may touch.

    Shape: `inside` are lines of the text before, with the blank ones around them unless
    `is_exact`. None: any line that names `old`.
    """

    edit: Edit
    expected: Scenario
    inside: Span | None
    old: str = ""
    keeps_comments: bool = True
    is_exact: bool = False


SAY = Say(ask="Say it.", minutes=3, coded_by="supervisor")
TEXTS = (
    "Plain words.",
    "**Ann:** One thing.\n\nAnd <!-- kept --> another.",
    "::: if visited(end)\nThen.\n::: else\nElse.\n:::\n\nMore, with “quotes”.",
    "ending: good is only text here.",
    "    Set in.",
)
SCENE_KEYS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("time", "7", {"minutes": 7}),
    ("time", "", {"minutes": 0}),
    ("shuffle", "false", {"is_shuffled": False}),
    ("shuffle", "", {"is_shuffled": True}),
    ("ending", "poor", {"ending": EndingKind.POOR}),
    ("ending", "", {"ending": None}),
    ("assumes", "trust >= 1\nand breached", {"assumes": read_condition("trust >= 1 and breached")}),
    ("assumes", "", {"assumes": None}),
    ("shows", "FAM", {"shows": ("FAM",)}),
    ("on-enter", "trust +1", {"on_enter": (Add("trust", 1),)}),
    ("on-enter", "", {"on_enter": ()}),
)
CHOICE_KEYS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("rate", "1", {"rate": 1}),
    ("rate", "", {"rate": None}),
    ("feedback", "One\r\ntwo.\r\n\r\nThree.", {"feedback": "One two.\n\nThree."}),
    ("feedback", "", {"feedback": ""}),
    ("why", "Because: it is.", {"why": "Because: it is."}),
    ("why", "", {"why": ""}),
    ("locked", "- [not] -> yet", {"locked": "- [not] -> yet"}),
    ("if", "not breached", {"condition": read_condition("not breached")}),
    ("if", "", {"condition": None}),
    ("mi", "open", {"mi": "open"}),
    ("once", "true", {"is_once": True}),
    ("again", "", {"is_again": False}),
)


class RandomMoves:
    """Draws operations that a case allows."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0

    def draw(self, files: Files) -> Move:
        self.count += 1
        self.files, self.spans, self.before = files, case_spans(files), meaning(files)
        self.scene = self.chance.choice(self.spans.scenes)
        kinds: list[Callable[[], Move]] = [
            self.title, self.scene_key, self.text, self.activity, self.go, self.source,
            self.add_choice, self.add_scene, self.move_scene, self.remove_scene, self.split,
            self.rename_scene, self.part, self.front, self.walk, self.ids,
        ]  # fmt: skip
        if self.scene.choices:
            self.place = self.chance.randrange(len(self.scene.choices))
            kinds += [self.label, self.target, self.choice_key] * 2
            kinds += [self.move_choice, self.remove_choice, self.rename_choice]
        return self.chance.choice(kinds)()

    @property
    def choice(self) -> ChoiceSpan:
        return self.scene.choices[self.place]

    def _now(self) -> Scene:
        scene = self.before.scene(self.scene.id)
        assert scene is not None
        return scene

    def _scene_move(self, edit: Edit, inside: Span | None = None, **changes: object) -> Move:
        after = with_scene(self.before, self.scene.id, **changes)
        return Move(edit, after, inside or self.scene.span)

    def _choice_move(self, edit: Edit, inside: Span, **changes: object) -> Move:
        choices = list(self._now().choices)
        choices[self.place] = replace(choices[self.place], **changes)
        move = self._scene_move(edit, inside, choices=tuple(choices))
        return replace(move, is_exact=True)

    def _name(self) -> str:
        return f"new-{self.count}"

    def _goal(self) -> str:
        return self.chance.choice([*(s.id for s in self.spans.scenes), "nowhere-yet"])

    def title(self) -> Move:
        title = self.chance.choice(["", "A  new\ntitle", "Title [with] brackets", "Ü"])
        edit = case_edit.set_scene(self.files, self.scene.id, title=title)
        move = self._scene_move(edit, self.scene.heading, title=" ".join(title.split()))
        return replace(move, is_exact=True)

    def scene_key(self) -> Move:
        key, value, changes = self.chance.choice(SCENE_KEYS)
        edit = case_edit.set_scene(self.files, self.scene.id, keys={key: value})
        heading = self.scene.heading
        last = max([heading.last, *(one.span.last for one in self.scene.keys)])
        move = self._scene_move(edit, replace(heading, last=last), **changes)
        return replace(move, keeps_comments=bool(value), is_exact=True)

    def text(self) -> Move:
        if self.scene.more is not None:
            return self.title()
        text = self.chance.choice([*TEXTS, ""])
        edit = case_edit.set_scene(self.files, self.scene.id, text=text.replace("\n", "\r\n"))
        return replace(self._scene_move(edit, blocks=self._blocks(text)), keeps_comments=False)

    def _blocks(self, text: str) -> tuple[Block, ...]:
        text = text.replace("<!-- kept -->", "")
        lines = [CaseLine("x", n, line.rstrip()) for n, line in enumerate(text.split("\n"), 1)]
        speakers = {member.name.lower(): member.id for member in self.before.cast}
        return blocks_of(lines, speakers=speakers, faults=Faults(""))

    def activity(self) -> Move:
        is_there = self.chance.random() < 0.7
        told = "```say\nask: Say it.\nminutes: 3\n```" if is_there else ""
        edit = case_edit.set_scene(self.files, self.scene.id, activity=told)
        move = self._scene_move(edit, activity=SAY if is_there else None)
        return replace(move, keeps_comments=False)

    def go(self) -> Move:
        goal = self.chance.choice([self._goal(), self._goal(), ""])
        edit = case_edit.set_scene(self.files, self.scene.id, go=goal)
        return replace(self._scene_move(edit, go=goal), keeps_comments=bool(goal))

    def source(self) -> Move:
        source = text_at(self.files, self.scene.span)
        new = re.sub(r"\][^\r\n]*", "] Written anew", source, count=1)
        edit = case_edit.set_scene_source(self.files, self.scene.id, new.replace("\r\n", "\n"))
        move = self._scene_move(edit, self.scene.heading, title="Written anew")
        return replace(move, keeps_comments=False, is_exact=True)

    def label(self) -> Move:
        label = self.chance.choice(["Go", "Say: “[so]”\n and -> leave", "x" * 300])
        edit = case_edit.set_choice(self.files, self.scene.id, self.choice.name, label=label)
        return self._choice_move(edit, self.choice.head, label=" ".join(label.split()))

    def target(self) -> Move:
        goal = self._goal()
        edit = case_edit.set_choice(self.files, self.scene.id, self.choice.name, target=goal)
        return self._choice_move(edit, self.choice.head, target=goal)

    def choice_key(self) -> Move:
        key, value, changes = self.chance.choice(CHOICE_KEYS)
        edit = case_edit.set_choice(self.files, self.scene.id, self.choice.name, keys={key: value})
        return replace(
            self._choice_move(edit, self.choice.span, **changes), keeps_comments=bool(value)
        )

    def add_choice(self) -> Move:
        name, goal = self._name(), self._goal()
        edit = case_edit.add_choice(
            self.files, self.scene.id, label="A new one.", target=goal, choice_id=name
        )
        choices = (*self._now().choices, Choice(name, "A new one.", goal))
        return self._scene_move(edit, choices=choices)

    def remove_choice(self) -> Move:
        edit = case_edit.remove_choice(self.files, self.scene.id, self.choice.name)
        choices = [c for n, c in enumerate(self._now().choices) if n != self.place]
        spans = [c for n, c in enumerate(self.scene.choices) if n != self.place]
        move = self._scene_move(edit, choices=self._numbered(spans, choices))
        return replace(move, keeps_comments=False)

    def move_choice(self) -> Move:
        by = self.chance.choice([-2, -1, 1, 2])
        edit = case_edit.move_choice(self.files, self.scene.id, self.choice.name, by)
        goal = min(max(0, self.place + by), len(self.scene.choices) - 1)
        spans, choices = list(self.scene.choices), list(self._now().choices)
        spans.insert(goal, spans.pop(self.place))
        choices.insert(goal, choices.pop(self.place))
        return self._scene_move(edit, choices=self._numbered(spans, choices))

    def _numbered(
        self, spans: Sequence[ChoiceSpan], choices: Sequence[Choice]
    ) -> tuple[Choice, ...]:
        """Choices without a written id are called by their number."""
        return tuple(
            choice if span.id else replace(choice, id=f"{self.scene.id}-{number}")
            for number, (span, choice) in enumerate(zip(spans, choices, strict=True), start=1)
        )

    def add_scene(self) -> Move:
        name = self._name()
        after = self.chance.choice([self.scene.id, ""])
        edit = case_edit.add_scene(self.files, name, "A new\nscene", after=after)
        scenes = list(self.before.scenes)
        at = next((n for n, s in enumerate(scenes) if s.id == after), len(scenes) - 1)
        scenes.insert(at + 1, Scene(name, "A new scene"))
        span = self.spans.scenes[at].span
        return Move(
            edit, replace(self.before, scenes=tuple(scenes)), replace(span, first=span.last)
        )

    def remove_scene(self) -> Move:
        if len(self.spans.scenes) < 3:
            return self.add_scene()
        edit = case_edit.remove_scene(self.files, self.scene.id)
        scenes = tuple(s for s in self.before.scenes if s.id != self.scene.id)
        after = replace(self.before, scenes=scenes)
        return Move(edit, after, self.scene.span, keeps_comments=False)

    def move_scene(self) -> Move:
        by = self.chance.choice([-3, -1, 1, 2])
        edit = case_edit.move_scene(self.files, self.scene.id, by)
        scenes = list(self.before.scenes)
        start = self.spans.scenes.index(self.scene)
        goal = min(max(0, start + by), len(scenes) - 1)
        scenes.insert(goal, scenes.pop(start))
        low, high = sorted((self.spans.scenes[start].span, self.spans.scenes[goal].span), key=_at)
        inside = Span(low.file, low.first, high.last) if low.file == high.file else None
        return Move(edit, replace(self.before, scenes=tuple(scenes)), inside)

    def split(self) -> Move:
        scene = self.scene
        if scene.more is not None or any(k.name == "ending" for k in scene.keys):
            return self.label() if scene.choices else self.title()
        line = scene.text.first
        edit = case_edit.split_scene(self.files, scene.id, line, self._name(), "Later")
        now = self._now()
        first = replace(
            now, blocks=(), activity=None, choices=(), go=self._name(), is_shuffled=True, shows=()
        )
        if scene.activity and scene.activity.first < line:
            first = replace(first, activity=now.activity)
        second = Scene(
            self._name(), "Later", now.blocks, is_shuffled=now.is_shuffled, shows=now.shows,
            activity=None if first.activity else now.activity, go=now.go,
        )  # fmt: skip
        spans = [replace(c, spare="") for c in scene.choices]
        self.scene = replace(scene, id=self._name())
        second = replace(second, choices=self._numbered(spans, now.choices))
        at = self.before.scenes.index(now)
        scenes = (*self.before.scenes[:at], first, second, *self.before.scenes[at + 1 :])
        return Move(edit, replace(self.before, scenes=scenes), scene.span)

    def rename_scene(self) -> Move:
        old, new = self.scene.id, self._name()
        edit = case_edit.rename_scene(self.files, old, new)
        return Move(
            edit,
            Renaming(self.spans, scenes={old: new}, choices={}).scenario(self.before),
            None,
            old,
        )

    def rename_choice(self) -> Move:
        old, new = self.choice.name, self._name()
        if sum(c.name == old for s in self.spans.scenes for c in s.choices) > 1:
            return self.label()
        edit = case_edit.rename_choice(self.files, self.scene.id, old, new)
        after = Renaming(self.spans, scenes={}, choices={old: new}).scenario(self.before)
        return Move(edit, after, None, old if self.choice.id else "- [")

    def part(self) -> Move:
        part = self.chance.choice(["brief", "notes"])
        if part == "notes":
            edit = case_edit.set_part(self.files, part, "New words.\r\n")
            after = replace(self.before, trainer_notes="New words.")
        else:
            text = self.chance.choice(TEXTS)
            edit = case_edit.set_part(self.files, part, text)
            after = replace(self.before, brief=self._blocks(text))
        inside = getattr(self.spans, part) or Span("case.md", 1, 10_000)
        return Move(edit, after, inside, keeps_comments=False)

    def front(self) -> Move:
        assert self.spans.front is not None
        text = text_at(self.files, self.spans.front)
        title = f"Title {self.count}"
        line = text.split("\ntitle: ")[0].count("\n") + 2
        text = re.sub(r"\ntitle: [^\r\n]*", f"\ntitle: {title}", text)
        edit = case_edit.set_part(self.files, "front", text)
        after = replace(self.before, title=title)
        return Move(edit, after, Span("case.md", line, line), is_exact=True)

    def walk(self) -> Move:
        name = "walks/zz.walk"
        walks = tuple(walk for walk in self.before.walks if walk.name != name)
        if name in self.files:
            edit = case_edit.remove_file(self.files, name)
        else:
            edit = case_edit.set_file(self.files, name, "seed 9\npick nothing")
            walks = (*walks, Walk(name, 9, (PickStep("nothing", 2),)))
        return Move(edit, replace(self.before, walks=walks), Span(name, 1, 10))

    def ids(self) -> Move:
        return Move(case_edit.add_missing_ids(self.files), self.before, None, "]")


def _at(span: Span) -> tuple[str, int]:
    return span.file, span.first


class Renaming:
    """What other ids mean for a scenario, told without looking at any text."""

    def __init__(
        self, spans: CaseSpans, *, scenes: dict[str, str], choices: dict[str, str]
    ) -> None:
        self.scenes = scenes
        self.choices = choices
        self.unwritten = {c.spare for s in spans.scenes for c in s.choices if not c.id}

    def scenario(self, before: Scenario) -> Scenario:
        return replace(
            before,
            start=self._scene_id(before.start),
            scenes=tuple(self._scene(scene) for scene in before.scenes),
            rules=tuple(
                replace(rule, when=self._condition(rule.when), go=self._scene_id(rule.go))
                for rule in before.rules
            ),
            brief=self._blocks(before.brief),
            debrief=tuple(replace(p, blocks=self._blocks(p.blocks)) for p in before.debrief),
            walks=tuple(self._walk(walk) for walk in before.walks),
        )

    def _scene_id(self, name: str) -> str:
        return self.scenes.get(name, name) if name else ""

    def _choice_id(self, name: str) -> str:
        return self.choices.get(name, name)

    def _scene(self, scene: Scene) -> Scene:
        new = self._scene_id(scene.id)
        return replace(
            scene,
            id=new,
            go=self._scene_id(scene.go),
            assumes=self._condition(scene.assumes),
            blocks=self._blocks(scene.blocks),
            choices=tuple(
                replace(
                    choice,
                    id=self._renumbered(scene.id, new, choice.id),
                    target=self._scene_id(choice.target),
                    condition=self._condition(choice.condition),
                )
                for choice in scene.choices
            ),
        )

    def _renumbered(self, scene: str, new_scene: str, name: str) -> str:
        if name in self.unwritten and name not in self.choices:
            return new_scene + name.removeprefix(scene)
        return self._choice_id(name)

    def _condition(self, condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        text = condition.text
        for kind, names in (("visited", self.scenes), ("chose", self.choices)):
            for old, new in names.items():
                text = re.sub(rf"({kind}\s*\(\s*){re.escape(old)}(\s*\))", rf"\g<1>{new}\2", text)
        return read_condition(text)

    def _blocks(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        return tuple(
            replace(
                block,
                branches=tuple(
                    replace(b, condition=self._condition(b.condition)) for b in block.branches
                ),
            )
            if isinstance(block, Conditional)
            else block
            for block in blocks
        )

    def _walk(self, walk: Walk) -> Walk:
        steps = []
        for step in walk.steps:
            match step:
                case PickStep(choice, line):
                    steps.append(PickStep(self._choice_id(choice), line))
                case SeeStep(scene, words, line):
                    steps.append(SeeStep(self._scene_id(scene), words, line))
                case ExpectStep("at" | "ending" as subject, (name,), line):
                    steps.append(ExpectStep(subject, (self._scene_id(name),), line))
                case ExpectStep("open" | "locked" | "hidden" as subject, (name,), line):
                    steps.append(ExpectStep(subject, (self._choice_id(name),), line))
                case _:
                    steps.append(step)
        return replace(walk, steps=tuple(steps))
