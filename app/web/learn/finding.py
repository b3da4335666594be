"""Search over lessons, section by section."""

from __future__ import annotations

from functools import lru_cache

from app.library.library import Library
from app.library.markup import plain_text
from app.storage.search import SearchDocument, SearchIndex
from app.web.learn.lesson_view import lesson_url
from app.web.learn.pages import SearchResult

LONGEST_QUERY = 200
_LIBRARIES: dict[str, Library] = {}


def find_in_lessons(library: Library, words: str) -> tuple[SearchResult, ...]:
    """Finds sections that hold the words, the best first."""
    _LIBRARIES.clear()
    _LIBRARIES[library.fingerprint] = library
    results = []
    for hit in _index(library.fingerprint).find(words[:LONGEST_QUERY]):
        lesson_id, _, section_id = hit.key.partition("#")
        lesson = library.lessons[lesson_id]
        section = lesson.section(section_id)
        title = section.title if section and section.title else lesson.title
        results.append(
            SearchResult(title, lesson_url(lesson, section_id), lesson.title, hit.snippet)
        )
    return tuple(results)


@lru_cache(maxsize=2)
def _index(fingerprint: str) -> SearchIndex:
    """Cost: renders every lesson to words once per content fingerprint, on the first search."""
    library = _LIBRARIES[fingerprint]
    return SearchIndex(
        SearchDocument(
            key=f"{lesson.id}#{section.id}",
            title=f"{lesson.title} {section.title}",
            body=plain_text(section.source),
        )
        for lesson in library.lessons.values()
        for section in lesson.sections
    )
