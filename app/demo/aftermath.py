"""What follows the answers in the demo: bookmarks, reports and what came of them, regrades."""

from __future__ import annotations

from datetime import datetime

from app.demo.activity import Month
from app.demo.exams import TOGETHER
from app.domain.attempt import Attempt, Response, Slot
from app.domain.item_report import ReportDecision, ReportKind, ReportState
from app.domain.practice import Seen
from app.domain.practice_preset import read_wish
from app.domain.regrade import RegradePolicy
from app.services import item_reports, news, practice, regrade
from app.storage.queries.learn_pages import practice_quizzes

REPORTED, DOUBTED, ANSWERED, UNDONE, REGRADED = 0.89, 0.9, 0.92, 0.94, 0.96  # of the month
DOUBT = "Two of the answers sound right to me. What makes the other one worse?"
OUTCOME = (
    "Thank you for asking. A second trainer read it without the key and chose the same answer. "
    "The reason beside each of the others says what it leaves out, so the question stays."
)
OPEN_DOUBT = "I had to read this three times. Could the last sentence be shorter?"
TWO_READINGS = (
    "The stem can be read in two ways. Until it is reworded, it counts as right for everybody "
    "who had it."
)
ANOTHER_ANSWER = "On a first reading another answer seemed defensible as well."


def follow_up(month: Month) -> None:
    """Lets people bookmark and report questions, and a trainer answer and regrade some."""
    _bookmark(month, "ana")
    _report(month, "ana", quiz=0, kind=ReportKind.UNCLEAR, words=OPEN_DOUBT)
    answered = _report(month, "ana", quiz=1, kind=ReportKind.KEY, words=DOUBT)
    _answer(month, answered)
    _dismiss(month, "ana")
    _regrade_together(month)


def _bookmark(month: Month, key: str) -> None:
    """Two questions of the newest quiz and one of the newest exam; choices under a name."""
    store, viewer, at = month.store, month.viewers[key], _moment(month, REPORTED, 17)
    quiz, exam = _quiz(month, key, 0), _newest_exam(month, key)
    for attempt, position in ((quiz, 2), (quiz, 5), (exam, 3)):
        practice.set_bookmark(
            store, viewer, attempt_id=attempt.id, position=position, is_wanted=True, now=at
        )
    wish = read_wish({"length": 10, "seen": str(Seen.MISSED), "minutes": 15})
    practice.save_preset(store, viewer, name="On the bus", wish=wish, now=at)


def _report(month: Month, key: str, *, quiz: int, kind: ReportKind, words: str) -> str:
    """Reports the first question of a quiz, counted from the newest. Gives the report's id."""
    wish = item_reports.ReportWish(_quiz(month, key, quiz).id, 1, kind, words)
    at = _moment(month, REPORTED, 20 - quiz)  # at moments of their own: lists go by time
    return item_reports.send_report(month.store, month.viewers[key], wish, now=at).report.id


def _answer(month: Month, report_id: str) -> None:
    decision = ReportDecision(ReportState.KEPT, OUTCOME, seen_stamp="")
    item_reports.answer_report(
        month.store,
        month.viewers["ben"],
        report_id=report_id,
        decision=decision,
        now=_moment(month, ANSWERED, 9),
    )


def _dismiss(month: Month, key: str) -> None:
    viewer = month.viewers[key]
    seen = [one.id for one in month.store.news.unseen(viewer.id, limit=news.MOST_AT_ONCE)]
    news.dismiss_news(month.store, viewer, news_ids=seen, now=_moment(month, ANSWERED, 19))


def _regrade_together(month: Month) -> None:
    """Signs two decisions about the exam that several people sat; the first is undone."""
    missed, right = _places(month, TOGETHER[0])
    options = [option.id for option in month.library.items[right.item_id].options]
    other = next(one for one in options if one not in month.library.items[right.item_id].key)
    undone = _sign(month, right, RegradePolicy.ACCEPT, (other,), ANOTHER_ANSWER, at=DOUBTED)
    at = _moment(month, UNDONE, 10)
    regrade.undo_regrade(month.store, month.viewers["ben"], regrade_id=undone, now=at)
    _sign(month, missed, RegradePolicy.CREDIT, (), TWO_READINGS, at=REGRADED)


def _places(month: Month, key: str) -> tuple[Slot, Slot]:
    """A scored question of a person's newest exam that they missed, and one they had right."""
    exam = _newest_exam(month, key)
    responses = month.store.attempts.current_responses(exam.id)
    scored = [slot for slot in exam.slots if slot.is_scored]
    return (
        next(slot for slot in scored if not _is_right(responses.get(slot.position))),
        next(slot for slot in scored if _is_right(responses.get(slot.position))),
    )


def _is_right(response: Response | None) -> bool:
    return response is not None and response.is_right


def _sign(
    month: Month,
    slot: Slot,
    policy: RegradePolicy,
    accepted: tuple[str, ...],
    reason: str,
    *,
    at: float,
) -> str:
    ben, now = month.viewers["ben"], _moment(month, at, 15)
    wish = regrade.RegradeWish(
        slot.item_id, slot.item_version, policy, accepted, never_lower=True, reason=reason
    )
    seen = regrade.preview_regrade(month.store, ben, wish, now=now).seen
    return regrade.sign_regrade(month.store, ben, wish, seen=seen, now=now).id


def _quiz(month: Month, key: str, number: int) -> Attempt:
    """A practice quiz of a person, counted from the newest."""
    line = practice_quizzes(month.store, month.viewers[key].id)[number]
    quiz = month.store.attempts.find(line.id)
    assert quiz is not None  # noqa: S101 (it was listed a moment ago)
    return quiz


def _newest_exam(month: Month, key: str) -> Attempt:
    return month.store.attempts.recent_mocks(month.viewers[key].id, limit=1)[0]


def _moment(month: Month, share: float, hour: int) -> datetime:
    return month.at(month.day(share), hour, 20)
