"""Printed pages: the same words make the same file, and nothing of a table is lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.paper.pdf_file import BOLD, PLAIN, printable, typeface, words_width
from app.services.paper.sheet import BODY, BOTTOM, Column, Sheet, wrapped
from tests.pdf_words import pdf_pages, pdf_places

COLUMNS = (Column("Name", 1), Column("What", 3))


def a_sheet() -> Sheet:
    return Sheet("A title", "head", "foot")


def printed(sheet: Sheet) -> bytes:
    *pages, file = sheet.done()
    assert file is not None
    assert len(pages) == len(sheet.pages)
    return file


@pytest.mark.parametrize("face", [PLAIN, BOLD])
@pytest.mark.parametrize(
    "name",
    ["Wen Castellanos", "Łukasz Żak", "Зоя Шевченко", "Ελένη", "José Nuñez", "Nguyễn Văn Ổn"],
)
def test_names_of_europe_and_of_many_migrants_can_be_printed(face: str, name: str) -> None:
    assert [one for one in printable(name) if ord(one) not in typeface(face).face.charToGlyph] == []


def test_letters_and_marks_that_come_apart_are_printed_as_one() -> None:
    assert printable("Nun\u0303ez") == "Nuñez"


def test_signs_of_states_can_be_printed() -> None:
    assert [one for one in "✓◔▽○✕–“”’…·" if ord(one) not in typeface(PLAIN).face.charToGlyph] == []


def test_the_file_is_one_that_readers_accept() -> None:
    sheet = a_sheet()
    sheet.mark("Łukasz")
    sheet.words("Some words of Łukasz and Зоя")

    whole = printed(sheet)

    assert "Some words of Łukasz and Зоя" in pdf_pages(whole)[0]
    assert pdf_places(whole) == ["Łukasz"]


def test_the_same_pages_make_the_same_file_and_say_nothing_of_when() -> None:
    def made() -> bytes:
        sheet = a_sheet()
        sheet.table(COLUMNS, [["Ana", "One"], ["Luis", "Two"]])
        return printed(sheet)

    assert made() == made()
    assert datetime.now(UTC).strftime("D:%Y").encode() not in made()


def test_a_table_that_goes_on_has_its_headers_on_every_page() -> None:
    sheet = a_sheet()
    sheet.table(COLUMNS, [[f"Person {number}", "words " * 20] for number in range(80)])

    pages = pdf_pages(printed(sheet))

    assert len(pages) > 3
    assert all("Name What" in page for page in pages)
    assert "page 1 of" in pages[0]
    found = re.findall(r"Person (\d+)", "\n".join(pages))
    assert [int(one) for one in found] == list(range(80))


def test_a_row_longer_than_a_page_goes_on_on_the_next() -> None:
    sheet = a_sheet()
    words = [f"w{number}" for number in range(4000)]
    sheet.table(COLUMNS, [["Long", " ".join(words)], ["After", "it"]])

    text = "\n".join(pdf_pages(printed(sheet)))

    assert re.findall(r"\bw\d+\b", text) == words
    assert "After" in text
    assert sheet.y >= BOTTOM - 1


@given(st.text(max_size=300), st.integers(60, 400))
def test_no_line_is_wider_than_its_place_and_no_letter_is_lost(words: str, width: int) -> None:
    lines = wrapped(words, float(width), BODY, PLAIN)

    assert all(words_width(line, size=BODY, face=PLAIN) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(printable(words).split())
