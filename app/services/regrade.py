"""Regrading: putting a question right after people answered it in mock exams, as a ledger.

A trainer sees in counts what a decision would move, then signs it. Signing and undoing are each
one transaction: ledger, score reports, news and audit entry are all kept, or nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.exam_score import ExamScore
from app.domain.item import Item
from app.domain.person import Role, Viewer
from app.domain.regrade import Regrade, RegradePolicy, check_regrade
from app.domain.regrade_effect import (
    Effect,
    LedgerChange,
    ScoredPlace,
    score_after,
    with_regrade,
    without_regrade,
)
from app.services.mock_exam import pinned_domains, pinned_scale
from app.storage.audit import AuditEntry
from app.storage.concerned import ConcernedExam
from app.storage.news import News
from app.storage.sittings import KeptReport
from app.storage.store import Store

NOTHING = ""  # stands for the newest entry of a wording that has none


@dataclass(frozen=True, slots=True)
class RegradeWish:
    """What a trainer decides about one wording of an item."""

    item_id: str
    item_version: str
    policy: RegradePolicy
    accepted: tuple[str, ...]
    never_lower: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision would do. Nothing is kept.

    Shape: `seen` names the newest entry in force for the wording; signing asks for it again, so
    that nobody signs what somebody else has changed meanwhile.
    """

    regrade: Regrade
    effect: Effect
    seen: str


def trains(viewer: Viewer) -> None:
    """Lets trainers regrade. Raises: NotAllowed for everybody else."""
    if not viewer.holds(Role.TRAINER):
        raise NotAllowed(
            "other-role", "Only trainers regrade questions.", "The ledger is open to read."
        )


def wordings_met(store: Store, trainer: Viewer, item_id: str) -> list[Item]:
    """The wordings of an item that people met in finished exams, the one kept last first."""
    trains(trainer)
    keys = [(item_id, version) for version in store.concerned.wordings(item_id)]
    found = store.attempts.frozen(keys)
    return [found[key] for key in keys]


def preview_regrade(store: Store, trainer: Viewer, wish: RegradeWish, *, now: datetime) -> Preview:
    """Works out what a decision would move.

    Raises: NotFound for a wording nobody met in an exam; what `check_regrade` raises.
    """
    item = _wording(store, trainer, wish)
    regrade = _drafted(store, trainer, wish, item, now=now)
    in_force = _in_force(store, item)
    effect = Effect()
    for _ in _moved(store, item, with_regrade(in_force, regrade, domain=item.domain), effect):
        pass
    return Preview(regrade, effect, _newest(in_force))


def sign_regrade(
    store: Store, trainer: Viewer, wish: RegradeWish, *, seen: str, now: datetime
) -> Regrade:
    """Signs a decision into the ledger and scores every exam it moves again.

    The decision that is newest in force already is given back: sending it twice signs it once.
    Raises: Conflict when the ledger moved on since the preview; what `preview_regrade` raises.
    """
    with store.writing():
        store.concerned.hold_ledger()
        item = _wording(store, trainer, wish)
        regrade = _drafted(store, trainer, wish, item, now=now)
        in_force = _in_force(store, item)
        if in_force and _says_the_same(in_force[-1], regrade):
            return in_force[-1]
        if seen != _newest(in_force):
            raise Conflict(
                "ledger-moved-on",
                "This wording was regraded, or a regrade was undone, since you looked.",
                "Look at the preview again before you sign.",
            )
        store.regrades.add(regrade)
        change = with_regrade(in_force, regrade, domain=item.domain)
        effect = _apply(store, item, change, regrade, cause="regrade", now=now)
        _note(store, trainer, "regrade signed", regrade, effect, now=now)
    return regrade


def preview_undo(store: Store, trainer: Viewer, regrade_id: str) -> tuple[Regrade, Item, Effect]:
    """Works out what undoing an entry would move. Raises: NotFound for no entry of the ledger."""
    trains(trainer)
    regrade, item = _entry(store, regrade_id)
    change = without_regrade(_in_force(store, item), regrade.id, domain=item.domain)
    effect = Effect()
    for _ in _moved(store, item, change, effect):
        pass
    return regrade, item, effect


def undo_regrade(store: Store, trainer: Viewer, *, regrade_id: str, now: datetime) -> Regrade:
    """Takes an entry out of force and scores every exam it moved again.

    Undoing what is undone changes nothing. Raises: NotFound for no entry of the ledger.
    """
    trains(trainer)
    with store.writing():
        store.concerned.hold_ledger()
        regrade, item = _entry(store, regrade_id)
        change = without_regrade(_in_force(store, item), regrade.id, domain=item.domain)
        if not store.regrades.undo(regrade.id, by=trainer.id, now=now):
            return regrade
        effect = _apply(store, item, change, regrade, cause="undone", now=now)
        _note(store, trainer, "regrade undone", regrade, effect, now=now)
    return replace(regrade, undone_by=trainer.id, undone_at=now)


