"""What the pages for anyone show."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.cast import CastMember
from app.domain.source import Source
from app.library.library import Library


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the demo cast that a visitor may sign in as."""

    name: str
    role: str
    email: str


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """The first page: what Waymark is, and the way in."""

    sign_in_url: str
    lessons: int
    questions: int
    cases: int
    demo: tuple[DemoPerson, ...]
    demo_password: str


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """How many pieces of one kind there are, and how many a clinician has reviewed."""

    kind: str
    total: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class AboutContentPage:
    """Where the content comes from and what review it has had."""

    counts: tuple[ReviewCount, ...]
    second_readings: int
    agreed: int
    decisions_read: int
    decisions_agreed: int
    sources: tuple[Source, ...]


def review_counts(library: Library) -> tuple[ReviewCount, ...]:
    """Counts reviewed pieces by kind."""
    kinds = (
        ("Lessons", [lesson.reviewed for lesson in library.lessons.values()]),
        ("Questions", [item.reviewed for item in library.items.values()]),
        ("Cases", [scenario.review for scenario in library.scenarios.values()]),
    )
    return tuple(
        ReviewCount(name, len(marks), sum(mark is not None and mark.is_reviewed for mark in marks))
        for name, marks in kinds
    )


def demo_person(member: CastMember) -> DemoPerson:
    """Names one of the cast with the roles they hold."""
    roles = ", ".join(role for role, _team in member.roles)
    return DemoPerson(member.full_name, roles, member.email)
