"""The outline of a draft: every place in order; of a long case one chapter at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.case_chapters import Chapter, chapter_with
from app.domain.problem import Severity
from app.web.shared.filters import say_count
from app.web.shared.part_data import Cell
from app.web.studio.cases import ENDING_SIGNS
from app.web.studio.desk.laid_out import Desk, place_of_problem
from app.web.studio.desk.pages import Outline, OutlineEntry, OutlineGroup
from app.web.studio.desk.places import MAP, SCENE, DraftPlace, place_text

COUNTED = frozenset({Severity.ERROR, Severity.WARNING})
MOST_FOUND = 60  # places; whoever looks for something reads no more
MOST_FILES = 60  # files told at once beside the case


@dataclass(frozen=True, slots=True)
class OutlineAsked:
    """What of the outline is wanted. Shape: `find` are words to look for, `part` the number of a
    chapter to unfold; empty for the one that holds the open place.
    """

    find: str = ""
    part: str = ""


AS_IT_IS = OutlineAsked()


def problem_counts(desk: Desk) -> Counter[str]:
    """How many errors and warnings stand in each place, by its id."""
    return Counter(
        place.id
        for problem in desk.checked.problems
        if problem.severity in COUNTED and (place := place_of_problem(desk, problem)) is not None
    )


def unfolded(desk: Desk, here: DraftPlace, asked: OutlineAsked) -> int:
    """The number of the chapter to show; 0 for none."""
    if asked.part.isdecimal() and len(asked.part) < 5:
        return int(asked.part)
    return chapter_with(desk.chapters, here.scene_id)


def outline(desk: Desk, here: DraftPlace, view: str, asked: OutlineAsked) -> Outline:
    """The outline as far as it is asked for. Shape: `view` is kept in its addresses if not empty.

    What is looked for stands in a title, an id or the text of a place.
    """
    counts = problem_counts(desk)
    can_search = bool(desk.chapters)
    find = " ".join(asked.find.split()) if can_search else ""
    writer = _Writer(desk, here, view, find, asked.part, counts)
    scenes = " ".join(desk.scene_spans) if can_search else ""
    if not find:
        return Outline(tuple(_groups(writer, unfolded(desk, here, asked))), can_search, scenes)
    found = [place for place in desk.places if _holds(desk, place, find.casefold())]
    told = f"{say_count(len(found), 'place')} with “{find}”"
    if len(found) > MOST_FOUND:
        told += f"; the first {MOST_FOUND} are shown"
    group = OutlineGroup("", "", "", is_open=True, entries=writer.entries(found[:MOST_FOUND]))
    return Outline((group,), can_search, scenes, find, told, desk.url(here.id, view=view))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes entries and groups of one outline."""

    desk: Desk
    here: DraftPlace
    view: str
    find: str
    part: str
    counts: Counter[str]

    def entries(self, places: Iterable[DraftPlace]) -> tuple[OutlineEntry, ...]:
        return tuple(
            OutlineEntry(
                id=place.id,
                title=place.title,
                url=self.desk.url(place.id, view=self.view, find=self.find),
                signs=_signs(self.desk, place),
                problems=self.counts[place.id],
                comments=sum(one.place == place.id for one in self.desk.review.open_comments),
                is_here=place.id == self.here.id,
            )
            for place in places
        )

    def chapter(self, chapter: Chapter, places: dict[str, DraftPlace], shown: int) -> OutlineGroup:
        is_open = chapter.number == shown
        own = [places[one] for one in chapter.scenes if one in places]
        ids = {place.id for place in own}
        return OutlineGroup(
            title=chapter_title(chapter),
            detail=f"{own[0].title} … {own[-1].title}" if own else "",
            url=chapter_url(self.desk, self.here, self.view, None if is_open else chapter),
            is_open=is_open,
            entries=self.entries(own) if is_open else (),
            problems=0 if is_open else sum(self.counts[one] for one in ids),
            comments=0 if is_open else self._comments(ids),
            has_here=self.here.id in ids,
        )

    def _comments(self, ids: set[str]) -> int:
        return sum(one.place in ids for one in self.desk.review.open_comments)


def chapter_url(desk: Desk, here: DraftPlace, view: str, chapter: Chapter | None) -> str:
    """The address that unfolds a chapter, on the map at its first scene. None: folds all."""
    if chapter is None:
        return desk.url(here.id, view=view, part="0").partition("#")[0]
    url = desk.url(here.id, view=view, part=str(chapter.number)).partition("#")[0]
    return f"{url}#case-at-{chapter.scenes[0]}" if view == MAP else url


def chapter_title(chapter: Chapter) -> str:
    """How a chapter is called."""
    return f"Scenes {chapter.first}–{chapter.last}"


def _groups(writer: _Writer, shown: int) -> Iterator[OutlineGroup]:
    desk = writer.desk
    if not desk.chapters:
        yield OutlineGroup("", "", "", is_open=True, entries=writer.entries(desk.places))
        return
    scenes = {place.scene_id: place for place in desk.places if place.scene_id}
    numbers = [number for number, place in enumerate(desk.places) if place.scene_id]
    head, tail = desk.places[: numbers[0]], desk.places[numbers[-1] + 1 :]
    yield OutlineGroup("", "", "", is_open=True, entries=writer.entries(head))
    for chapter in desk.chapters:
        yield writer.chapter(chapter, scenes, shown)
    own = [place for place in tail if not place.file_name or place.id == writer.here.id]
    files = [place for place in tail if place.file_name]
    last = tail if len(files) <= MOST_FILES else (*own, *files[:MOST_FILES])
    yield OutlineGroup("", "", "", is_open=True, entries=writer.entries(dict.fromkeys(last)))


def _holds(desk: Desk, place: DraftPlace, words: str) -> bool:
    told = f"{place.title}\n{place.id.removeprefix(SCENE)}"
    return words in told.casefold() or words in place_text(desk.draft.files, place).casefold()


def _signs(desk: Desk, place: DraftPlace) -> tuple[Cell, ...]:
    scene = desk.scene_spans.get(place.scene_id) if place.scene_id else None
    if scene is None:
        return ()
    ending = next((key.value for key in scene.keys if key.name == "ending"), "")
    signs = []
    if scene.id == desk.start:
        signs.append(Cell("start", state="here"))
    if ending:
        signs.append(Cell(f"{ending} ending", state=ENDING_SIGNS.get(ending, "open")))
    if scene.activity is not None:
        signs.append(Cell("activity"))
    if scene.choices:
        signs.append(Cell(say_count(len(scene.choices), "choice")))
    return tuple(signs)
