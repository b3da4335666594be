"""Which kept things are about a person, what a copy for them holds, and what erasing leaves.

One row for each table of the database; a test finds a table without one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FORMER = "Former staff member"
WAITING = timedelta(days=14)  # between asking and the first day on which it may be done


class Fate(StrEnum):
    """What becomes of somebody's rows when they are erased."""

    ERASED = "erased"
    KEPT = "kept"  # under `FORMER`
    OTHERS = "others"  # about somebody or something else; the person only did it
    NOBODY = "nobody"  # about no person at all


RECORD = "It shows whom the organization judged competent, by whom, and on what grounds."
HOURS = "Boards ask for supervised hours years later, and the other signature is somebody else's."
TRAIL = "It shows who did what; without it nobody could be held to account."


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table means for a person.

    Shape: `owner` are the columns that name whom a row is about; through a parent it is the
    parent's owner, named as (column, parent table). `complete` is a column that is empty while
    a row is unfinished: such rows are in no copy, because they could tell keys or drafts early.
    `blank` gives what columns become when the row is kept. `because` is told beforehand.
    """

    table: str
    title: str
    fate: Fate
    owner: tuple[str, ...] = ("person_id",)
    parent: tuple[str, str] | None = None
    complete: str = ""
    blank: tuple[tuple[str, str], ...] = ()
    because: str = ""
    is_copied: bool = True


def _nobody(*tables: str) -> tuple[Kept, ...]:
    return tuple(Kept(table, "", Fate.NOBODY, (), is_copied=False) for table in tables)


def _others(*tables: str) -> tuple[Kept, ...]:
    return tuple(Kept(table, "", Fate.OTHERS, (), is_copied=False) for table in tables)


def _of_attempt(table: str, title: str) -> Kept:
    return Kept(table, title, Fate.ERASED, (), ("attempt_id", "attempts"))


# In the order in which rows can go: what refers to others stands before them.
TABLES: tuple[Kept, ...] = (
    Kept("responses", "Answers to questions", Fate.ERASED, (), ("attempt_id", "attempts")),
    _of_attempt("slot_marks", "Notes beside questions"),
    _of_attempt("exam_breaks", "Breaks in exams"),
    _of_attempt("score_reports", "Results of exams"),
    _of_attempt("item_reports", "Reports about questions"),
    Kept("attempts", "Quizzes and exams", Fate.ERASED, complete="finished_at"),
    Kept("exam_allowances", "Extra time in exams", Fate.ERASED),
    Kept("bookmarks", "Bookmarked questions", Fate.ERASED),
    Kept("practice_presets", "Saved choices for quizzes", Fate.ERASED),
    Kept("section_reads", "Sections read", Fate.ERASED),
    Kept("commitments", "Reflections after cases", Fate.ERASED),
    Kept("steps", "Steps in cases", Fate.ERASED, (), ("run_id", "runs")),
    Kept("runs", "Cases played", Fate.ERASED, complete="ended_at"),
    Kept("news", "News", Fate.ERASED),
    Kept("development_goals", "Goals of the development plan", Fate.ERASED),
    Kept("observation_requests", "Wishes to be observed", Fate.ERASED),
    Kept("education", "Training", Fate.ERASED),
    Kept("sent_forms", "Forms sent", Fate.ERASED, is_copied=False),
    Kept("private_notes", "", Fate.ERASED, is_copied=False),  # their author's alone
    Kept("leaves", "Leave", Fate.ERASED),
    Kept("nudges", "Reminders from supervisors", Fate.ERASED),
    Kept("digests", "Digest mails sent", Fate.ERASED),
    Kept("mail_choices", "Whether digests are wanted", Fate.ERASED),
    Kept("calendar_feeds", "Calendar address", Fate.ERASED),
    Kept(
        "audit_packet_parts", "", Fate.ERASED, (), ("packet_id", "audit_packets"), is_copied=False
    ),
    Kept("audit_packets", "Audit packets of this person alone", Fate.ERASED, complete="ready_at"),
    Kept("record_looks", "Who opened the record", Fate.ERASED),
    Kept("sign_ins", "Browsers signed in", Fate.ERASED),
    Kept("invitations", "Invitation", Fate.ERASED, ("email",)),
    Kept("observations", "Observations", Fate.KEPT, complete="finished_at", because=RECORD),
    Kept("feedback_replies", "Replies to feedback", Fate.KEPT, because=RECORD),
    Kept("ratings", "Ratings, one's own among them", Fate.KEPT, because=RECORD),
    Kept("reconciling_notes", "Notes on differing ratings", Fate.KEPT, because=RECORD),
    Kept("sign_offs", "Sign-offs", Fate.KEPT, because=RECORD),
    Kept(
        "sign_off_amendments",
        "What was said beside sign-offs",
        Fate.KEPT,
        (),
        ("sign_off_id", "sign_offs"),
        because=RECORD,
    ),
    Kept("supervision_contracts", "Supervision contracts", Fate.KEPT, because=HOURS),
    Kept(
        "contract_acceptances",
        "Acceptances of contracts",
        Fate.KEPT,
        (),
        ("contract_id", "supervision_contracts"),
        because=HOURS,
    ),
    Kept(
        "hour_entries",
        "Supervised hours",
        Fate.KEPT,
        blank=(("staff_name", FORMER), ("staff_credential", ""), ("note", "")),
        because=HOURS,
    ),
    Kept("phase_starts", "Phases of supervised work", Fate.KEPT, because=HOURS),
    Kept("credentials", "Credentials", Fate.KEPT, blank=(("number", ""),), because=RECORD),
    Kept("assignments", "What was asked of this person alone", Fate.KEPT, because=TRAIL),
    Kept(
        "assignment_extensions",
        "More time for what was asked",
        Fate.KEPT,
        blank=(("note", ""),),
        because=TRAIL,
    ),
    Kept("role_grants", "Roles", Fate.KEPT, because=TRAIL),
    Kept("audit", "Audit trail", Fate.KEPT, ("subject_id", "actor_id"), because=TRAIL),
    Kept("erasure_requests", "Wishes to be forgotten", Fate.KEPT, because=TRAIL),
    Kept(
        "people",
        "Account",
        Fate.KEPT,
        ("id",),
        because="What is kept needs somebody it belongs to; name, address and password go.",
    ),
    *_others(
        "case_drafts",
        "case_draft_edits",
        "case_publications",
        "case_reviews",
        "case_comments",
        "team_requirements",
        "own_frameworks",
        "regrades",
    ),
    *_nobody(
        "content_files",
        "item_versions",
        "item_exposures",
        "answer_tallies",
        "scenario_revisions",
        "cohorts",
        "organisations",
        "setup_tokens",
        "sign_in_failures",  # names nobody, and is forgotten within a day
    ),
)
# Columns that say nothing to the person, or would help somebody who finds the copy.
LEFT_OUT = frozenset(
    {
        "organisation_id",
        "password_hash",
        "token_digest",
        "request_key",
        "form_key",
        "mark",
        "slots",  # the forms of exams are reused
        "seed",
        "saved_by_tab",
        "tab_step",
    }
)


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """That a person asked to be forgotten."""

    id: str
    person_id: str
    asked_at: datetime
    from_day: date
    full_name: str = ""

    def may_be_done(self, today: date) -> bool:
        """Says whether the time to think again is over."""
        return today >= self.from_day


def kept_reasons() -> tuple[tuple[str, str], ...]:
    """What erasing leaves, and why: things with one reason stand together."""
    things: dict[str, list[str]] = {}
    for one in TABLES:
        if one.fate is Fate.KEPT:
            things.setdefault(one.because, []).append(one.title)
    return tuple(
        (", ".join(titles).lower().capitalize(), because) for because, titles in things.items()
    )


def erased_titles() -> tuple[str, ...]:
    """What erasing takes, in words."""
    return tuple(one.title for one in TABLES if one.fate is Fate.ERASED and one.is_copied)
