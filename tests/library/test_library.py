from __future__ import annotations

import os
from pathlib import Path

from app.domain.problem import errors_only
from app.library.library import good_texts, read_library, signature
from app.library.places import Places, find_places
from tests.builders import ITEM_TEXT, LESSON_TEXT, a_content_folder, item_file_text, item_text

QUESTIONS = "content/questions/family/consent.yaml"
LESSON = "content/lessons/family/consent-first.md"


def test_sound_content_is_read_and_indexed(tmp_path: Path) -> None:
    library = read_library(a_content_folder(tmp_path))

    assert library.problems == ()
    assert list(library.lessons) == ["family/consent-first"]
    assert list(library.items) == ["consent-01"]
    assert [item.id for item in library.items_of_lesson("family/consent-first")] == ["consent-01"]
    assert [item.id for item in library.checks_of("family/consent-first")] == ["consent-01"]
    assert library.topics["consent"].items == ("consent-01",)
    assert [lesson.id for lesson in library.lessons_for("TAP21-109")] == ["family/consent-first"]
    assert library.domains["AADC-4"].title == "Ethics"
    assert good_texts(library)[QUESTIONS] == item_file_text()


def test_lessons_come_in_the_order_of_areas_and_then_their_own(tmp_path: Path) -> None:
    def lesson(area: str, order: int) -> str:
        text = LESSON_TEXT.replace("area: family", f"area: {area}").replace("- consent-01", "")
        return text.replace("order: 1", f"order: {order}").replace("::: check\n\n:::\n", "")

    places = a_content_folder(
        tmp_path,
        {
            "content/lessons/zoology/z.md": lesson("zoology", 1),
            "content/lessons/art/a.md": lesson("art", 1),
            "content/lessons/foundations/last.md": lesson("foundations", 9),
            "content/lessons/foundations/first.md": lesson("foundations", 2),
        },
    )

    library = read_library(places)

    assert list(library.lessons) == [
        "foundations/first",
        "foundations/last",
        "family/consent-first",
        "art/a",
        "zoology/z",
    ]
    assert [area.title for area in library.areas][:2] == [
        "Foundations",
        "Family and social network",
    ]
    following = library.next_lesson("foundations/last")
    before = library.previous_lesson("family/consent-first")
    assert following is not None
    assert following.id == "family/consent-first"
    assert before is not None
    assert before.id == "foundations/last"
    assert library.previous_lesson("foundations/first") is None
    assert library.next_lesson("no/such") is None


def test_a_broken_file_is_put_aside_and_the_others_serve(tmp_path: Path) -> None:
    other = ITEM_TEXT.replace("consent-01", "other-01")
    places = a_content_folder(
        tmp_path,
        {
            QUESTIONS: item_file_text() + "    levl: apply\n",
            "content/questions/family/other.yaml": item_file_text(
                other, head="format: 1\ntopic: other\nlesson: family/consent-first\n"
            ),
        },
    )

    library = read_library(places)

    assert library.quarantined == (QUESTIONS,)
    assert list(library.items) == ["other-01"]
    assert [(one.code, one.path) for one in library.problems] == [("YF121", QUESTIONS)]


def test_the_last_good_text_serves_while_a_file_is_broken(tmp_path: Path) -> None:
    before = read_library(a_content_folder(tmp_path))
    broken = a_content_folder(tmp_path, {QUESTIONS: b"\xff\xfe broken", LESSON: "---\n"})

    library = read_library(broken, last_good=good_texts(before))

    assert list(library.items) == ["consent-01"]
    assert list(library.lessons) == ["family/consent-first"]
    assert library.served_old == (LESSON, QUESTIONS)
    assert library.quarantined == (LESSON, QUESTIONS)
    assert {problem.path for problem in errors_only(library.problems)} == {LESSON, QUESTIONS}
    assert library.fingerprint == before.fingerprint


def test_what_a_broken_file_may_hold_is_not_missed_elsewhere(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path, {"content/sources.yaml": "format: 1\nsources: [\n"})

    library = read_library(places)

    assert {problem.path for problem in library.problems} == {"content/sources.yaml"}
    assert list(library.items) == ["consent-01"]


def test_a_deleted_file_is_gone_even_if_its_last_text_was_good(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path)
    before = read_library(places)
    (tmp_path / QUESTIONS).unlink()

    library = read_library(places, last_good=good_texts(before))

    assert not library.items


