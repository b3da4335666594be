"""Ratings that lie far apart, self-ratings beside which nobody looked, contested sign-offs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from app.domain.rating import Rating, RatingSource, disagreements
from app.domain.sign_off import EntryKind, SignOffStanding, entries_open_to, standing_of
from app.storage.queries.need_rows import contested_sign_offs, ratings_to_look_at
from app.web.shared.competency_choices import competency_words
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell
from app.web.shared.sign_off_view import target_title
from app.web.shared.site_days import site_day
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine

SELF_RATINGS_STAY = timedelta(days=90)


def judgements(context: NeedContext) -> list[NeedLine]:
    """Wide gaps that nobody has explained, and self-ratings that nobody has looked beside."""
    ratings = ratings_to_look_at(context.store, context.person_ids)
    explained = {one.pair for one in context.store.ratings.notes_of_people(context.person_ids)}
    gaps = [one for one in disagreements(ratings) if one.pair not in explained]
    in_gaps = {(one.lower.person_id, one.competency) for one in gaps}
    lines = []
    for gap in gaps:
        member = context.members[gap.lower.person_id]
        day = site_day(max(gap.lower.rated_at, gap.higher.rated_at))
        steps = gap.higher.level - gap.lower.level
        lines.append(
            NeedLine(
                NeedKind.WAITING,
                member,
                day,
                f"Ratings lie {steps} steps apart",
                competency_words(context.ratable, gap.competency),
                Cell(f"since {say_short_day(day)}", state="ageing"),
                Act("Explain", context.url("supervision", member, _anchor="gaps")),
            )
        )
    return lines + _self_ratings(context, ratings, in_gaps)


def _self_ratings(
    context: NeedContext, ratings: Iterable[Rating], in_gaps: set[tuple[str, str]]
) -> list[NeedLine]:
    """Told by person. What stands in a gap is told there."""
    alone: dict[tuple[str, str], Rating] = {}
    for one in ratings:  # in the order in which they were made
        key = (one.person_id, one.competency)
        if one.source is RatingSource.SELF:
            alone[key] = one
        else:
            alone.pop(key, None)
    by_person: defaultdict[str, list[Rating]] = defaultdict(list)
    for key, one in alone.items():
        if key not in in_gaps and one.rated_at >= context.now - SELF_RATINGS_STAY:
            by_person[one.person_id].append(one)
    lines = []
    for person_id, some in by_person.items():
        member, first = context.members[person_id], min(some, key=lambda one: one.rated_at)
        detail = competency_words(context.ratable, first.competency)
        if len(some) > 1:
            detail = f"{detail}, and {say_count(len(some) - 1, 'more', 'more')}"
        day = site_day(first.rated_at)
        lines.append(
            NeedLine(
                NeedKind.WAITING,
                member,
                day,
                "Self-rating without yours beside it",
                detail,
                Cell(f"since {say_short_day(day)}", state="open"),
                Act("Compare", context.url("supervision", member, _anchor="ratings")),
            )
        )
    return lines


def contested(context: NeedContext) -> list[NeedLine]:
    """Contested sign-offs that wait for the viewer: to answer, or to amend one's own."""
    found = contested_sign_offs(context.store, context.person_ids)
    if not found:
        return []
    entries = context.store.sign_offs.entries([one.id for one in found])
    signed = {
        one.id: one for one in context.store.sign_offs.of_people({o.person_id for o in found})
    }
    lines = []
    for one in found:
        beside = [entry for entry in entries if entry.sign_off_id == one.id]
        if standing_of(beside) is not SignOffStanding.DISPUTED:
            continue
        sign_off, member = signed[one.id], context.members[one.person_id]
        may_answer = EntryKind.SECOND_REVIEW in entries_open_to(sign_off, beside, context.viewer.id)
        if not may_answer and sign_off.signed_by != context.viewer.id:
            continue
        day = site_day(one.said_at)
        lines.append(
            NeedLine(
                NeedKind.WAITING,
                member,
                day,
                "Contested sign-off to review" if may_answer else "Contests your sign-off",
                target_title(context.ratable, sign_off),
                Cell(f"since {say_short_day(day)}", state="below"),
                Act(
                    "Answer" if may_answer else "Read",
                    context.url("signed_off", member, sign_off_id=one.id),
                ),
            )
        )
    return lines
