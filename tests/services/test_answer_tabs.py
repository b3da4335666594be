"""Two tabs on one quiz, in any order a person may use them.

What was acknowledged is never lost, and a tab that is behind never overwrites it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import Phase, settings
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

from app.domain import attempt as rules
from app.domain.attempt import AnswerGiven, Attempt, Feedback, Response
from app.domain.errors import Conflict, InvalidInput
from app.domain.person import Viewer
from app.services import exam
from app.storage.store import Store, open_store
from tests.cast import NOW, a_person, as_viewer
from tests.learning_builders import an_answer
from tests.services.quizzes import start_quiz
from tests.weaker_rules import Rule, no_memory_of_keys, no_revision_check

QUESTIONS = 2
TABS = st.integers(0, 1)
POSITIONS = st.integers(1, QUESTIONS)
OPTIONS = st.sampled_from("abcd")
ANSWERS_KEPT = "what is saved is what was acknowledged"


@dataclass
class Tab:
    """What one tab shows: the revision each question was loaded at, and what it sent last."""

    seen: dict[int, int] = field(default_factory=dict)
    sent: AnswerGiven | None = None


@dataclass
class Told:
    """The model: what the person was told is saved, oldest first by question, and by post."""

    saved: dict[int, list[Response]]
    by_key: dict[str, Response] = field(default_factory=dict)
    finished: Attempt | None = None

    def newest(self, position: int) -> int:
        return len(self.saved[position])


class TwoTabs(RuleBasedStateMachine):
    """Plays one quiz in two tabs. The class attributes are set by the test that runs it."""

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
        for opened in self._stores:
            opened.__exit__(None, None, None)

    @initialize(feedback=st.sampled_from(list(Feedback)))
    def start(self, feedback: Feedback) -> None:
        type(self).number += 1
        key = f"quiz {self.number}"
        self.quiz = start_quiz(
            self.stores[0], self.viewer, feedback=feedback, length=QUESTIONS, key=key
        )
        self.told = Told({position: [] for position in range(1, QUESTIONS + 1)})

    @rule(tab=TABS, position=POSITIONS)
    def open_a_question(self, tab: int, position: int) -> None:
        """Opening and reloading are the same: the tab takes over what is saved."""
        shown = self.stores[tab].attempts.current_responses(self.quiz.id).get(position)
        self.stores[tab].end_reading()
        self.tabs[tab].seen[position] = shown.revision if shown else 0

    @rule(tab=TABS, position=POSITIONS, option=OPTIONS, reply_is_lost=st.booleans())
    def answer(self, tab: int, position: int, option: str, reply_is_lost: bool) -> None:
        if position not in self.tabs[tab].seen:
            return  # a tab answers only what it shows
        base = self.tabs[tab].seen[position]
        sent = an_answer(
            option, position=position, base_revision=base, request_key=str(next(self.keys))
        )

        response = self._send(tab, sent)

        if response is not None and not reply_is_lost:
            self.tabs[tab].seen[position] = response.revision

    @precondition(lambda self: any(tab.sent for tab in self.tabs))
    @rule(tab=TABS)
    def send_again(self, tab: int) -> None:
        """The network was slow, or somebody pressed twice: the same post, the same key."""
        sent = self.tabs[tab].sent
        if sent is not None:
            self._send(tab, sent)

    @rule(tab=TABS, position=POSITIONS)
    def send_a_blank(self, tab: int, position: int) -> None:
        base = self.tabs[tab].seen.get(position, 0)
        blank = AnswerGiven(position, (), base, str(next(self.keys)))

        with pytest.raises((InvalidInput, Conflict)):
            self._post(tab, blank)

    @rule(tab=TABS, sometimes=st.integers(0, 3))
    def finish(self, tab: int, sometimes: int) -> None:
        if sometimes and self.told.finished is None:
            return  # most quizzes go on for a while
        finished = exam.finish_attempt(
            self.stores[tab], self.viewer, attempt_id=self.quiz.id, now=NOW
        )

        if self.told.finished is None:
            right = [answers[-1].is_right for answers in self.told.saved.values() if answers]
            assert finished == replace(self.quiz, finished_at=NOW, right_count=sum(right))
            self.told.finished = finished
        assert finished == self.told.finished

    @invariant()
    def what_is_saved_is_what_was_acknowledged(self) -> None:
        if not hasattr(self, "told"):
            return  # not started yet
        store = self.stores[0]
        for position, answers in self.told.saved.items():
            assert store.attempts.responses_to(self.quiz.id, position) == answers, ANSWERS_KEPT
        store.end_reading()

    def _send(self, tab: int, sent: AnswerGiven) -> Response | None:
        """Posts an answer and holds the reply against the model. None: it was refused."""
        self.tabs[tab].sent = sent
        known = self.told.by_key.get(sent.request_key)
        try:
            response = self._post(tab, sent)
        except Conflict:
            assert known is None, "an answer that was acknowledged is refused when sent again"
            assert not self._must_be_taken(sent), "an answer is refused without a reason"
            return None
        if known is not None:
            assert response == known, "the same post has two different acknowledgements"
            return response
        assert self._must_be_taken(sent), "a tab that is behind has overwritten an answer"
        self.told.saved[sent.position].append(response)
        self.told.by_key[sent.request_key] = response
        assert response.revision == self.told.newest(sent.position)
        assert response.chosen == sent.chosen
        return response

    def _post(self, tab: int, sent: AnswerGiven) -> Response:
        return exam.answer_item(
            self.stores[tab], self.viewer, attempt_id=self.quiz.id, answer=sent, now=NOW
        ).response

    def _must_be_taken(self, sent: AnswerGiven) -> bool:
        newest = self.told.newest(sent.position)
        is_free = newest == 0 or self.quiz.feedback is Feedback.EXAM
        return self.told.finished is None and is_free and sent.base_revision == newest


@pytest.fixture
def machine(engine: Engine, store: Store) -> type[TwoTabs]:
    viewer = as_viewer(store, a_person(store, "Ana Reyes"))
    store.end_reading()
    return type("TwoTabsHere", (TwoTabs,), {"engine": engine, "viewer": viewer, "number": 0})


def test_two_tabs_never_lose_or_overwrite_an_answer(machine: type[TwoTabs]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=60, stateful_step_count=25, deadline=None, database=None),
    )


@pytest.mark.parametrize("weaken", [no_revision_check, no_memory_of_keys])
def test_a_weaker_rule_is_caught(
    machine: type[TwoTabs],
    monkeypatch: pytest.MonkeyPatch,
    weaken: Callable[[Rule], Rule],
) -> None:
    """The negative control: without the rule, the machine above must fail."""
    monkeypatch.setattr(exam, "record_response", weaken(rules.record_response))

    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=60,
                stateful_step_count=25,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],  # finding it is enough; no need to make it small
            ),
        )
