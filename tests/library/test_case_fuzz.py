"""Real cases, damaged a thousand times: every fault is a Problem, quickly, and never a traceback.

`WAYMARK_TEST_FUZZ=20000` damages more; with other seeds it finds other things.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.commands import commands
from app.domain.problem import Problem
from app.domain.scenario_check import check_scenario
from app.library.case_folder import read_case_folder
from app.library.text_file import MAX_YAML_BYTES, decode_text
from tests.clean_cases import clean_case
from tests.scenario_builders import CODES, sample_text

ROOT = Path(__file__).resolve().parents[2]
TIMES = int(os.environ.get("WAYMARK_TEST_FUZZ", "1000"))
ROUNDS = 20
SECONDS = 4.0  # of processor time for one damaged case

Files = dict[str, bytes]


def shipped_cases() -> list[Files]:
    folders = sorted(file.parent for file in (ROOT / "scenarios").glob("*/case.md"))
    return [
        {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.suffix in {".md", ".walk"}
        }
        for folder in folders
    ]


# Half of them small, so that a thousand are checked in a minute or two.
SMALL: list[Files] = [
    {"case.md": sample_text().encode(), "walks/good.walk": b"seed 7\npick neither\npick reflect\n"},
    {"case.md": clean_case(1, chapters=2).encode()},
]
LARGE = shipped_cases()

STRANGE = (
    b"\t", b"\x00", b"\xff", b"\xc3", b"\r", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xe2\x80\x8b",
    "\u202e".encode(), "\u0661".encode(), "²".encode(), "ſ".encode(), "İ".encode(), "𝟛".encode(),
    "e\u0301".encode() * 40, "\U0001f469\u200d\U0001f467".encode(), "\u00a0".encode(),
)  # fmt: skip
JUNK = (
    b"&a ", b"*a", b"!!python/object/apply:os.system ['true']", b"<<: ", b"? ", b"| ", b">- ",
    b"%YAML 1.1\n", b"...\n", b"---\n", b"[" * 40, b"{" * 40, b"- " * 40, b": ", b"- [", b"] -> ",
    b"{#", b"}", b"```", b"```sociogram\n", b"::: if ", b":::\n", b"::: else\n", b"<!--", b"-->",
    b"<b onclick=x>", b"![](", b"**:**", b"## [", b"# ", b"# Scenes\n", b"# Debrief\n", b"-> ",
    b"'", b'"', b"`", b"no", b"on: off", b"12:30", b"1e999", b".inf", b"0x7f", b"1_000", b"~",
)  # fmt: skip
PLANTED = (
    b"  if: not not not (visited(scope) or chose(hold)) and asked(release_ruth)\n",
    b"  if: ((((((alliance > 3))))))\n",
    b"  if: alliance >= 9999999999999\n",
    b"  if: ending = good\n",
    b"  set: alliance +999999\n",
    b"  set: alliance = -0\n",
    b"  set: you = lena\n",
    b"  once: true\n",
    b"  again: yes\n",
    b"  rate: -1\n",
    b"  shows: , , CONF\n",
    b"  consent: revoke release_ruth\n",
    b"  discloses: episodes to you\n",
    b"ending: good\n",
    b"assumes: breached\n",
    b"on-enter: strain +1\n",
    b"time: 99999\n",
    b"shuffle: maybe\n",
    b"media: ../../etc/passwd\n",
    b"-> voicemail\n",
    b"rules: [{id: r, when: breached, go: voicemail}]\n",
    b"random: {mood: {calm: 0, tense: 0}}\n",
    b"random: {mood: [true, false, null]}\n",
    b"start: 7\n",
    b"parts: [case.md, ../x.md, /etc/hosts]\n",
    b"state: {x: {range: -999999..999999, start: 0}}\n",
    b"state: {x: {values: [1, 2], start: 1}}\n",
    b"cast: []\n",
    b"consents: {a: {from: a, to: a, covers: []}}\n",
    b"facts: {a: }\n",
    b"pass: {}\n",
)


def flip_a_bit(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]


def cut(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw))
    return raw[:at] + raw[at + chance.choice((1, 5, 60, 600, 6_000)) :]


def plant(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(STRANGE + JUNK) + raw[at:]


def plant_a_line(raw: bytes, chance: random.Random) -> bytes:
    at = raw.find(b"\n", chance.randrange(len(raw))) + 1
    return raw[:at] + chance.choice(PLANTED) + raw[at:]


def swell_a_number(raw: bytes, chance: random.Random) -> bytes:
    places = [at for at, byte in enumerate(raw) if 48 <= byte <= 57]
    if not places:
        return raw
    at = chance.choice(places)
    return raw[:at] + chance.choice((b"9" * 400, b"-1", b"0", b"1e9", b"00")) + raw[at + 1 :]


def change_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = b" " * chance.randrange(9) + lines[one].strip()
        case _:
            first, last = sorted((one, other))
            lines[first:first] = lines[first:last] * chance.randrange(3)
    return b"\n".join(lines)


def swap_words(raw: bytes, chance: random.Random) -> bytes:
    """A word of the case comes to stand where another one stood."""
    words = raw.split(b" ")
    words[chance.randrange(len(words))] = chance.choice(words)
    return b" ".join(words)


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_a_bit,
    cut,
    plant,
    plant_a_line,
    swell_a_number,
    change_lines,
    change_lines,
    swap_words,
)


def damaged(chance: random.Random) -> Files:
    files = dict(chance.choice(SMALL if chance.random() < 0.7 else LARGE))
    for _ in range(chance.randint(1, 4)):
        name = "case.md" if chance.random() < 0.85 else chance.choice(sorted(files))
        files[name] = chance.choice(DAMAGES)(files[name] or b"\n", chance)
    return files


def read_and_check(files: Files) -> list[Problem]:
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, raw in files.items():
        text, found = decode_text(raw, path=name, max_bytes=MAX_YAML_BYTES)
        problems += found
        if text is not None:
            texts[f"scenarios/damaged/{name}"] = text
    scenario, found = read_case_folder(texts, told="scenarios/damaged")
    problems += found
    assert scenario is not None or problems
    if scenario is not None:
        problems += check_scenario(scenario, known_competencies=CODES)
    return problems


@pytest.mark.parametrize("part", range(ROUNDS))
def test_damaged_case_gives_problems_quickly_and_never_a_traceback(part: int) -> None:
    for number in range(part, TIMES, ROUNDS):
        files = damaged(random.Random(number))

        started = time.process_time()
        problems = read_and_check(files)
        spent = time.process_time() - started

        assert spent < SECONDS, (number, spent)
        assert all(p.code and p.message and p.advice for p in problems), number


@pytest.mark.parametrize("number", range(3))
def test_content_check_survives_damaged_cases(number: int, tmp_path: Path) -> None:
    for name, raw in damaged(random.Random(f"command {number}")).items():
        file = tmp_path / "damaged" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)

    result = CliRunner().invoke(commands, ["content", "check", str(tmp_path / "damaged")])

    assert result.exit_code in {0, 1}, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
