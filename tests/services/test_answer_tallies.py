"""How people answered is kept as a count; it always says what counting afresh would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count as numbers_from

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from app.domain.attempt import Attempt
from app.domain.errors import Conflict
from app.domain.person import Viewer
from app.domain.person_data import WAITING
from app.services import mock_exam
from app.services.account import add_organisation
from app.services.answer_tallies import count_answers_again
from app.services.erasure import ask_to_be_erased, erase_person
from app.services.housekeeping import close_left_open
from app.storage.answer_tallies import AnswerTallyShelf, ItemKey
from app.storage.store import Store, open_store
from tests.at_once import at_once
from tests.cast import NOW, Cast, a_person, as_viewer
from tests.exam_builders import a_mock_item, a_shape, save, start_exam

QUESTIONS = 3
SHAPE = a_shape(
    items=QUESTIONS, scored=QUESTIONS, pretest=0, domains={"D-1": QUESTIONS}, minutes=12
)
POOL = [a_mock_item(number) for number in range(QUESTIONS)]
REWORDED = [replace(item, stem=item.stem + " And then?") for item in POOL]
WORDINGS = [(item.id, item.version) for item in (*POOL, *REWORDED)]
PEOPLE = st.integers(0, 2)
POSITIONS = st.integers(1, QUESTIONS)
TABS = 6
Tally = dict[ItemKey, dict[str, int]]


def counted_afresh(store: Store, people: list[list[str]]) -> Tally:
    """The oracle: each person's first final answer to each wording, one by one.

    Sits on no query of counts. Shape: the exams of each person, in the order they began.
    """
    counts: Counter[tuple[ItemKey, str]] = Counter()
    for exams in people:
        first: dict[ItemKey, str] = {}
        for attempt in map(store.attempts.find, exams):
            if attempt is None or attempt.is_open:
                continue
            for response in store.attempts.current_responses(attempt.id).values():
                slot = attempt.slot(response.position)
                for option in response.chosen:
                    first.setdefault((slot.item_id, slot.item_version), option)
        counts.update(first.items())
    told: Tally = {}
    for (key, option), count in counts.items():
        told.setdefault(key, {})[option] = count
    return told


def kept(store: Store) -> Tally:
    """The counts as the product keeps them."""
    tally = store.answer_tallies.of(WORDINGS)
    store.end_reading()
    return tally


def kept_of_others(store: Store, viewer: Viewer) -> Tally:
    """The counts as the product tells them to one person."""
    tally = store.answer_tallies.of_others(WORDINGS, person_id=viewer.id)
    store.end_reading()
    return tally


class Sitting:
    """What one person does, and every exam they began."""

    def __init__(self, store: Store, viewer: Viewer) -> None:
        self.store, self.viewer = store, viewer
        self.exams: list[Attempt] = []


class History(RuleBasedStateMachine):
    """People of two organisations sit exams in any order, while the server keeps house."""

    engine: Engine
    numbers = numbers_from(1)

    def __init__(self) -> None:
        super().__init__()
        self._opened = open_store(self.engine)
        store = self._opened.__enter__()
        names = ("Home", "Elsewhere")  # new ones each time, so that no history goes on in another
        self.home, self.away = (
            store.for_organisation(add_organisation(store, name=name, now=NOW)) for name in names
        )
        self.people = [self._somebody(one) for one in (self.home, self.home, self.away)]
        self.now, self.keys = NOW, iter(range(10_000))

    def teardown(self) -> None:
        self._opened.__exit__(None, None, None)

    def _somebody(self, store: Store) -> Sitting:
        person = a_person(store, f"Person{next(self.numbers)} Price")
        return Sitting(store, as_viewer(store, person))

    def _save(
        self, one: Sitting, exam: Attempt, chosen: str, *, position: int, base: int = 0
    ) -> None:
        key, now = str(next(self.keys)), self.now
        save(one.store, one.viewer, exam, chosen, position=position, base=base, key=key, now=now)

    @rule(person=PEOPLE, reworded=st.booleans(), answers=st.text("ab ", min_size=3, max_size=3))
    def begin(self, person: int, reworded: bool, answers: str) -> None:
        """Starts an exam and answers some of it at once."""
        one = self.people[person]
        pool = REWORDED if reworded else POOL
        key = str(next(self.keys))
        try:
            exam = start_exam(one.store, one.viewer, pool=pool, shape=SHAPE, key=key, now=self.now)
        except Conflict:
            return  # one of theirs still runs
        one.exams.append(exam)
        for position, chosen in enumerate(answers, start=1):
            if chosen != " ":
                self._save(one, exam, chosen, position=position)

    @precondition(lambda self: any(one.exams for one in self.people))
    @rule(
        person=PEOPLE,
        position=POSITIONS,
        option=st.sampled_from(["a", "b", ""]),
        is_stale=st.booleans(),
    )
    def answer(self, person: int, position: int, option: str, is_stale: bool) -> None:
        """An answer, a changed one, one taken back; also late, or from a tab that is behind."""
        one = self.people[person]
        if not one.exams:
            return
        exam = one.exams[-1]
        earlier = one.store.attempts.responses_to(exam.id, position)
        base = 0 if is_stale else sum(not response.is_late for response in earlier)
        with suppress(Conflict):
            self._save(one, exam, option, position=position, base=base)

    @rule(person=PEOPLE, times=st.integers(1, 2))
    def hand_in(self, person: int, times: int) -> None:
        one = self.people[person]
        for exam in one.exams[-1:] * times:
            mock_exam.hand_in(one.store, one.viewer, attempt_id=exam.id, now=self.now)

    @rule(minutes=st.sampled_from([1, 6, 14, 30]))
    def time_goes_by(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(times=st.integers(1, 2))
    def the_server_keeps_house(self, times: int) -> None:
        for _ in range(times):
            close_left_open(self.home, now=self.now)

    @rule(person=PEOPLE)
    def look(self, person: int) -> None:
        """Whoever opens a page closes what is over."""
        one = self.people[person]
        mock_exam.close_overdue(one.store, now=self.now, person_id=one.viewer.id)

    @rule()
    def count_again(self) -> None:
        for store in (self.home, self.away):
            with store.writing():
                store.answer_tallies.rebuild()

    @invariant()
    def what_is_kept_is_what_counting_afresh_says(self) -> None:
        for store in (self.home, self.away):
            here = [one for one in self.people if one.store is store]
            exams = [[exam.id for exam in one.exams] for one in here]
            assert kept(store) == counted_afresh(store, exams)

    @invariant()
    def what_is_told_counts_other_people(self) -> None:
        for one in self.people:
            others = [own for own in self.people if own.store is one.store and own is not one]
            exams = [[exam.id for exam in own.exams] for own in others]
            assert kept_of_others(one.store, one.viewer) == counted_afresh(one.store, exams)


def play(engine: Engine, *, examples: int, is_control: bool = False) -> None:
    History.engine = engine
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            derandomize=is_control,
        ),
    )


def test_whatever_happens_the_count_is_that_of_first_final_answers(
    engine: Engine,
) -> None:
    play(engine, examples=8)


def test_counting_at_each_hand_in_would_be_noticed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A negative control: an exam that is handed in twice counts twice."""
    hand_in = mock_exam.hand_in

    def counting_again(store: Store, viewer: Viewer, **asked: object) -> Attempt:
        attempt = hand_in(store, viewer, **asked)  # type: ignore[arg-type]  # passed on as it came
        with store.writing():
            store.answer_tallies.count_in(attempt.id)
        return attempt

    monkeypatch.setattr(mock_exam, "hand_in", counting_again)

    with pytest.raises(AssertionError):
        play(engine, examples=30, is_control=True)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnswerTallyShelf, "count_in", lambda _shelf, _exam: None)


