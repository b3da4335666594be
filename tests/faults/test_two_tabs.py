"""One mock exam in two tabs, in any order a person may use them.

Forms are read as the page's are. The model and the database must agree after every step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict

from app.domain import attempt as rules
from app.domain.attempt import AnswerGiven, Attempt, Response
from app.domain.errors import Conflict, InvalidInput
from app.domain.person import Viewer
from app.services import mock_exam
from app.storage.store import Store, open_store
from app.web.exam.mock_inputs import read_slot
from tests.cast import NOW, a_person, as_viewer
from tests.faults import exams
from tests.faults.counts import times
from tests.weaker_rules import Rule, blanks_count, no_memory_of_keys, no_revision_check

QUESTIONS = 2
STEPS = 30
TABS = st.integers(0, 1)
POSITIONS = st.integers(1, QUESTIONS)
OPTIONS = st.sampled_from("abcd")


@dataclass
class Shown:
    """What a tab shows of one question: the answer, and the revision it was loaded at."""

    chosen: str = ""
    revision: int = 0


@dataclass
class Tab:
    """One tab. `sent` is its last post: the place and the form."""

    shows: dict[int, Shown] = field(default_factory=dict)
    sent: tuple[int, dict[str, str]] | None = None


@dataclass
class Model:
    """What the person was told is saved, oldest first by question, and under which key."""

    saved: dict[int, list[str]]
    by_key: dict[str, int] = field(default_factory=dict)  # the revision it became
    handed_in: Attempt | None = None

    def current(self, position: int) -> Shown:
        answers = self.saved[position]
        return Shown(answers[-1] if answers else "", len(answers))


class TwoTabs(RuleBasedStateMachine):
    """Plays one exam in two tabs. The class attributes are set by the test that runs it."""

    engine: Engine
    viewer: Viewer
    number = 0

    def __init__(self) -> None:
        super().__init__()
        self._stores = [open_store(self.engine, self.viewer.organisation_id) for _ in range(2)]
        self.stores = [opened.__enter__() for opened in self._stores]
        self.tabs = [Tab(), Tab()]
        self.keys = iter(range(10_000))

    def teardown(self) -> None:
        if hasattr(self, "exam"):
            self._hand_in(0)  # the next exam may start only when this one is over
        for opened in self._stores:
            opened.__exit__(None, None, None)

    @initialize()
    def start(self) -> None:
        type(self).number += 1
        key = f"exam {self.number}"
        self.exam = exams.start_exam(self.stores[0], self.viewer, questions=QUESTIONS, key=key)
        self.model = Model({position: [] for position in range(1, QUESTIONS + 1)})
        for position in self.model.saved:
            self.open_a_question(0, position)
            self.open_a_question(1, position)

    @rule(tab=TABS, position=POSITIONS)
    def open_a_question(self, tab: int, position: int) -> None:
        """Opening and reloading are the same: the tab takes over what is saved."""
        kept = self.stores[tab].attempts.current_responses(self.exam.id).get(position)
        self.stores[tab].end_reading()
        shown = Shown(_chosen(kept), kept.revision) if kept else Shown()
        assert shown == self.model.current(position), "a page shows something else than was saved"
        self.tabs[tab].shows[position] = shown

    @rule(tab=TABS, position=POSITIONS, option=OPTIONS, reply_is_lost=st.booleans())
    def answer(self, tab: int, position: int, option: str, reply_is_lost: bool) -> None:
        """From a tab that is up to date, or from one that is behind: the rules must know."""
        self._press(tab, position, {"chosen": option}, reply_is_lost=reply_is_lost)

    @rule(tab=TABS, position=POSITIONS, reply_is_lost=st.booleans())
    def take_back(self, tab: int, position: int, reply_is_lost: bool) -> None:
        self._press(tab, position, {"take_back": "yes"}, reply_is_lost=reply_is_lost)

    @rule(tab=TABS, position=POSITIONS)
    def send_a_blank(self, tab: int, position: int) -> None:
        """The form goes out with nothing chosen: marks may be kept, an answer never goes."""
        self._press(tab, position, {"flag": "yes"}, reply_is_lost=True)

    @rule(tab=TABS, position=POSITIONS)
    def slip_a_blank_past_the_form(self, tab: int, position: int) -> None:
        base = self.tabs[tab].shows[position].revision
        blank = AnswerGiven(position, (), base, str(next(self.keys)))

        with pytest.raises((InvalidInput, Conflict)):
            exams.save(self.stores[tab], self.viewer, self.exam, blank, position=position)

    @precondition(lambda self: any(tab.sent for tab in self.tabs))
    @rule(tab=TABS)
    def send_again(self, tab: int) -> None:
        """The network was slow, or somebody pressed twice: the same post, the same key."""
        sent = self.tabs[tab].sent
        if sent is not None:
            self._send(tab, *sent)

    @rule(tab=TABS, sometimes=st.integers(0, 7))
    def submit(self, tab: int, sometimes: int) -> None:
        if sometimes and self.model.handed_in is None:
            return  # most exams go on for a while
        handed_in = self._hand_in(tab)

        if self.model.handed_in is None:
            right = sum(answers[-1:] == ["b"] for answers in self.model.saved.values())
            assert handed_in == replace(self.exam, finished_at=NOW, right_count=right)
            self.model.handed_in = handed_in
        assert handed_in == self.model.handed_in
        assert len(self.stores[tab].sittings.reports(self.exam.id)) == 1
        self.stores[tab].end_reading()

    @invariant()
    def the_database_holds_what_was_told(self) -> None:
        if not hasattr(self, "model"):
            return  # not started yet
        store = self.stores[0]
        kept: dict[int, list[str]] = {position: [] for position in self.model.saved}
        for response in store.attempts.all_responses(self.exam.id):
            kept[response.position].append(_chosen(response))
        current = store.attempts.current_responses(self.exam.id)
        store.end_reading()
        assert kept == self.model.saved
        for position, response in current.items():
            assert Shown(_chosen(response), response.revision) == self.model.current(position)

    def _press(self, tab: int, position: int, form: dict[str, str], *, reply_is_lost: bool) -> None:
        sent = {
            "base_revision": str(self.tabs[tab].shows[position].revision),
            "request_key": f"key-{next(self.keys)}",
            **form,
        }
        self.tabs[tab].sent = (position, sent)
        shown = self._send(tab, position, sent)
        if shown is not None and not reply_is_lost:
            self.tabs[tab].shows[position] = shown

    def _send(self, tab: int, position: int, form: dict[str, str]) -> Shown | None:
        """Posts a form as the route does and holds the reply against the model.

        None: it was refused, or had been sent before.
        """
        store, before = self.stores[tab], self.model.current(position)
        wanted = form.get("chosen", "")
        says_new = wanted != before.chosen and (wanted or "take_back" in form)
        kept = store.attempts.current_responses(self.exam.id).get(position)
        save = read_slot(MultiDict(form), position=position, current=kept)
        try:
            saved = mock_exam.save_slot(
                store, self.viewer, attempt_id=self.exam.id, save=save, now=NOW
            )
        except Conflict:
            assert form["request_key"] not in self.model.by_key, "told as saved, refused when again"
            is_over = self.model.handed_in is not None
            assert says_new or is_over, "what says nothing new is refused"
            assert not self._must_be_taken(position, form), "refused without a reason"
            return None
        told = _shown(saved.response)
        if form["request_key"] in self.model.by_key:
            return None  # the invariant sees whether it was kept twice
        if not says_new:
            assert told == before, "what says nothing new has changed something"
            return before
        assert self._must_be_taken(position, form), "a tab that is behind has overwritten an answer"
        self.model.saved[position].append(wanted)
        self.model.by_key[form["request_key"]] = before.revision + 1
        assert told == Shown(wanted, before.revision + 1)
        return told

    def _must_be_taken(self, position: int, form: dict[str, str]) -> bool:
        newest = self.model.current(position).revision
        return self.model.handed_in is None and form["base_revision"] == str(newest)

    def _hand_in(self, tab: int) -> Attempt:
        return mock_exam.hand_in(self.stores[tab], self.viewer, attempt_id=self.exam.id, now=NOW)


def _chosen(response: Response) -> str:
    return "".join(response.chosen)


def _shown(response: Response | None) -> Shown:
    return Shown() if response is None else Shown(_chosen(response), response.revision)


@pytest.fixture
def machine(engine: Engine, store: Store) -> type[TwoTabs]:
    viewer = as_viewer(store, a_person(store, "Ana Reyes"))
    store.end_reading()
    return type("TwoTabsHere", (TwoTabs,), {"engine": engine, "viewer": viewer, "number": 0})


def test_two_tabs_and_the_database_agree(machine: type[TwoTabs]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=times(60, long=500),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),  # a slow machine is no failure
        ),
    )


@pytest.mark.parametrize("weaken", [no_revision_check, no_memory_of_keys, blanks_count])
def test_a_weaker_rule_is_caught(
    machine: type[TwoTabs], monkeypatch: pytest.MonkeyPatch, weaken: Callable[[Rule], Rule]
) -> None:
    """The negative control: without the rule, the machine above must fail."""
    monkeypatch.setattr(mock_exam, "record_response", weaken(rules.record_response))

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=60,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],  # finding it is enough; no need to make it small
                suppress_health_check=list(HealthCheck),
            ),
        )
