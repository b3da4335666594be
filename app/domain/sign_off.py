"""Signing off a competency or an area: who may, on what evidence, and what may follow.

A sign-off is a decision at one moment and is never changed; what is said about it later stands
beside it. The least evidence and the credentials that may sign are data (content/supervision).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.competency_requirement import EvidenceRules, LevelRule
from app.domain.credential import Credential, valid_ones
from app.domain.errors import InvalidInput
from app.domain.observation import ObservationMode

LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class RatedObservation:
    """One rating with the observation it stands on."""

    observation_id: str
    competency: str
    level: int
    mode: ObservationMode
    observed_on: date
    rater_id: str


@dataclass(frozen=True, slots=True)
class EvidenceCount:
    """What a sign-off of one competency would rest on: observations at its level or above."""

    observations: int
    days: int
    seen_directly: int
    raters: int


@dataclass(frozen=True, slots=True)
class SigningRules:
    """Which credentials let somebody sign, as dated data. Shape: short names, such as "CCS".

    `source` names a work of the list of sources.
    """

    credentials: tuple[str, ...]
    source: str
    as_of: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """A signed decision.

    Shape: `evidence` lists ids of the ratings it rested on; the credential
    is told in words as it stood; `exception` is the reason when evidence was missing, or empty;
    `shortfalls` of an area name the competencies that fell short.
    """

    id: str
    person_id: str
    target_kind: str  # competency or area
    target: str
    framework_id: str
    framework_version: str
    scale_id: str
    level: int
    level_title: str
    evidence: tuple[str, ...]
    shortfalls: tuple[str, ...]
    exception: str
    statement: str
    typed_name: str
    signed_by: str
    credential_id: str
    credential: str
    signed_at: datetime


class EntryKind(StrEnum):
    """What may be added beside a sign-off."""

    AMENDMENT = "amendment"
    WITHDRAWAL = "withdrawal"
    COMMENT = "comment"
    DISPUTE = "dispute"
    SECOND_REVIEW = "second review"


@dataclass(frozen=True, slots=True)
class SignOffEntry:
    """Something added beside a sign-off. Shape: `credential` is empty for the person's own."""

    id: str
    sign_off_id: str
    kind: EntryKind
    words: str
    by: str
    at: datetime
    credential: str = ""


class SignOffStanding(StrEnum):
    """How a sign-off stands with everything beside it."""

    STANDS = "stands"
    DISPUTED = "disputed"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


def count_evidence(
    rated: Iterable[RatedObservation], *, level: int, direct_modes: Collection[str]
) -> EvidenceCount:
    """Counts the observations that show a level or more; one observation counts once."""
    fitting = {one.observation_id: one for one in rated if one.level >= level}.values()
    return EvidenceCount(
        observations=len(fitting),
        days=len({one.observed_on for one in fitting}),
        seen_directly=sum(one.mode in direct_modes for one in fitting),
        raters=len({one.rater_id for one in fitting}),
    )


def shortfalls(count: EvidenceCount, rule: LevelRule, *, supervisors: int) -> tuple[str, ...]:
    """What is missing, in words; empty when nothing is.

    Shape: `supervisors` of the team; more raters than that are not asked for.
    """
    raters = min(rule.raters, max(supervisors, 1))
    asked = (
        (count.observations, rule.observations, "observations at this level or above"),
        (count.days, rule.dates, "different days"),
        (count.seen_directly, rule.direct, "seen directly"),
        (count.raters, raters, "different observers"),
    )
    return tuple(f"{have} of {wanted} {what}" for have, wanted, what in asked if have < wanted)


