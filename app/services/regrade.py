"""Regrading: putting a question right after people answered it in mock exams, as a ledger.

A trainer sees in counts what a decision would move, then signs it. Signing and undoing first put
the step into the ledger, then bring it to the exams in stretches, each one transaction with its
score reports, news and how far the step has come: docs/decisions/0013-regrades-in-stretches.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.exam_score import ExamScore
from app.domain.item import Item
from app.domain.person import Role, Viewer
from app.domain.regrade import EVERY_EXAM, NO_EXAM, Regrade, RegradePolicy, check_regrade
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

DONE = {"regrade": "regrade applied", "undone": "undoing applied"}
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
    keys = [
        (item_id, version)
        for version in store.concerned.wordings(item_id)
        if _was_met(store, item_id, version)
    ]
    found = store.attempts.frozen(keys)
    return [found[key] for key in keys]


def preview_regrade(store: Store, trainer: Viewer, wish: RegradeWish, *, now: datetime) -> Preview:
    """Works out what a decision would move.

    Raises: NotFound for a wording nobody met in an exam; what `check_regrade` raises.
    """
    item = _wording(store, trainer, wish)
    regrade = _drafted(store, trainer, wish, item, now=now)
    seen = _newest(_in_force(store, item))  # first: what is signed meanwhile shall be noticed
    return Preview(regrade, _effect(store, item, regrade), seen)


def sign_regrade(
    store: Store, trainer: Viewer, wish: RegradeWish, *, seen: str, now: datetime
) -> Regrade:
    """Signs a decision into the ledger and scores every exam it moves again.

    The decision that is newest in force already is given back: sending it twice signs it once,
    and goes on where applying it was interrupted.
    Raises: Conflict when the ledger moved on since the preview; what `preview_regrade` raises.
    """
    item = _wording(store, trainer, wish)
    with store.writing():
        store.concerned.hold_ledger()
        regrade = _drafted(store, trainer, wish, item, now=now)
        in_force = _in_force(store, item)
        if in_force and _says_the_same(in_force[-1], regrade):
            regrade = in_force[-1]
        elif seen != _newest(in_force):
            raise Conflict(
                "ledger-moved-on",
                "This wording was regraded, or a regrade was undone, since you looked.",
                "Look at the preview again before you sign.",
            )
        else:
            store.regrades.add(regrade)
            _note(store, trainer.id, "regrade signed", regrade, now=now)
    return carry_on(store, trainer, regrade_id=regrade.id, now=now)


def preview_undo(store: Store, trainer: Viewer, regrade_id: str) -> tuple[Regrade, Item, Effect]:
    """Works out what undoing an entry would move. Raises: NotFound for no entry of the ledger."""
    trains(trainer)
    regrade, item = _entry(store, regrade_id)
    undone = replace(regrade, undone_at=regrade.undone_at or regrade.signed_at)
    return regrade, item, _effect(store, item, undone)


def undo_regrade(store: Store, trainer: Viewer, *, regrade_id: str, now: datetime) -> Regrade:
    """Takes an entry out of force and scores every exam it moved again.

    One that is still being applied can be undone too. Undoing what is undone changes nothing,
    but goes on where undoing was interrupted. Raises: NotFound for no entry of the ledger.
    """
    trains(trainer)
    with store.writing():
        store.concerned.hold_ledger()
        regrade, _ = _entry(store, regrade_id)
        if store.regrades.undo(regrade.id, by=trainer.id, now=now):
            _note(store, trainer.id, "regrade undone", regrade, now=now)
    return carry_on(store, trainer, regrade_id=regrade_id, now=now)


def carry_on(store: Store, trainer: Viewer, *, regrade_id: str, now: datetime) -> Regrade:
    """Brings the newest step of an entry, signing or undoing, to every exam it has not reached.

    Each stretch of exams is one short change: their reports and news, and how far the step has
    come. So learners save in between, and whoever is stopped loses nothing: the next call goes
    on, also several at once. Raises: NotFound for no entry of the ledger.
    """
    trains(trainer)
    while True:
        with store.writing():
            store.concerned.hold_ledger()
            regrade, item = _entry(store, regrade_id)
            if not regrade.is_settled:
                regrade = _take_stretch(store, trainer.id, item, regrade, now=now)
        if regrade.is_settled:
            return regrade
        store.give_way()


def carry_on_alone(store: Store, regrade: Regrade, *, now: datetime, stretches: int) -> Regrade:
    """Brings a step that nobody is at some stretches further, for the server itself.

    Leaves as soon as the entry stands otherwise than it left it: then somebody is at it. Gives how
    it stands.
    """
    for _ in range(stretches):
        with store.writing():
            store.concerned.hold_ledger()
            found, item = _entry(store, regrade.id)
            if found != regrade or found.is_settled:
                return found
            regrade = _take_stretch(store, None, item, found, now=now)
        store.give_way()
    return regrade


def progress_of(store: Store, regrade: Regrade) -> tuple[int, int]:
    """How many finished exams the newest step of an entry has looked at, and of how many."""
    return store.concerned.count(upto=regrade.reached), store.concerned.count()


def _take_stretch(
    store: Store, by: str | None, item: Item, regrade: Regrade, *, now: datetime
) -> Regrade:
    """Takes the step of an entry one stretch of exams further. Part of a change.

    None: `by` names nobody when the server goes on by itself.
    """
    stretch = store.concerned.stretch(item.id, item.version, after=regrade.reached)
    ledger = _standing(store, item)
    moved = _moved(stretch.exams, ledger, regrade, item, Effect())
    cause = "regrade" if regrade.is_in_force else "undone"
    store.sittings.add_reports(
        (store.new_id(now), _report(exam, score, regrade, cause=cause, now=now))
        for exam, score in moved
    )
    store.news.add_many(
        News(store.new_id(now), exam.person_id, "regrade", _told(exam, score, cause), now)
        for exam, score in moved
    )
    regrade = regrade.reaching(stretch.upto)
    store.regrades.reach(regrade, moved=len(moved))
    if regrade.is_settled:
        _note(store, by, DONE[cause], regrade, now=now)
    return regrade


def _effect(store: Store, item: Item, regrade: Regrade) -> Effect:
    """What a step would move, of an entry as it would stand in the ledger."""
    effect, people = Effect(), set[str]()
    ledger = _standing(store, item)
    for exams in _every_exam(store, item.id, item.version):
        _moved(exams, ledger, regrade, item, effect)
        people.update(exam.person_id for exam in exams if exam.slot.is_scored)
    effect.people = len(people)
    return effect


def _every_exam(store: Store, item_id: str, version: str) -> Iterator[list[ConcernedExam]]:
    """The finished exams that asked a wording. Lets go of the database after each stretch."""
    upto = NO_EXAM
    while upto != EVERY_EXAM:
        stretch = store.concerned.stretch(item_id, version, after=upto)
        upto = stretch.upto
        store.end_reading()
        yield stretch.exams


def _moved(
    exams: Sequence[ConcernedExam],
    ledger: Sequence[Regrade],
    regrade: Regrade,
    item: Item,
    effect: Effect,
) -> list[tuple[ConcernedExam, ExamScore]]:
    """The exams that the step of an entry moves, with their new scores; counts all concerned."""
    moved = []
    for exam in exams:
        if not exam.slot.is_scored:
            continue
        counting = [one for one in ledger if one.counts_for(exam.attempt_id)]
        change = _change(counting, regrade, item)
        before, after = exam.report.score, score_after(_place(exam), change)
        effect.count(before, after)
        if after != before:
            moved.append((exam, after))
    return moved


def _change(counting: Sequence[Regrade], regrade: Regrade, item: Item) -> LedgerChange:
    if regrade.is_in_force:
        return with_regrade(counting, regrade, domain=item.domain)
    return without_regrade(counting, regrade.id, domain=item.domain)


def _was_met(store: Store, item_id: str, version: str) -> bool:
    if store.concerned.was_answered(item_id, version):
        return True
    return any(_every_exam(store, item_id, version))  # in forms, where nobody answered it


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
        applied_to=NO_EXAM,
    )


def _standing(store: Store, item: Item) -> list[Regrade]:
    of_item = store.regrades.standing([item.id])
    return [one for one in of_item if one.item_version == item.version]


def _in_force(store: Store, item: Item) -> list[Regrade]:
    return [one for one in _standing(store, item) if one.is_in_force]


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


def _note(store: Store, by: str | None, action: str, regrade: Regrade, *, now: datetime) -> None:
    # No counts: the trail is read on screen, and a count of few exams could tell of one person.
    details: dict[str, object] = {
        "regrade": regrade.id,
        "question": regrade.item_id,
        "wording": regrade.item_version,
        "policy": str(regrade.policy),
    }
    store.audit.add(store.new_id(now), AuditEntry(now, action, by, details=details))
