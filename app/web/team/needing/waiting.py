"""What waits for the supervisor: wishes, lines of hours, drafts, comments, goals to look at."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from app.domain.assignment import SOON
from app.domain.hours import HourEntry, waits_for, waits_for_former
from app.domain.record_look import KINDS
from app.services.supervisors import supervisors_of
from app.storage.queries.need_rows import comments_on, last_looks
from app.web.shared.competency_choices import competency_words
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell
from app.web.shared.site_days import site_day
from app.web.team.needing.lines import Act, NeedContext, NeedKind, NeedLine

COMMENTS_STAY = timedelta(days=30)  # afterwards they stand in the record alone


def wishes(context: NeedContext) -> list[NeedLine]:
    """Wishes to be observed that nobody has answered."""
    lines = []
    for one in context.store.observation_requests.waiting_of(context.person_ids):
        member, day = context.members[one.person_id], one.wished_on
        focus = competency_words(context.ratable, one.competency) if one.competency else ""
        state = "below" if day < context.today else "ageing"
        act = Act("Answer", context.url("supervision", member, _anchor="waiting"))
        when = Cell(f"wished by {say_short_day(day)}", state=state)
        lines.append(
            NeedLine(NeedKind.WAITING, member, day, "Asks to be observed", focus, when, act)
        )
    return lines


def unsigned_hours(context: NeedContext) -> list[NeedLine]:
    """Lines of hours that wait for the viewer's signature, or a former supervisor's, by person."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for stored in context.store.hours.waiting_of(context.person_ids):
        if waits_for(stored.entry, context.viewer.id) or _is_left(context, stored.entry):
            days[stored.entry.person_id].append(stored.entry.day)
    lines = []
    for person_id, some in days.items():
        member, first = context.members[person_id], min(some)
        url = context.url("hours_of_team", _anchor=f"waiting-{person_id}")
        lines.append(
            NeedLine(
                NeedKind.WAITING,
                member,
                first,
                "Hours to co-sign",
                say_count(len(some), "line"),
                Cell(f"since {say_short_day(first)}", state="ageing"),
                Act("Co-sign", url),
            )
        )
    return lines


def _is_left(context: NeedContext, entry: HourEntry) -> bool:
    """Says whether a line waits for somebody who no longer supervises its person."""
    of_team = {one.id for one in context.board.team.supervisors}
    if not waits_for_former(entry, of_team):
        return False
    return entry.supervisor_id not in supervisors_of(context.store, entry.person_id)


def begun_observations(context: NeedContext) -> list[NeedLine]:
    """Observations that the viewer has begun and not finished."""
    lines = []
    for one in context.store.observations.drafts_about(context.viewer.id, context.person_ids):
        member, day = context.members[one.person_id], site_day(one.started_at)
        url = context.url("observation", member, observation_id=one.id)
        when = Cell(f"since {say_short_day(day)}", state="ageing")
        what, detail = "Your draft of an observation", "only you see it until you finish it"
        act = Act("Go on", url)
        lines.append(NeedLine(NeedKind.WAITING, member, day, what, detail, when, act))
    return lines


def comments(context: NeedContext) -> list[NeedLine]:
    """What people wrote beside the viewer's observations since the day the viewer last looked.

    Looks are kept by day, so a comment of today stays until somebody looks on another day.
    """
    since = context.now - COMMENTS_STAY
    told = comments_on(context.store, context.viewer.id, context.person_ids, since=since)
    if not told:
        return []
    people = {one.person_id for one in told}
    looks = last_looks(
        context.store, context.viewer.id, people, kind=KINDS["observations"], since=site_day(since)
    )
    lines = []
    for one in told:
        member, day = context.members[one.person_id], site_day(one.said_at)
        if looks.get(one.person_id, day) > day:
            continue
        url = context.url("observation", member, observation_id=one.observation_id)
        when = Cell(f"since {say_short_day(day)}", state="open")
        what = "Wrote beside your feedback"
        lines.append(NeedLine(NeedKind.WAITING, member, day, what, "", when, Act("Read", url)))
    return lines


def goals(context: NeedContext) -> list[NeedLine]:
    """Goals of development plans whose day to look again has come, or comes within 14 days."""
    lines = []
    for goal in context.store.goals.of_people(context.person_ids):
        day = goal.wish.reobserve_on
        if goal.settled_on is not None or day > context.today + SOON:
            continue
        is_due = goal.is_due(context.today)
        member = context.members[goal.person_id]
        words = f"{'was due' if day < context.today else 'due'} {say_short_day(day)}"
        lines.append(
            NeedLine(
                NeedKind.WAITING if is_due else NeedKind.SOON,
                member,
                day,
                "Goal to look at again",
                goal.wish.goal,
                Cell(words, state="below" if day < context.today else "ageing"),
                Act(
                    "Look again",
                    context.url("start_observation", member),
                    sends=True,
                    hidden={"goal": goal.id},
                ),
            )
        )
    return lines