def missing_evidence(
    rated: Iterable[RatedObservation],
    codes: Sequence[str],
    rules: EvidenceRules,
    *,
    level: int,
    supervisors: int,
) -> tuple[str, ...]:
    """What is missing for a sign-off of some competencies, in words; empty when nothing is.

    Each competency is counted by itself, for the signature meets each of them.
    Shape: of several, those that lack the same are named together; one alone is not named.
    """
    by_code: dict[str, list[RatedObservation]] = {code: [] for code in codes}
    for one in rated:
        by_code[one.competency].append(one)
    lacking: dict[tuple[str, ...], list[str]] = {}
    for code, some in by_code.items():
        count = count_evidence(some, level=level, direct_modes=rules.direct_modes)
        missing = shortfalls(count, rules.for_level(level), supervisors=supervisors)
        if missing:
            lacking.setdefault(missing, []).append(code)
    if len(by_code) == 1:
        return next(iter(lacking), ())
    return tuple(f"{', '.join(same)}: {', '.join(missing)}" for missing, same in lacking.items())


def signing_credential(
    credentials: Iterable[Credential], kinds: Collection[str], *, on: date
) -> Credential:
    """The credential that lets somebody sign on a day; that which holds longest.

    Raises: InvalidInput with the reason: none on file, not begun, expired, or of another kind.
    """
    held = list(credentials)
    fitting = [one for one in held if one.is_of(kinds)]
    valid = valid_ones(fitting, on)
    if valid:
        return max(valid, key=lambda one: (one.expires_on or date.max, one.kind))
    wanted = " or ".join(sorted(kinds))
    expired = [one.expires_on for one in fitting if one.expires_on and one.expires_on < on]
    begins = [one.issued_on for one in fitting if one.issued_on > on]
    if begins:
        told = f"Your credential begins on {min(begins).isoformat()}."
    elif expired:
        told = f"Your credential expired on {max(expired).isoformat()}."
    elif held:
        told = f"Signing off takes a credential as {wanted}; the ones on file are others."
    else:
        told = f"Signing off takes a credential as {wanted}, and none of yours is on file."
    raise InvalidInput(
        "sign-off-credential", told, "Have it entered or renewed; then sign. Nothing was signed."
    )


def refuse_unfit_signature(
    *, typed_name: str, full_name: str, missing: tuple[str, ...], exception: str
) -> None:
    """Refuses a signature that is not one.

    Raises: InvalidInput when the typed name is another, or evidence is missing without a reason.
    """
    if missing and not exception.strip():
        raise InvalidInput(
            "sign-off-exception",
            f"Evidence is missing: {'; '.join(missing)}.",
            "Observe again first, or write why you sign nevertheless; the reason stays on record.",
        )
    if _plain(typed_name) != _plain(full_name):
        raise InvalidInput("sign-off-typed_name", f"Type your name as it stands here: {full_name}.")


def standing_of(entries: Iterable[SignOffEntry]) -> SignOffStanding:
    """How a sign-off stands. A withdrawal is final; a dispute stands until it is reviewed."""
    found = SignOffStanding.STANDS
    for entry in sorted(entries, key=lambda one: (one.at, one.id)):
        if entry.kind is EntryKind.WITHDRAWAL:
            return SignOffStanding.WITHDRAWN
        if entry.kind is EntryKind.DISPUTE:
            found = SignOffStanding.DISPUTED
        if entry.kind is EntryKind.SECOND_REVIEW and found is SignOffStanding.DISPUTED:
            found = SignOffStanding.REVIEWED
    return found


def entries_open_to(
    sign_off: SignOff, entries: Iterable[SignOffEntry], viewer_id: str
) -> tuple[EntryKind, ...]:
    """What somebody who may see a sign-off can add beside it.

    The person comments and disputes, the signer amends and withdraws, and a second supervisor
    answers a dispute. After a withdrawal only the person may still comment.
    """
    stands = standing_of(entries)
    if viewer_id == sign_off.person_id:
        ended = stands is SignOffStanding.WITHDRAWN
        return (EntryKind.COMMENT,) if ended else (EntryKind.COMMENT, EntryKind.DISPUTE)
    if stands is SignOffStanding.WITHDRAWN:
        return ()
    if viewer_id == sign_off.signed_by:
        return (EntryKind.AMENDMENT, EntryKind.WITHDRAWAL)
    return (EntryKind.SECOND_REVIEW,) if stands is SignOffStanding.DISPUTED else ()


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
