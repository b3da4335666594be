"""Whose credentials end within 90 days, and what renewing them still needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.board_rules import RenewalRule, edition_on, renewals_of
from app.domain.renewal import Education, Ending, RenewalState, endings, tally
from app.library.library import Library
from app.storage.store import Store


@dataclass(frozen=True, slots=True)
class OwnEnd:
    """A credential that ends, as its person is told."""

    ending: Ending
    lacks_training: bool

    @property
    def person_id(self) -> str:
        """Whose it is."""
        return self.ending.credential.person_id

    @property
    def words(self) -> str:
        """The line of a mail. Only its person reads that training is missing."""
        told = ends_words(self.ending)
        return f"{told}; training for its renewal is still missing" if self.lacks_training else told


def ends_words(ending: Ending) -> str:
    """A credential with its last day, and no number of it."""
    day = ending.ends_on
    return f"{ending.credential.kind}, valid until {day:%B} {day.day}, {day.year}"


def ends_ahead(
    store: Store, library: Library, person_ids: Collection[str], *, today: date
) -> list[OwnEnd]:
    """What ends within 90 days, the earliest first. What has ended is left out.

    Cost: two queries, however many people.
    """
    rules = renewals_of(library.boards.values())
    held = store.credentials.of_people(person_ids)
    found = [one for one in endings(held, rules, on=today) if one.state is RenewalState.AGEING]
    if not found:
        return []
    done = store.education.of_people({one.credential.person_id for one in found})
    return [OwnEnd(one, _lacks_training(one, rules, done, today=today)) for one in found]


def _lacks_training(
    ending: Ending,
    rules: Mapping[str, RenewalRule],
    done: Iterable[Education],
    *,
    today: date,
) -> bool:
    rule = rules.get(ending.credential.kind)
    if rule is None:
        return False
    return not tally(ending.credential, edition_on(rule.editions, today), done).is_complete
