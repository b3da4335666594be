"""Pieces of the chain of supervision with defaults, so that a test names only what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from app.domain.competency import Competency, CompetencyFramework, CompetencyGroup
from app.domain.competency_requirement import EvidenceRules, LevelRule
from app.domain.development_goal import Goal, GoalWish
from app.domain.level_scale import Level, LevelScale
from app.domain.mi_counts import MICounts
from app.domain.observation import Mark, ObservationForm, ObservationMode, Support
from app.domain.rating import Rating, RatingSource
from app.domain.sign_off import EntryKind, SigningRules, SignOff, SignOffEntry
from app.domain.supervision_contract import Contract, ContractTerms
from app.library.catalog import Library
from app.library.supervision_rules import SupervisionRules
from app.storage.observation_requests import ObservationRequest
from app.storage.observations import FeedbackReply, StoredObservation
from app.storage.private_notes import PrivateNote
from app.storage.ratings import ReconcilingNote

if TYPE_CHECKING:
    from app.storage.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def terms(**changes: Any) -> ContractTerms:
    words = ("purpose", "goals", "site", "modality", "frequency", "ethics", "criteria", "methods")
    fields: dict[str, Any] = {name: f"What we agree on as {name}." for name in words}
    fields |= {"starts_on": TODAY, "ends_on": date(2027, 11, 22)}
    return ContractTerms(**{**fields, **changes})


def a_form(**changes: Any) -> ObservationForm:
    """A form that may enter the record: one competency at the third level, seen live."""
    fields: dict[str, Any] = {
        "mode": ObservationMode.LIVE,
        "observed_on": TODAY,
        "marks": (Mark("CONF", 3, Support.ALONE, "Checked the release first."),),
        "note": "",
        "went_well": "You asked before you told.",
        "next_step": "Say it in your own words.",
        "counts": MICounts(),
    }
    return ObservationForm(**{**fields, **changes})


def a_rating(**changes: Any) -> Rating:
    fields: dict[str, Any] = {
        "id": "rating-1",
        "person_id": "ana",
        "competency": "CONF",
        "framework_id": "WM",
        "framework_version": "1, version 1",
        "scale_id": "five-steps",
        "level": 3,
        "level_title": "Competent",
        "source": RatingSource.OBSERVATION,
        "rater_id": "cora",
        "rated_at": NOW,
        "rater_credential": "CCS 4711",
    }
    return Rating(**{**fields, **changes})


def a_sign_off(**changes: Any) -> SignOff:
    fields: dict[str, Any] = {
        "id": "sign-off-1",
        "person_id": "ana",
        "target_kind": "competency",
        "target": "CONF",
        "framework_id": "WM",
        "framework_version": "1, version 1",
        "scale_id": "five-steps",
        "level": 3,
        "level_title": "Competent",
        "evidence": ("rating-1",),
        "shortfalls": (),
        "exception": "",
        "statement": "I have seen it.",
        "typed_name": "Cora Lindqvist",
        "signed_by": "cora",
        "credential_id": "credential-1",
        "credential": "CCS 4711",
        "signed_at": NOW,
    }
    return SignOff(**{**fields, **changes})


def an_entry(kind: EntryKind, **changes: Any) -> SignOffEntry:
    fields: dict[str, Any] = {
        "id": f"entry-{kind}",
        "sign_off_id": "sign-off-1",
        "kind": kind,
        "words": "Words.",
        "by": "ana",
        "at": NOW,
    }
    return SignOffEntry(**{**fields, **changes})


@dataclass(frozen=True, slots=True)
class Chain:
    """One row of each kind, all of one person."""

    goal: Goal
    draft: StoredObservation
    other_draft: StoredObservation
    finished: StoredObservation
    request: ObservationRequest
    signed: SignOff


def add_chain(store: Store, person_id: str, *, now: datetime) -> Chain:
    """Adds one row of each kind, straight to the shelves. Call it inside a change."""

    def new_id() -> str:
        return store.new_id(now)

    contract = Contract(new_id(), person_id, person_id, 1, terms())
    store.contracts.add(contract, now=now)
    store.contracts.accept(contract.id, by=person_id, now=now)
    wish = GoalWish("CONF", "Checks first", "Read", TODAY, TODAY)
    goal = Goal(new_id(), person_id, wish, person_id, now.date())
    store.goals.add(goal, now=now)
    draft = StoredObservation(new_id(), person_id, person_id, a_form(), "", 1, "tab", 1, now, now)
    other_draft, seen = replace(draft, id=new_id()), replace(draft, id=new_id())
    for one in (draft, other_draft, seen):
        store.observations.add(one)
    store.observations.finish(seen, now=now)
    store.observations.reply(FeedbackReply(new_id(), seen.id, person_id, "read", "", now))
    rating = a_rating(id=new_id(), person_id=person_id, rater_id=person_id, observation_id=seen.id)
    own = replace(rating, id=new_id(), source=RatingSource.SELF, observation_id="", level=1)
    store.ratings.add([rating, own])
    store.ratings.add_note(
        ReconcilingNote(new_id(), person_id, own.id, rating.id, "We talked.", person_id, now)
    )
    request = ObservationRequest(new_id(), person_id, "CONF", "Soon", TODAY, now)
    store.observation_requests.add(request)
    signed = a_sign_off(id=new_id(), person_id=person_id, signed_by=person_id, signed_at=now)
    store.sign_offs.add(signed)
    store.sign_offs.add_entry(
        an_entry(EntryKind.COMMENT, id=new_id(), sign_off_id=signed.id, by=person_id, at=now)
    )
    store.private_notes.add(PrivateNote(new_id(), person_id, person_id, "Mine.", now))
    return Chain(goal, draft, other_draft, seen, request, signed)


def a_rating_library() -> Library:
    """A framework of three competencies in two areas, five steps, and what signing goes by."""
    steps = ("Understands", "Developing", "Competent", "Skilled", "Master")
    levels = tuple(
        Level(title.lower(), rank, title, f"{title} it.") for rank, title in enumerate(steps, 1)
    )
    scale = LevelScale("five-steps", "Five steps", levels, competent=3)
    rules = EvidenceRules(
        id="rules",
        scale=scale.id,
        levels=(LevelRule(1, 1), LevelRule(3, 3, dates=2, direct=1)),
        direct_modes=frozenset({"live", "recorded"}),
        ageing_days=90,
    )
    competencies = tuple(
        Competency(code, "WM", group, title, title, "own")
        for code, group, title in (
            ("CONF", "talk", "Confidentiality"),
            ("MI", "talk", "Interviewing"),
            ("FAM", "kin", "Families"),
        )
    )
    framework = CompetencyFramework(
        id="WM",
        title="Practice",
        edition="1",
        publisher="",
        source="",
        note="",
        groups=(
            CompetencyGroup("talk", "Talking", "dimension"),
            CompetencyGroup("kin", "Kin", "dimension"),
        ),
        competencies=competencies,
        scale=scale.id,
    )
    return Library(
        frameworks={"WM": framework},
        competencies={one.code: one for one in competencies},
        supervision=SupervisionRules(
            scales={scale.id: scale},
            evidence={scale.id: rules},
            signing=SigningRules(("CCS", "CSI"), "a-law", TODAY),
        ),
    )
