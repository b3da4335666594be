"""Whatever is done to a case in the studio: it means what was asked, and every other byte stays.

`WAYMARK_CASE_EDITS` says how many operations are tried; 10,000 take five to ten minutes.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from app.domain.errors import Conflict
from app.domain.ids import fingerprint
from app.library.case_edit import Edit, apply_edit, undo_of
from app.library.case_lines import Faults, body_lines, split_front_matter
from app.library.case_shown import ShownFile
from app.library.case_spans import Span, case_spans
from app.library.scenario_text import read_case
from app.library.text_lines import lines_of
from tests.library.case_edit_builders import edited, meaning
from tests.library.case_moves import Move, RandomMoves
from tests.library.messy_cases import MessyCase, shipped_cases

EDITS = int(os.environ.get("WAYMARK_CASE_EDITS", "200"))
RUN = 20  # operations on one case before all are taken back
SHIPPED = shipped_cases()
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def a_case(seed: int) -> dict[str, str]:
    """Shipped cases as they are and as other systems save them, and messy ones."""
    if seed % 3:
        return MessyCase(seed).build()
    files = dict(SHIPPED[sorted(SHIPPED)[seed // 3 % len(SHIPPED)]])
    if seed % 2:
        files = {name: text.replace("\n", "\r\n").rstrip("\r\n") for name, text in files.items()}
    return files


def check(files: dict[str, str], move: Move) -> dict[str, str]:
    """Sees that an operation did what it should, and gives the files after it."""
    after = edited(files, move.edit)
    assert meaning(after) == move.expected
    assert not faults_in(after) - faults_in(files)
    for name in {*files, *after}:
        check_text(name, files.get(name, ""), after.get(name, ""), move)
    return after


def faults_in(files: dict[str, str]) -> Counter[str]:
    """What the reader finds fault with; lines that mean nothing are seen here only."""
    problems = read_case(files, path="x")[1]
    return Counter(one.code for one in problems if one.code != "SC113")  # Ann is not in every case


def check_text(name: str, before: str, after: str, move: Move) -> None:
    if before == after:
        return
    old, new = lines_of(before), lines_of(after)
    if move.inside is not None:
        assert name == move.inside.file
        first, last = move.inside.first, move.inside.last
        if not move.is_exact:
            first, last = with_blank_lines(old, move.inside)
        assert new[: first - 1] == old[: first - 1]
        assert new[max(first - 1, len(new) - len(old[last:])) :] == old[last:]
    elif move.old:
        assert len(old) == len(new)
        changed = [one for one, other in zip(old, new, strict=True) if one != other]
        assert all(move.old in one for one in changed) or move.old in {"- [", "]"}
    if move.keeps_comments and move.edit.what.split()[0] != "Moved":
        assert Counter(COMMENT.findall(before)) == Counter(COMMENT.findall(after))


def with_blank_lines(lines: list[str], span: Span) -> tuple[int, int]:
    """A span with the blank lines around it, which come and go with what they set apart."""
    first, last = span.first, max(span.last, span.first - 1)
    while last < len(lines) and not lines[last].strip():
        last += 1
    while first > 1 and not lines[first - 2].strip():
        first -= 1
    return first, last


@pytest.mark.parametrize("seed", range(max(1, EDITS // RUN)))
def test_operations_change_what_was_asked_and_can_all_be_taken_back(seed: int) -> None:
    chance = random.Random(seed)
    moves, original = RandomMoves(chance), a_case(seed)
    files, done = dict(original), list[Edit]()
    for _ in range(RUN):
        move = moves.draw(files)
        files = check(files, move)
        done.append(move.edit)

    for edit in reversed(done):
        files = apply_edit(files, undo_of(edit))

    assert {name: fingerprint(text) for name, text in files.items()} == {
        name: fingerprint(text) for name, text in original.items()
    }


def one_line_more(edit: Edit) -> Edit:
    first, *others = edit.replacements
    return replace(edit, replacements=(replace(first, new=first.new + "One more.\n"), *others))


def one_line_less(files: dict[str, str], edit: Edit) -> Edit:
    """Takes the line behind the first change out as well."""
    first, *others = edit.replacements
    below = lines_of(files[first.file])[first.first - 1 + len(lines_of(first.old)) :]
    return replace(edit, replacements=(replace(first, old=first.old + below[0]), *others))


def another_comment(edit: Edit) -> Edit:
    first, *others = edit.replacements
    new = COMMENT.sub("", first.new) if "<!--" in first.new else f"<!-- mine -->\n{first.new}"
    return replace(edit, replacements=(replace(first, new=new), *others))


@pytest.mark.parametrize("seed", range(6))
def test_an_edit_that_writes_one_line_too_many_or_too_few_is_found(seed: int) -> None:
    moves, files = RandomMoves(random.Random(seed)), a_case(seed)
    moves.draw(files)
    kinds = [moves.title, moves.front, moves.scene_key]
    if moves.scene.choices:
        kinds += [moves.label, moves.target, moves.choice_key]
    found = 0
    for move in [kind() for kind in kinds]:
        if move.edit.is_empty:
            continue
        check(files, move)
        wrong = [one_line_more(move.edit), one_line_less(files, move.edit)]
        wrong += [another_comment(move.edit)] if move.keeps_comments else []
        for edit in wrong:
            with pytest.raises((AssertionError, Conflict)):
                check(files, replace(move, edit=edit))
            found += 1

    assert found > 3


@pytest.mark.parametrize("seed", range(30))
def test_comments_are_seen_where_the_reader_of_cases_sees_them(seed: int) -> None:
    files = a_case(seed)
    for name in case_spans(files).files:
        text = files[name]
        first = split_front_matter(text)[1] if name == "case.md" else 1
        shown = ShownFile(files, name)
        read = body_lines(name, text, first=first, faults=Faults(""))
        for line in read:
            span = Span(name, line.number, line.number)
            assert shown.shown(span).text == line.text
