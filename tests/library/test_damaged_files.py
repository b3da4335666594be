"""Real files, damaged in every way a slip or a bad disk can damage them: never a traceback."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.library.blueprint_file import read_blueprint
from app.library.competency_file import read_framework
from app.library.item_file import read_item_file
from app.library.lesson_file import read_lesson
from app.library.source_file import read_sources
from app.library.text_file import decode_text

ROOT = Path(__file__).resolve().parents[2]
TIMES = 300
FILES: tuple[tuple[str, Callable[..., tuple[object, list[object]]]], ...] = (
    ("content/questions/*/*.yaml", read_item_file),
    ("content/lessons/*/*.md", read_lesson),
    ("content/competencies/*.yaml", read_framework),
    ("content/blueprints/*.yaml", read_blueprint),
    ("content/sources.yaml", read_sources),
)
SNIPPETS = (
    b"\t", b"\x00", b"\xff", b"&a ", b"*a", b"!!x ", b"[[[[", b"{{", b"---\n", b":::\n", b": ",
    b"- ", b"<b>", b"[@", b"'", b'"', b"`", b"|", b"## x\n", b"\r", b"\xe2\x80\xa8", b"#", b">",
)  # fmt: skip


def damage(raw: bytes, chance: random.Random) -> bytes:
    """Cuts, doubles, flips, swaps or plants something somewhere, one to four times."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(raw) + 1)
        length = chance.choice((1, 3, 20, 200))
        match chance.randrange(6):
            case 0:
                raw = raw[:start]
            case 1:
                raw = raw[:start] + raw[start + length :]
            case 2:
                raw = raw[:start] + raw[start : start + length] * 2 + raw[start + length :]
            case 3:
                flipped = bytes(
                    byte ^ (1 << chance.randrange(8)) for byte in raw[start : start + 1]
                )
                raw = raw[:start] + flipped + raw[start + 1 :]
            case 4:
                raw = raw[:start] + chance.choice(SNIPPETS) + raw[start:]
            case _:
                lines = raw.split(b"\n")
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                raw = b"\n".join(lines)
        if not raw:
            break
    return raw


@pytest.mark.parametrize(("pattern", "read"), FILES)
def test_damaged_files_give_problems_and_never_a_traceback(
    pattern: str, read: Callable[..., tuple[object, list[object]]]
) -> None:
    chance = random.Random(pattern)
    files = sorted(ROOT.glob(pattern))
    assert files

    for _ in range(TIMES // len(FILES)):
        file = chance.choice(files)
        raw = damage(file.read_bytes(), chance)
        text, problems = decode_text(raw, path=file.name, max_bytes=1_000_000)
        if text is None:
            assert problems
            continue
        value, problems = read(text, path=file.relative_to(ROOT).as_posix())

        assert value is not None or problems
