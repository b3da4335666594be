from __future__ import annotations

import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.storage.search import SearchDocument, SearchIndex, match_query

DOCUMENTS = [
    SearchDocument("consent", "Consent first", "Nothing is told before the release is signed."),
    SearchDocument("network", "Mapping the network", "Consent is asked before anybody is called."),
    SearchDocument("tomas", "A letter", "Tomás writes to his mother in Málaga about recovery."),
    SearchDocument("or", "Either or", "Family AND friends NEAR by, NOT far: C++ and 42 CFR 2.31."),
]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(DOCUMENTS)


def found(index: SearchIndex, words: str) -> list[str]:
    return [hit.key for hit in index.find(words)]


def test_a_document_is_found_by_its_words_in_any_order(index: SearchIndex) -> None:
    assert found(index, "mother letter") == ["tomas"]
    assert found(index, "RECOVERY") == ["tomas"]


def test_every_word_must_be_there(index: SearchIndex) -> None:
    assert found(index, "mother network") == []


def test_a_title_ranks_before_a_body_that_says_it_more_often() -> None:
    index = SearchIndex(
        [
            SearchDocument("body", "Another lesson", "Release, release and once more release."),
            SearchDocument("title", "The release and who signs it before anything is told", "No."),
        ]
    )

    assert found(index, "release") == ["title", "body"]


@pytest.mark.parametrize("typed", ["Tomás", "tomas", "TOMAS", "Toma\u0301s", "malaga"])
def test_accents_may_be_left_out(index: SearchIndex, typed: str) -> None:
    assert found(index, typed) == ["tomas"]


@pytest.mark.parametrize("typed", ["recov", "let", "mother wri"])
def test_the_last_word_may_be_only_begun(index: SearchIndex, typed: str) -> None:
    assert "tomas" in found(index, typed)


def test_a_word_that_is_not_the_last_stands_whole(index: SearchIndex) -> None:
    assert found(index, "moth writes") == []


@pytest.mark.parametrize("typed", ["writing", "write", "writes", "mothers"])
def test_other_forms_of_a_word_are_found(index: SearchIndex, typed: str) -> None:
    assert found(index, typed) == ["tomas"]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "***", '"', "' ’", "( )", "-", "🧭"])
def test_nothing_asked_finds_nothing(index: SearchIndex, typed: str) -> None:
    assert index.find(typed) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("family AND friends", ["or"]),
        ("family NOT friends", ["or"]),  # a word like any other
        ("friends OR nobody", []),
        ("NEAR(family friends)", ["or"]),
        ('"family', ["or"]),
        ("family*", ["or"]),
        ("title:either", []),
        ("{title body}: either", []),
        ("either^", ["or"]),
        ("C++ and", ["or"]),
        ("2.31", ["or"]),
        ("-family", ["or"]),
        ("far'; DROP TABLE documents; --", []),
    ],
)
def test_what_people_type_is_never_read_as_an_operator(
    index: SearchIndex, typed: str, expected: list[str]
) -> None:
    assert found(index, typed) == expected


def test_a_snippet_marks_what_matched(index: SearchIndex) -> None:
    (hit,) = index.find("mother")

    assert [text for text, matches in hit.snippet if matches] == ["mother"]
    assert "".join(text for text, _ in hit.snippet) in DOCUMENTS[2].body


def test_no_more_is_found_than_asked_for(index: SearchIndex) -> None:
    assert len(index.find("consent", limit=1)) == 1


def test_very_long_questions_are_cut() -> None:
    assert match_query("word " * 10_000).count('"word"') == 13  # the last one twice


anything = st.text(max_size=60) | st.lists(
    st.sampled_from(['"', "'", "*", "(", ")", "AND", "OR", "NOT", "NEAR/2", ":", "^", "a", "é"])
).map(" ".join)


@given(anything)
@example("\ud800")  # half a character, as broken clients send it
@example("²")  # a digit to Python, and maybe none to the index
@example("\u0301")  # an accent without its letter
@example("letter \u0301")
@settings(deadline=None, max_examples=200)
def test_no_text_makes_a_search_fail(index: SearchIndex, typed: str) -> None:
    hits = index.find(typed)

    assert {hit.key for hit in hits} <= {document.key for document in DOCUMENTS}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_text_can_be_put_in_and_its_snippet_holds_no_mark(texts: list[str]) -> None:
    index = SearchIndex([SearchDocument(str(n), text, text) for n, text in enumerate(texts)])

    for hit in index.find(" ".join(texts)[:60]):
        assert hit.key in {str(n) for n in range(len(texts))}


def test_several_threads_search_at_once(index: SearchIndex) -> None:
    results: list[list[str]] = []

    def search() -> None:
        for _ in range(20):
            results.append(found(index, "consent"))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [["consent", "network"]] * 160
