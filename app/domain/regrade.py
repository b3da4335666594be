"""Putting a bad question right after people answered it, without touching what they answered.

What was judged when an answer was given stays as it is. A regrade says how that item counts from
now on; undoing it makes everything count as before. Either step reaches the exams one after the
other, in the order of their ids: docs/decisions/0013-regrades-in-stretches.md.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.attempt import Response, Slot
from app.domain.errors import InvalidInput
from app.domain.item import Item, is_correct

EVERY_EXAM = "~"  # comes after every id
NO_EXAM = ""  # comes before every id
LEAST_REASON = 10  # characters: a signature needs a reason that somebody can read later


class RegradePolicy(StrEnum):
    """How an item counts from now on."""

    ACCEPT = "accept"  # further answers are right too
    DROP = "drop"  # it counts for nobody
    CREDIT = "credit"  # it counts as right for everybody who had it
    REKEY = "rekey"  # another answer is the right one


@dataclass(frozen=True, slots=True)
class Regrade:
    """One signed decision about one wording of an item.

    Shape: `accepted` holds the options that count as right; empty for drop and credit.
    `never_lower` leaves nobody worse off than the regrades before it did. `applied_to` is the id
    of the last exam that signing has reached, `undone_to` of the last that undoing has.
    """

    id: str
    item_id: str
    item_version: str
    policy: RegradePolicy
    accepted: tuple[str, ...]
    never_lower: bool
    reason: str
    signed_by: str
    signed_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    applied_to: str = EVERY_EXAM
    undone_to: str = NO_EXAM

    @property
    def is_in_force(self) -> bool:
        """Says whether it has not been undone."""
        return self.undone_at is None

    @property
    def reached(self) -> str:
        """The last exam that its step has reached: signing, or undoing once it is undone."""
        return self.applied_to if self.is_in_force else self.undone_to

    @property
    def is_settled(self) -> bool:
        """Says whether its step has reached every exam."""
        return self.reached == EVERY_EXAM

    def reaching(self, upto: str) -> Regrade:
        """The entry once its step has come so far. Shape: the id of the last exam looked at."""
        if self.is_in_force:
            return replace(self, applied_to=upto)
        # Undoing has nothing to do where signing never came.
        return replace(self, undone_to=EVERY_EXAM if upto >= self.applied_to else upto)

    def counts_for(self, attempt_id: str) -> bool:
        """Says whether an exam counts by it: signing has reached the exam, and undoing has not."""
        return self.undone_to < attempt_id <= self.applied_to

    def concerns(self, slot: Slot) -> bool:
        """Says whether a place of a form asks the wording that was regraded."""
        return (slot.item_id, slot.item_version) == (self.item_id, self.item_version)


@dataclass(frozen=True, slots=True)
class KeyNow:
    """What counts as right at a place of a form, after the regrades that count for its exam.

    Shape: `counting` and `best` are options in the order shown. `best` is never empty: while the
    place counts for everybody or for nobody, it says what was right before that.
    None: `rest` says how any other answer counts, or none at all; None is for neither side.
    """

    counting: tuple[str, ...]
    best: tuple[str, ...]
    rest: bool | None


def key_now(slot: Slot, item: Item, regrades: Sequence[Regrade]) -> KeyNow:
    """Says which answers to a place count as right. Shape: `regrades` oldest first."""
    of_keys = [one for one in regrades if one.accepted]
    counting = _options_that_count(slot, item, regrades)
    rest = judged(slot, None, regrades)
    is_told = bool(counting) and not rest
    best = counting if is_told else _options_that_count(slot, item, of_keys)
    return KeyNow(counting, best, rest)


def _options_that_count(slot: Slot, item: Item, regrades: Sequence[Regrade]) -> tuple[str, ...]:
    return tuple(
        option
        for option in slot.option_order
        if _credit(slot, (option,), regrades, at_first=is_correct(item, (option,)))
    )


def judged(slot: Slot, response: Response | None, regrades: Sequence[Regrade]) -> bool | None:
    """Says whether a slot counts as right, after the regrades that count for its exam.

    Shape: `regrades` oldest first; the newest one that concerns the slot decides, except that
    one which never lowers keeps what counted for more before it.
    None: the slot counts for neither side.
    """
    if response is None:
        return _credit(slot, (), regrades, at_first=False)
    return _credit(slot, response.chosen, regrades, at_first=response.is_right)


def _credit(
    slot: Slot, chosen: Collection[str], regrades: Sequence[Regrade], *, at_first: bool
) -> bool | None:
    credit: bool | None = at_first
    for regrade in regrades:
        if regrade.concerns(slot):
            told = _told_by(regrade, chosen, at_first=at_first)
            credit = _better(credit, told) if regrade.never_lower else told
    return credit


def as_counted(
    slots: Sequence[Slot], responses: Mapping[int, Response], regrades: Sequence[Regrade]
) -> dict[int, Response]:
    """The responses as they count now, for showing them; what was judged first stays on record.

    Shape: by position, as `responses`; one that counts for neither side stays as it was judged.
    """
    counted = dict(responses)
    for slot in slots:
        response = responses.get(slot.position)
        credit = judged(slot, response, regrades)
        if response is not None and credit is not None:
            counted[slot.position] = replace(response, is_right=credit)
    return counted


def _told_by(regrade: Regrade, chosen: Collection[str], *, at_first: bool) -> bool | None:
    if regrade.policy is RegradePolicy.DROP:
        return None
    if regrade.policy is RegradePolicy.CREDIT:
        return True
    now = bool(chosen) and set(chosen) <= set(regrade.accepted)
    return now or (regrade.policy is RegradePolicy.ACCEPT and at_first)


def _better(before: bool | None, after: bool | None) -> bool | None:
    """Gives what leaves a score higher: right, then not counted, then not right."""
    if before or after:
        return True
    return None if before is None or after is None else False


def check_regrade(
    item: Item, policy: RegradePolicy, accepted: Sequence[str], reason: str
) -> tuple[str, ...]:
    """Checks a decision before it is previewed or signed. Gives the accepted options.

    Raises: InvalidInput when options are missing, unknown, or change nothing, or when there is
    no reason.
    """
    if len(reason.strip()) < LEAST_REASON:
        raise InvalidInput(
            "reason-missing", "Say why, in a sentence.", "It stands in the ledger for good."
        )
    if policy in {RegradePolicy.DROP, RegradePolicy.CREDIT}:
        return ()
    known = {option.id for option in item.options}
    chosen = tuple(dict.fromkeys(accepted))
    if not chosen or not set(chosen) <= known:
        raise InvalidInput("options-missing", "Choose the answers that count as right.")
    if policy is RegradePolicy.REKEY and len(chosen) != 1:
        raise InvalidInput("one-key", "Choose one answer as the new key.")
    if set(chosen) == set(item.key):
        raise InvalidInput(
            "nothing-changes",
            "This is what the question counts already.",
            "Choose another answer, or another way.",
        )
    if policy is RegradePolicy.ACCEPT:
        return tuple(dict.fromkeys((*item.key, *chosen)))
    return chosen