def test_not_counting_what_ends_would_be_noticed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other negative control."""
    forget(monkeypatch)

    with pytest.raises(AssertionError):
        play(engine, examples=30, is_control=True)


def sit(
    store: Store, viewer: Viewer, chosen: str = "b", *, key: str = "exam", now: datetime = NOW
) -> Attempt:
    exam = start_exam(store, viewer, pool=POOL, shape=SHAPE, key=key, now=now)
    for position in range(1, QUESTIONS + 1):
        save(store, viewer, exam, chosen, position=position, key=f"{key} {position}", now=now)
    return exam


@pytest.mark.parametrize("ends", ["in both tabs", "by two servers", "by a tab and a server"])
def test_an_exam_that_is_ended_twice_at_one_moment_counts_once(
    store: Store, cast: Cast, ends: str
) -> None:
    ana = as_viewer(store, cast.ana)
    exam = sit(store, ana)
    over = NOW + timedelta(hours=2)
    by_hand: Callable[[Store], object] = lambda own: mock_exam.hand_in(  # noqa: E731
        own, ana, attempt_id=exam.id, now=over
    )
    by_server: Callable[[Store], object] = lambda own: close_left_open(own, now=over)  # noqa: E731
    ways = {
        "in both tabs": [by_hand] * TABS,
        "by two servers": [by_server] * TABS,
        "by a tab and a server": [by_hand, by_server],
    }

    outcomes = at_once(store, *ways[ends])

    assert not [one for one in outcomes if isinstance(one, Exception)]
    assert kept(store) == {(item.id, item.version): {"b": 1} for item in POOL}


def test_exams_that_end_at_one_moment_all_count(store: Store, cast: Cast) -> None:
    people = [as_viewer(store, one) for one in (cast.ana, cast.luis, cast.noor, cast.mika)]
    exams = [sit(store, one) for one in people]

    def ending(one: Viewer, exam: Attempt) -> Callable[[Store], object]:
        return lambda own: mock_exam.hand_in(own, one, attempt_id=exam.id, now=NOW)

    at_once(store, *map(ending, people, exams))

    assert kept(store) == {(item.id, item.version): {"b": 4} for item in POOL}


def test_a_person_who_sits_a_question_again_counts_once(store: Store, cast: Cast) -> None:
    ana = as_viewer(store, cast.ana)
    for number, chosen in enumerate("bcc"):
        now = NOW + timedelta(hours=number)
        exam = sit(store, ana, chosen, key=f"exam {number}", now=now)
        mock_exam.hand_in(store, ana, attempt_id=exam.id, now=now)

    assert kept(store) == {(item.id, item.version): {"b": 1} for item in POOL}
    assert kept_of_others(store, ana) == {}


def test_what_was_counted_first_stays_first_when_a_clock_was_behind(
    store: Store, cast: Cast
) -> None:
    ana = as_viewer(store, cast.ana)
    for number, chosen in enumerate("bc"):
        now = NOW - timedelta(hours=number)
        exam = sit(store, ana, chosen, key=f"exam {number}", now=now)
        mock_exam.hand_in(store, ana, attempt_id=exam.id, now=now)

    assert kept(store) == {(item.id, item.version): {"b": 1} for item in POOL}


def test_whoever_is_erased_stays_in_the_counts_which_name_nobody(store: Store, cast: Cast) -> None:
    """A count that fell with an erasure would tell how that person had answered."""
    ana, later = as_viewer(store, cast.ana), NOW + WAITING
    mock_exam.hand_in(store, ana, attempt_id=sit(store, ana).id, now=NOW)
    before = kept(store)

    ask_to_be_erased(store, ana, now=NOW)
    erase_person(store, as_viewer(store, cast.eli), person_id=ana.id, now=later)

    assert kept(store) == kept_of_others(store, ana) == before != {}


def test_counting_again_mends_what_was_changed_past_the_services(store: Store, cast: Cast) -> None:
    ana = as_viewer(store, cast.ana)
    mock_exam.hand_in(store, ana, attempt_id=sit(store, ana).id, now=NOW)
    right = kept(store)
    with store.writing():
        store.answer_tallies.count_in(ana_exam(store, ana))
    wrong = kept(store)

    count_answers_again(store)

    assert wrong != right
    assert kept(store) == right


def ana_exam(store: Store, ana: Viewer) -> str:
    return store.attempts.recent_mocks(ana.id, limit=1)[0].id
