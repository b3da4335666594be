"""Somebody playing a case in a browser: reads the page, presses what is on it.

The case with every kind of task hides a telltale word in everything that must not be seen early.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.scenario import Scenario
from app.domain.scenario_activity import Activity, Order, Pick
from app.domain.scenario_walk import AnswerStep, ExpectStep, GoStep, PickStep, SeeStep, Walk
from app.library.case_folder import read_case_folder, read_case_texts
from app.web.shared.safe_html import inline_html

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.web.visit import Visitor

BUTTON = re.compile(
    r'<button class="scene-choices__choice" name="choice" value="(\d+)">'
    r".*?<span>(.*?)</span></button>",
    re.DOTALL,
)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TAG = re.compile(r"<[^>]+>")
# The whole words of the planted case: a random token may well hold two z and a letter.
TELLTALES = re.compile(r"zz(?:debrief|ending|feedback|never)[a-z]*(?:-[a-z]+)*")
LINE = re.compile(r'class="task__line">(.*?)</label>', re.DOTALL)


class CasePlayer:
    """One person in one run. Shape: `pages` holds every page that was sent, oldest first."""

    def __init__(self, visitor: Visitor, scenario: Scenario) -> None:
        self.visitor = visitor
        self.scenario = scenario
        self.pages: list[str] = []
        self.run = ""
        self.labels = {c.id: c.label for scene in scenario.scenes for c in scene.choices}
        self.options: dict[str, list[str]] = {}  # of all tasks: ids are short, and used again
        for scene in scenario.scenes:
            for one, text in options_of(scene.activity):
                self.options.setdefault(one, []).append(text)

    def start(self, request_key: str = "start") -> CasePlayer:
        sent = {"request_key": request_key}
        self.run = self.visitor.post(f"/play/cases/{self.scenario.id}", sent).location
        self.look()
        return self

    @property
    def run_id(self) -> str:
        return self.run.rpartition("/")[2]

    @property
    def page(self) -> str:
        return self.pages[-1]

    @property
    def words(self) -> str:
        """The page as a person reads it."""
        return words_of(self.page)

    @property
    def has_ended(self) -> bool:
        return "Debrief:" in self.page

    def look(self) -> str:
        """Opens the run again, wherever it leads."""
        response = self.visitor.get(self.run, expect=None)
        if response.status_code == 303:
            response = self.visitor.get(response.location)
        assert response.status_code == 200
        self.pages.append(response.text)
        return response.text

    def hidden(self) -> dict[str, str]:
        """What the form of the page sends by itself."""
        scene = self.page.partition('id="scene"')[2]
        return {k: html.unescape(v) for k, v in HIDDEN.findall(scene) if k != "csrf_token"}

    def buttons(self) -> dict[str, str]:
        """The choices that can be pressed, as number by words."""
        return {words_of(text): number for number, text in BUTTON.findall(self.page)}

    def numbered(self, text: str) -> str:
        """The number by which a line of a task goes on this page."""
        for line in LINE.findall(self.page):
            if text in words_of(line):
                found = re.search(r'value="(\d+)"|name="place\.(\d+)"', line)
                assert found is not None
                return found[1] or found[2]
        raise AssertionError(f"“{text}” is not on the page")

    def option(self, option_id: str) -> str:
        """The number by which an option or a step of the task goes on this page."""
        for text in self.options[option_id]:  # shown as it is written, with its straight quotes
            if words_of(text) in self.words:
                return self.numbered(words_of(text))
        raise AssertionError(f"no option “{option_id}” is on the page")

    def send(self, data: dict[str, object], *, expect: int | None = 303) -> TestResponse:
        """Presses a button of the page as it is."""
        response = self.visitor.post(
            f"/play/runs/{self.run_id}/steps", {**self.hidden(), **data}, expect=expect
        )
        if response.status_code == 303:
            self.look()
        else:
            self.pages.append(response.text)
        return response

    def choose(self, choice_id: str) -> None:
        label = words_of(str(inline_html(self.labels[choice_id])))
        self.send({"choice": self.buttons()[label]})

    def go_on(self) -> None:
        self.send({})

    def place(self, rings: dict[str, int], ties: list[dict[str, object]]) -> None:
        """Fills in the map. Shape: rings from 1, ties as the rules keep them."""
        data: dict[str, object] = {f"ring.{who}": str(ring - 1) for who, ring in rings.items()}
        for tie in ties:
            first, second = tie["pair"]  # type: ignore[misc]  # two ids
            names = (f"tie.{first}.{second}", f"tie.{second}.{first}")
            name = next(one for one in names if f'name="{one}"' in self.page)
            data[name] = tie["kind"]
        self.send(data)

    def walk(self, walk: Walk) -> None:
        """Follows a test walk through choices, tasks and looks."""
        for step in walk.steps:
            self._on_the_way(step)
            match step:
                case PickStep(choice):
                    self.choose(choice)
                case AnswerStep("map", answer):
                    self.place(answer["rings"], answer["ties"])
                case AnswerStep("tick", answer):
                    self.send({"chosen": [self.option(one) for one in answer["chosen"]]})
                case AnswerStep("order", answer):
                    places = enumerate(answer["order"], start=1)
                    self.send({f"place.{self.option(one)}": str(at) for at, one in places})
                case AnswerStep("say", answer):
                    self.send({"words": answer["words"]})
                case AnswerStep("judge", answer):
                    self.send({"judgment": str(answer["judgment"])})
                case SeeStep(_, seen):
                    assert seen in self.words.replace("’", "'")
                case GoStep():
                    self.go_on()

    def _on_the_way(self, step: object) -> None:
        """Follows the one way on, which walks need not spell out."""
        while ">Go on</button>" in self.page and not self.buttons():
            is_here = isinstance(step, SeeStep) and step.words in self.words.replace("’", "'")
            if is_here or isinstance(step, GoStep | ExpectStep):
                return
            self.go_on()


def options_of(activity: Activity | None) -> list[tuple[str, str]]:
    """What can be ticked or put in order, as id and words."""
    match activity:
        case Pick(options=options):
            return [(option.id, option.text) for option in options]
        case Order(items=items):
            return [(item.id, item.label) for item in items]
    return []


def words_of(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub("", markup)).split())


def case_in(folder: Path) -> Scenario:
    texts, _ = read_case_texts(folder, told="scenarios/all-kinds")
    scenario, _ = read_case_folder(texts, told="scenarios/all-kinds")
    assert scenario is not None
    return scenario


def edit(folder: Path, old: str, new: str) -> None:
    file = folder / "case.md"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def telltales(page: str) -> set[str]:
    return set(TELLTALES.findall(page))


def to_say(player: CasePlayer) -> CasePlayer:
    player.choose("zznever-expert")
    player.send({"chosen": [player.numbered("Ask Lena."), player.numbered("Call Ruth")]})
    player.go_on()
    player.send(
        {
            f"place.{player.numbered('Ask')}": "1",
            f"place.{player.numbered('Write')}": "2",
            f"place.{player.numbered('Sign')}": "3",
        }
    )
    player.go_on()
    return player


def to_map(player: CasePlayer) -> CasePlayer:
    to_say(player).send({"words": "I hear how worn out you are.\r\nAnd <b>now</b>?"})
    player.choose("say-reflect")
    player.send({"judgment": "-1"})
    player.go_on()
    return player


def to_last(player: CasePlayer) -> CasePlayer:
    to_map(player).place({"ruth": 2}, [{"pair": ["lena", "ruth"], "kind": "strains"}])
    player.go_on()
    return player
