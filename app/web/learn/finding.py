"""Search over lessons, section by section."""

from __future__ import annotations

from app.library.library import Library
from app.library.markup import plain_text
from app.storage.search import SearchDocument, SearchIndex
from app.web.learn.lesson_view import lesson_url
from app.web.learn.pages import SearchResult

LONGEST_QUERY = 200
_INDEXES: dict[str, SearchIndex] = {}  # the one of the content in use, by its fingerprint


def find_in_lessons(library: Library, words: str) -> tuple[SearchResult, ...]:
    """Finds sections that hold the words, the best first."""
    results = []
    for hit in _index_of(library).find(words[:LONGEST_QUERY]):
        lesson_id, _, section_id = hit.key.partition("#")
        lesson = library.lessons[lesson_id]
        section = lesson.section(section_id)
        title = section.title if section and section.title else lesson.title
        results.append(
            SearchResult(title, lesson_url(lesson, section_id), lesson.title, hit.snippet)
        )
    return tuple(results)


def _index_of(library: Library) -> SearchIndex:
    """Cost: renders every lesson to words once, on the first search after a change of content."""
    index = _INDEXES.get(library.fingerprint)
    if index is None:
        index = SearchIndex(
            SearchDocument(
                key=f"{lesson.id}#{section.id}",
                title=f"{lesson.title} {section.title}",
                body=plain_text(section.source),
            )
            for lesson in library.lessons.values()
            for section in lesson.sections
        )
        _INDEXES.clear()
        _INDEXES[library.fingerprint] = index
    return index
