from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.people_file import LARGEST_FILE, MOST_ROWS, PeopleFile, PersonRow, read_people
from app.domain.person import Role

HEAD = "name,email,role,team\n"
PETRA = PersonRow(2, "Petra Lang", "petra@harbor.example", Role.CANDIDATE, "Eastside")
LINE = "Petra Lang,petra@harbor.example,candidate,Eastside\n"


def told(text: str | bytes) -> list[tuple[int, str]]:
    read = read_people(text.encode() if isinstance(text, str) else text)
    return [(fault.line, fault.words) for fault in read.faults]


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + LINE).encode(),
        b"\xef\xbb\xbf" + (HEAD + LINE).encode(),
        (HEAD + LINE).replace(",", ";").encode(),
        (HEAD + LINE).replace("\n", "\r\n").encode(),
        (HEAD.upper() + LINE).encode(),
        b'name,email,role,team\n"Petra Lang","petra@harbor.example",Candidate, Eastside \n\n',
    ],
    ids=["plain", "byte order mark", "semicolons", "CR LF", "upper case", "quoted"],
)
def test_files_of_usual_spreadsheets_are_read(data: bytes) -> None:
    assert read_people(data) == PeopleFile((PETRA,))


def test_lines_are_counted_as_the_file_has_them() -> None:
    text = HEAD + '"Petra\nLang",p@x.example,candidate,East\n\nNo Role,n@x.example,,\n'

    read = read_people(text.encode())

    assert [(row.line, row.name) for row in read.rows] == [(2, "Petra Lang")]
    assert [fault.line for fault in read.faults] == [5]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", " ="])
@pytest.mark.parametrize("place", range(4))
def test_cells_that_a_spreadsheet_would_run_are_refused(sign: str, place: int) -> None:
    cells = ["Petra Lang", "petra@harbor.example", "candidate", "Eastside"]
    cells[place] = f'"{sign}{cells[place]}"'

    ((line, words),) = told(HEAD + ",".join(cells) + "\n")

    assert line == 2
    assert "formula" in words


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "empty"),
        (";;\n;\n", 0, "empty"),
        (HEAD, 0, "nobody below"),
        ("name,email\n" + LINE, 0, "lacks “role”"),
        ("name,email,role,pay\n" + LINE, 0, "names “pay”"),
        ("name,name,email,role\n" + LINE, 0, "twice"),
        (HEAD + "Petra,p@x.example,candidate\n", 2, "3 cells"),
        (HEAD + ",p@x.example,candidate,East\n", 2, "name: nothing"),
        (HEAD + "Petra,p@x.example,boss,East\n", 2, "“boss” is none of"),
        (HEAD + "Petra,p@x.example,candidate,\n", 2, "a candidate needs one"),
        (HEAD + "Petra,p@x.example,trainer,East\n", 2, "leave it empty"),
        (HEAD + LINE + LINE.upper().replace("CANDIDATE", "candidate"), 3, "stands in line 2"),
        (HEAD + LINE.replace("Petra", "＝cmd"), 2, "runs as a formula"),
        (HEAD + "Jo,josé@x.example,trainer,\nJo,jose\u0301@x.example,trainer,\n", 3, "in line 2"),
        (HEAD + "P" * 255 + ",p@x.example,candidate,East\n", 2, "longer than 254"),
        (HEAD + '"Petra,p@x.example,candidate,East\n', 0, "not closed"),
        ("a\0b", 0, "no text"),
        (HEAD + LINE * (MOST_ROWS + 1), 0, f"{MOST_ROWS} fit"),
        ("x" * (LARGEST_FILE + 1), 0, "larger than 200 kB"),
    ],
)
def test_faults_are_told_with_their_line(text: str, line: int, words: str) -> None:
    ((found, said), *_) = told(text)

    assert found == line
    assert words in said


def test_another_encoding_is_told() -> None:
    assert "UTF-8" in told("name,email\nJosé".encode("latin-1"))[0][1]


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    read_people(data)
    read_people(HEAD.encode() + data)


@given(
    st.lists(st.text(alphabet="abcÄß;,\"' \n", min_size=1, max_size=20), min_size=1, max_size=5),
    st.sampled_from(",;"),
)
def test_names_come_back_as_a_spreadsheet_wrote_them(names: list[str], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["name", "email", "role", "team"])
    for number, name in enumerate(names):
        writer.writerow([name, f"p{number}@x.example", "candidate", "East"])

    read = read_people(out.getvalue().encode())

    assert [row.name for row in read.rows] == [
        " ".join(name.split()) for name in names if name.strip()
    ]
