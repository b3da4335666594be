"""A believable month: who read what, answered what, and what was asked of whom.

Everything goes through services, with times handed in; the same seed gives the same month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.domain.assignment import AssignmentKind
from app.domain.attempt import AnswerGiven, Attempt, Feedback, Slot
from app.domain.item import Item
from app.domain.lesson import Lesson
from app.domain.local_time import moment_at
from app.domain.person import Role, Viewer
from app.domain.practice import PracticeWish, Seen
from app.domain.slot_marks import Confidence, SlotMarks
from app.library.library import Library
from app.services import cohort, exam, reading
from app.storage.store import Store

SEED = 20_261_121
SECONDS_A_QUESTION = 70


@dataclass(frozen=True, slots=True)
class Habit:
    """How one invented person studies.

    Units: `knows` is the share of questions they tend to get right; counts otherwise.
    """

    lessons: int
    quizzes: int
    knows: float


HABITS: Mapping[str, Habit] = {
    "ana": Habit(lessons=6, quizzes=7, knows=0.72),
    "luis": Habit(lessons=4, quizzes=3, knows=0.6),
    "noor": Habit(lessons=14, quizzes=9, knows=0.74),
    "priya": Habit(lessons=3, quizzes=2, knows=0.66),
    "tomas": Habit(lessons=1, quizzes=1, knows=0.5),
    "wendell": Habit(lessons=0, quizzes=0, knows=0.5),
    "mika": Habit(lessons=5, quizzes=4, knows=0.75),
    "jonas": Habit(lessons=2, quizzes=2, knows=0.55),
    "amara": Habit(lessons=3, quizzes=1, knows=0.7),
}


@dataclass(frozen=True, slots=True)
class Month:
    """What the activity is made with."""

    store: Store
    library: Library
    viewers: Mapping[str, Viewer]
    first_day: date
    last_day: date

    def day(self, share: float) -> date:
        """A day of the month. Units: `share` 0 is the first day, 1 the last."""
        return self.first_day + timedelta(days=round((self.last_day - self.first_day).days * share))

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The moment at which a clock where the site is shows this time of a day."""
        return moment_at(day, time(hour, minute), self.store.zone)


def ask_for_work(month: Month) -> None:
    """Both supervisors ask their teams for lessons and cases: done, due, and overdue ones."""
    lessons, cases = list(month.library.lessons), list(month.library.scenarios)
    for key, picks in (("cora", (0, 3, 7)), ("dov", (1, 5))):
        wishes = [
            (AssignmentKind.LESSON, lessons[place], due_in)
            for place, due_in in zip(picks, (-9, 3, 12), strict=False)
            if place < len(lessons)
        ]
        wishes += [
            (AssignmentKind.SCENARIO, case, due_in)
            for case, due_in in zip(cases, (-3, 10), strict=False)
        ]
        for kind, target, due_in in wishes:
            due_on = month.last_day + timedelta(days=due_in)
            _ask(month, month.viewers[key], cohort.AssignmentWish(kind, target, due_on))


def study(month: Month, key: str) -> None:
    """Lets one person read and practice over the month, by habit."""
    habit, viewer, random = HABITS[key], month.viewers[key], Random(f"{SEED}-{key}")
    lessons = list(month.library.lessons.values())[: habit.lessons]
    for place, lesson in enumerate(lessons):
        day = month.day((place + 0.5) / (habit.lessons + 1))
        is_last = place == len(lessons) - 1
        _read(month, viewer, lesson, day, stop_early=is_last and habit.lessons < 14)
    for place in range(habit.quizzes):
        day = month.day((place + 0.7) / (habit.quizzes + 0.8))
        knows = min(0.92, habit.knows + 0.1 * place / max(1, habit.quizzes))
        _practice(month, viewer, day, knows=knows, random=random, number=place)


def _ask(month: Month, supervisor: Viewer, wish: cohort.AssignmentWish) -> None:
    asked_at = month.at(month.day(0.1), 8, 30)
    (team,) = supervisor.cohorts_as(Role.SUPERVISOR)
    cohort.assign(month.store, supervisor, cohort_id=team, wish=wish, now=asked_at)


def _read(month: Month, viewer: Viewer, lesson: Lesson, day: date, *, stop_early: bool) -> None:
    moment = month.at(day, 18, 5)
    sections = lesson.sections[: len(lesson.sections) // 2] if stop_early else lesson.sections
    for section in sections:
        moment += timedelta(minutes=3)
        reading.mark_section(month.store, viewer, lesson=lesson, section_id=section.id, now=moment)


def _practice(
    month: Month, viewer: Viewer, day: date, *, knows: float, random: Random, number: int
) -> None:
    store, moment = month.store, month.at(day, 19, 10)
    pool = month.library.practice.items
    topics = [month.library.topics[name] for name in dict.fromkeys(item.topic for item in pool)]
    chosen = random.sample(topics, k=min(len(topics), 3))
    feedback = Feedback.EXAM if number % 3 == 2 else Feedback.TUTOR
    start = exam.PracticeStart(
        PracticeWish(frozenset(topic.id for topic in chosen), 10, Seen.ANY, feedback),
        pool,
        " and ".join(topic.title for topic in chosen[:2]),
        request_key=f"demo-{number}",
    )
    attempt = exam.start_practice(store, viewer, start, now=moment, random=random)
    items = {(item.id, item.version): item for item in month.library.items.values()}
    for slot in attempt.slots:
        moment += timedelta(seconds=random.randint(30, 2 * SECONDS_A_QUESTION))
        item = items[slot.item_id, slot.item_version]
        _answer(store, viewer, attempt, slot, pick(item, slot.option_order, knows, random), moment)
    exam.finish_attempt(store, viewer, attempt_id=attempt.id, now=moment)


def _answer(
    store: Store, viewer: Viewer, attempt: Attempt, slot: Slot, chosen: str, moment: datetime
) -> None:
    answer = AnswerGiven(slot.position, (chosen,), 0, f"demo-{slot.position}")
    # Chance of its own, so that what is noted changes nothing of what is answered.
    random = Random(f"{SEED}-{attempt.title}-{slot.item_id}")
    marks = SlotMarks(
        slot.position,
        is_flagged=random.random() < 0.1,
        confidence=random.choice([Confidence.GUESS, Confidence.FAIRLY, Confidence.SURE]),
    )
    exam.answer_item(store, viewer, attempt_id=attempt.id, answer=answer, marks=marks, now=moment)


def pick(item: Item, order: Sequence[str], knows: float, random: Random) -> str:
    """Answers rightly as often as the person knows things; harder items less often."""
    chance = knows - 0.05 * (item.difficulty - 3)
    if random.random() < chance:
        return item.key[0]
    return random.choice([option for option in order if option not in item.key])
