"""What people keep for their practice: choices under a name, bookmarks, what they missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from app.domain.access import own
from app.domain.attempt import Attempt, AttemptKind, Feedback, is_settled
from app.domain.errors import Conflict, InvalidInput
from app.domain.item import Item
from app.domain.person import Viewer
from app.domain.practice import PracticeWish, Seen
from app.domain.practice_preset import MOST_PRESETS, Preset, tidy_name
from app.services.exam import PracticeStart, own_attempt, start_practice
from app.storage.store import Store

MISSED_LENGTH = 10
ANY_KIND = frozenset(AttemptKind)


@dataclass(frozen=True, slots=True)
class MissedStart:
    """A quiz on what was missed, asked for by one press.

    Shape: with `domains`, questions of these serve when nothing there was missed in practice:
    exams ask from a pool of their own, which practice never draws on.
    """

    pool: Sequence[Item]
    request_key: str
    topics: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()


def start_missed(
    store: Store, viewer: Viewer, start: MissedStart, *, now: datetime, random: Random
) -> Attempt:
    """Starts a quiz of up to ten missed questions; the same request key finds it again.

    Raises: InvalidInput when there is nothing to practice.
    """
    states = (Seen.MISSED, Seen.UNSEEN, Seen.ANY) if start.domains else (Seen.MISSED,)
    refused: InvalidInput | None = None
    for seen in states:
        wish = PracticeWish(
            start.topics, MISSED_LENGTH, seen, Feedback.TUTOR, domains=start.domains
        )
        title = "What you missed" if seen is Seen.MISSED else "More on what you missed"
        asked = PracticeStart(wish, start.pool, title, start.request_key)
        try:
            return start_practice(store, viewer, asked, now=now, random=random)
        except InvalidInput as nothing:
            refused = refused or nothing
    assert refused is not None  # noqa: S101 (there is at least one state to try)
    raise refused


def save_preset(
    store: Store, viewer: Viewer, *, name: str, wish: PracticeWish, now: datetime
) -> Preset:
    """Keeps choices under a name; a name that is used already stands for these from now on.

    Raises: InvalidInput for a name that cannot be used; Conflict when there are too many.
    """
    tidy = tidy_name(name)
    with store.writing():
        store.people.hold(viewer.id)  # two tabs must not both find that there is room
        kept = store.practice.presets(viewer.id)
        same = next((one for one in kept if one.name == tidy), None)
        if same is not None:
            preset = Preset(same.id, tidy, wish, now)
            store.practice.change_preset(viewer.id, preset)
            return preset
        if len(kept) >= MOST_PRESETS:
            raise Conflict(
                "too-many-presets",
                f"You have {MOST_PRESETS} saved choices, and there is room for no more.",
                "Delete one you no longer use, or save under a name you have.",
            )
        preset = Preset(store.new_id(now), tidy, wish, now)
        store.practice.add_preset(viewer.id, preset)
    return preset


def remove_preset(store: Store, viewer: Viewer, *, preset_id: str) -> None:
    """Forgets saved choices. Raises: NotFound for those of someone else, or none."""
    with store.writing():
        kept = store.practice.presets(viewer.id)
        is_own = any(one.id == preset_id for one in kept)
        own(viewer, viewer.id if is_own else None, thing="saved choice")
        store.practice.remove_preset(viewer.id, preset_id)


def set_bookmark(
    store: Store,
    viewer: Viewer,
    *,
    attempt_id: str,
    position: int,
    is_wanted: bool,
    now: datetime,
) -> Attempt:
    """Bookmarks the question at a place of an attempt, or takes the bookmark away.

    Raises: NotFound for an attempt of someone else; Conflict while its answer is not settled.
    """
    with store.writing():
        attempt = own_attempt(store, viewer, attempt_id, kinds=ANY_KIND)
        slot = attempt.slot(position)
        if not is_settled(attempt, position, store.attempts.current_responses(attempt.id)):
            raise Conflict(
                "not-settled",
                "A question can be bookmarked once its answer is settled.",
                "Answer it first; mark it for review if you want to come back to it.",
            )
        if is_wanted:
            store.practice.bookmark(viewer.id, slot.item_id, now=now)
        else:
            store.practice.remove_bookmark(viewer.id, slot.item_id)
    return attempt


def remove_bookmark(store: Store, viewer: Viewer, *, item_id: str) -> None:
    """Takes one of the viewer's bookmarks away; one that is not there stays away."""
    with store.writing():
        if item_id in store.practice.bookmarks(viewer.id):
            store.practice.remove_bookmark(viewer.id, item_id)