def test_the_fingerprint_follows_the_texts_alone(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path)
    first = read_library(places)
    os.utime(tmp_path / LESSON, (1, 1))
    same = read_library(places)
    (tmp_path / LESSON).write_text(LESSON_TEXT.replace("A call", "One call"))
    other = read_library(places)

    assert first.fingerprint == same.fingerprint
    assert first.fingerprint != other.fingerprint


def test_the_signature_notices_changes_new_files_and_deletions(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path)
    seen = {signature(places)}
    os.utime(tmp_path / LESSON, (1, 1))
    seen.add(signature(places))
    (tmp_path / "scenarios" / "note.txt").write_text("x")
    seen.add(signature(places))
    (tmp_path / LESSON).unlink()
    seen.add(signature(places))

    assert len(seen) == 4


def test_a_warning_does_not_keep_a_file_from_serving(tmp_path: Path) -> None:
    text = item_file_text().replace(
        "        text: Take her number and promise that he will ring this evening",
        "        text: Take her number and promise that he will ring # this evening",
    )

    library = read_library(a_content_folder(tmp_path, {QUESTIONS: text}))

    assert [problem.code for problem in library.problems] == ["YF115"]
    assert list(library.items) == ["consent-01"]


def test_an_id_used_in_two_files_names_both_and_serves_the_first(tmp_path: Path) -> None:
    twin = item_file_text(
        item_text(), head="format: 1\ntopic: twin\nlesson: family/consent-first\n"
    )
    places = a_content_folder(tmp_path, {"content/questions/family/twin.yaml": twin})

    library = read_library(places)

    told = [problem for problem in library.problems if problem.code == "XR501"]
    assert [(one.place, one.subject) for one in told] == [
        ("content/questions/family/twin.yaml:5", "consent-01")
    ]
    assert f"{QUESTIONS}:5" in told[0].message
    assert library.items["consent-01"].path == QUESTIONS


def test_only_safe_figures_may_be_sent(tmp_path: Path) -> None:
    places = a_content_folder(
        tmp_path,
        {
            "content/lessons/family/map.svg": "<svg><title>a</title><desc>b</desc></svg>",
            "content/lessons/family/bad.svg": "<svg><script/></svg>",
        },
    )

    library = read_library(places)

    assert library.figure("family/consent-first", "map.svg") is not None
    assert library.figure("family/consent-first", "bad.svg") is None
    assert library.figure("family/consent-first", "../../sources.yaml") is None


def test_misplaced_files_are_warned_of_and_notes_for_people_are_not(tmp_path: Path) -> None:
    places = a_content_folder(
        tmp_path,
        {
            "content/questions/stray.yaml": "format: 1\n",
            "content/questions/family/old.yml": "format: 1\n",
            "content/README.md": "hello",
            "content/lessons/README.md": "hello",
            "content/.hidden": "x",
        },
    )

    library = read_library(places)

    assert [(one.code, one.path) for one in library.problems] == [
        ("YF116", "content/questions/family/old.yml"),
        ("YF116", "content/questions/stray.yaml"),
    ]


def test_the_glossary_is_sorted_and_says_where_a_term_stands(tmp_path: Path) -> None:
    text = LESSON_TEXT + "\n::: terms\nrelease\n: A form.\n\nAdvocate\n: One who speaks.\n:::\n"

    library = read_library(a_content_folder(tmp_path, {LESSON: text}))

    assert [(entry.name, entry.section) for entry in library.glossary] == [
        ("Advocate", "even-a-yes"),
        ("release", "even-a-yes"),
    ]


def test_a_missing_folder_is_a_problem_and_not_a_crash(tmp_path: Path) -> None:
    places = Places(tmp_path / "none", tmp_path / "nowhere", "test")

    library = read_library(places)

    assert {one.code for one in library.problems} == {"YF117", "XR500"}


def test_places_are_the_settings_or_the_checkout() -> None:
    ours = find_places(None, None)
    theirs = find_places("somewhere", None)

    assert ours.content.name == "content"
    assert (ours.content.parent / "pyproject.toml").is_file()
    assert theirs.content == Path("somewhere").absolute()
    assert theirs.how == "content from the setting, scenarios from the checkout"


def test_a_path_is_told_from_its_folder(tmp_path: Path) -> None:
    places = a_content_folder(tmp_path)

    assert places.told(tmp_path / LESSON) == LESSON
    assert places.told(tmp_path / "content") == "content"
    assert places.told(tmp_path) is None
    assert places.file(LESSON) == tmp_path / LESSON