def _apply(
    store: Store, item: Item, change: LedgerChange, regrade: Regrade, *, cause: str, now: datetime
) -> Effect:
    """Adds a score report and a piece of news for every exam that moves."""
    effect = Effect()
    for moved in _moved(store, item, change, effect):
        store.sittings.add_reports(
            (store.new_id(now), _report(exam, score, regrade, cause=cause, now=now))
            for exam, score in moved
        )
        store.news.add_many(
            News(store.new_id(now), exam.person_id, "regrade", _told(exam, score, cause), now)
            for exam, score in moved
        )
    return effect


def _moved(
    store: Store, item: Item, change: LedgerChange, effect: Effect
) -> Iterator[list[tuple[ConcernedExam, ExamScore]]]:
    """The exams that a change moves with their new scores, in batches; counts all concerned."""
    people: set[str] = set()
    for exams in store.concerned.exams(item.id, item.version):
        moved = []
        for exam in exams:
            if not exam.slot.is_scored:
                continue
            before = exam.report.score
            after = score_after(_place(exam), change)
            effect.count(before, after)
            people.add(exam.person_id)
            if after != before:
                moved.append((exam, after))
        effect.people = len(people)
        yield moved


def _place(exam: ConcernedExam) -> ScoredPlace:
    return ScoredPlace(
        exam.slot, exam.response, exam.report.score, pinned_scale(exam), pinned_domains(exam)
    )


def _report(
    exam: ConcernedExam, score: ExamScore, regrade: Regrade, *, cause: str, now: datetime
) -> KeptReport:
    return KeptReport(
        attempt_id=exam.attempt_id,
        person_id=exam.person_id,
        number=exam.report.number + 1,
        cause=cause,
        score=score,
        made_at=now,
        regrade_id=regrade.id,
    )


def _told(exam: ConcernedExam, score: ExamScore, cause: str) -> dict[str, object]:
    return {
        "attempt": exam.attempt_id,
        "title": exam.title,
        "cause": cause,
        "before": exam.report.score.scaled,
        "after": score.scaled,
    }


def _wording(store: Store, trainer: Viewer, wish: RegradeWish) -> Item:
    for item in wordings_met(store, trainer, wish.item_id):
        if item.version == wish.item_version:
            return item
    raise NotFound(
        "wording-not-found",
        "Nobody has met this wording in a finished mock exam.",
        "Choose one of the wordings that people met.",
    )


def _drafted(
    store: Store, trainer: Viewer, wish: RegradeWish, item: Item, *, now: datetime
) -> Regrade:
    accepted = check_regrade(item, wish.policy, wish.accepted, wish.reason)
    return Regrade(
        id=store.new_id(now),
        item_id=item.id,
        item_version=item.version,
        policy=wish.policy,
        accepted=accepted,
        never_lower=wish.never_lower,
        reason=wish.reason.strip(),
        signed_by=trainer.id,
        signed_at=now,
    )


def _in_force(store: Store, item: Item) -> list[Regrade]:
    of_item = store.regrades.in_force([item.id])
    return [one for one in of_item if one.item_version == item.version]


def _entry(store: Store, regrade_id: str) -> tuple[Regrade, Item]:
    regrade = store.regrades.find(regrade_id)
    if regrade is None:
        raise NotFound(
            "regrade-not-found", "There is no such entry.", "Choose one from the ledger."
        )
    key = (regrade.item_id, regrade.item_version)
    return regrade, store.attempts.frozen([key])[key]


def _newest(in_force: Sequence[Regrade]) -> str:
    return in_force[-1].id if in_force else NOTHING


def _says_the_same(one: Regrade, other: Regrade) -> bool:
    return (one.policy, set(one.accepted), one.never_lower) == (
        other.policy,
        set(other.accepted),
        other.never_lower,
    )


def _note(
    store: Store, trainer: Viewer, action: str, regrade: Regrade, effect: Effect, *, now: datetime
) -> None:
    details: dict[str, object] = {
        "regrade": regrade.id,
        "question": regrade.item_id,
        "wording": regrade.item_version,
        "policy": str(regrade.policy),
    }
    if effect.is_told:  # the trail is read on screen as well
        details |= {"exams": effect.concerned, "changed": effect.changed}
    store.audit.add(store.new_id(now), AuditEntry(now, action, trainer.id, details=details))
