"""The commands that operators' scripts rely on: what they say, and their exit codes."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "scenarios" / "three-letters"
PASSWORD = "slate-harbor-lantern-copper"


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and how it ended."""

    code: int
    told: str
    refused: str

    @property
    def json(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = json.loads(self.told)
        return rows


Command = Callable[..., Outcome]


@pytest.fixture
def waymark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the command as a shell would, on a database and content of its own."""
    for name in ("content", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setenv("WAYMARK_INSTANCE_DIR", str(tmp_path / "instance"))
    monkeypatch.setenv("WAYMARK_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("WAYMARK_SCENARIOS_DIR", str(tmp_path / "scenarios"))
    monkeypatch.delenv("WAYMARK_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["waymark", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), told.out, told.err)

    return run


def add_a_person(waymark: Command, *more: str) -> Outcome:
    given = {"--name": "Eli Moreau", "--email": "eli@harbor.example", "--password": PASSWORD}
    words = [word for pair in given.items() for word in pair]
    return waymark("people", "add", *words, *(more or ("--role", "administrator")))


@pytest.mark.parametrize(
    ("kind", "least"),
    [("items", 110), ("lessons", 14), ("scenarios", 3), ("blueprints", 1), ("competencies", 123)],
)
def test_every_kind_is_listed_as_a_json_array(waymark: Command, kind: str, least: int) -> None:
    listed = waymark("content", "list", "--kind", kind, "--format", "json")

    assert listed.code == 0
    assert len(listed.json) >= least


def test_an_item_is_listed_with_all_that_the_contract_names(waymark: Command) -> None:
    item = waymark("content", "list", "--kind", "items", "--format", "json").json[0]

    assert {
        *("id", "version", "stem", "options", "key", "domain", "topic", "competencies", "level"),
        *("difficulty", "pool", "status", "refs", "file", "line"),
    } <= item.keys()
    assert {"id", "text", "why"} <= item["options"][0].keys()  # type: ignore[index]


def test_good_content_passes_its_check(waymark: Command) -> None:
    assert waymark("content", "check").code == 0


def test_a_broken_file_fails_the_check_with_its_place(waymark: Command, tmp_path: Path) -> None:
    broken = next((tmp_path / "content" / "questions").rglob("*.yaml"))
    broken.write_text("format: [", encoding="utf-8")

    told = waymark("content", "check", "--format", "json")
    synced = waymark("content", "sync")

    assert told.code == 1
    assert any(str(row["file"]).endswith(broken.name) and row["line"] for row in told.json)
    assert synced.code == 1
    assert "1 files with errors" in synced.told


def test_a_person_who_is_added_counts_as_set_up(waymark: Command) -> None:
    added = add_a_person(waymark)

    assert (added.code, added.told) == (0, "Eli Moreau can sign in as eli@harbor.example.\n")


def test_a_person_is_added_with_the_credential_they_work_under(waymark: Command) -> None:
    named = add_a_person(waymark, "--role", "trainer", "--credential", "LCAS")
    unusable = add_a_person(waymark, "--role", "trainer", "--credential", "L" * 61)

    assert (named.code, unusable.code) == (0, 1)
    assert "Keep the credential" in unusable.refused


def test_a_refusal_is_said_in_words_and_ends_with_1(waymark: Command) -> None:
    add_a_person(waymark)

    twice = add_a_person(waymark)
    without_team = add_a_person(waymark, "--role", "candidate", "--email", "ana@harbor.example")

    assert (twice.code, without_team.code) == (1, 1)
    assert "--team" in without_team.refused
    assert "Traceback" not in twice.refused + without_team.refused


def test_wrong_usage_ends_with_2(waymark: Command) -> None:
    assert waymark("content", "list", "--kind", "nothing").code == 2
    assert waymark("no-such-command").code == 2


def test_upgrading_twice_says_the_same(waymark: Command) -> None:
    first, second = waymark("db", "upgrade"), waymark("db", "upgrade")

    assert first == second
    assert first.code == 0
    assert "revision" in first.told


def test_answers_are_counted_afresh(waymark: Command) -> None:
    told = waymark("db", "recount")

    assert told.code == 0
    assert "0 finished mock exams" in told.told


def test_a_backup_is_checked_and_put_back(waymark: Command, tmp_path: Path) -> None:
    add_a_person(waymark)
    file = tmp_path / "kept.db"
    backed_up = waymark("backup", file)
    add_a_person(waymark, "--role", "trainer", "--email", "ben@harbor.example")

    verified = waymark("restore", file, "--verify")
    restored = waymark("restore", file)
    again = add_a_person(waymark, "--role", "trainer", "--email", "ben@harbor.example")

    assert (backed_up.code, verified.code, restored.code) == (0, 0, 0)
    assert again.code == 0, "the person added after the backup was put back again"


def test_a_damaged_backup_is_refused(waymark: Command, tmp_path: Path) -> None:
    add_a_person(waymark)
    file = tmp_path / "kept.db"
    waymark("backup", file)
    content = bytearray(file.read_bytes())
    content[4096:4200] = bytes(104)
    file.write_bytes(content)

    refused = waymark("restore", file, "--verify")

    assert refused.code == 1
    assert "Traceback" not in refused.refused


def test_a_case_is_explored_for_tools(waymark: Command) -> None:
    found = waymark("scenario", "explore", CASE, "--format", "json")

    report = json.loads(found.told)
    assert found.code == 0
    assert report["proven"] is True
    assert {
        "scenes", "unreachable", "stuck", "endless", "endings", "disclosures", "decision_totals",
        "opportunities", "certificate", "problems",
    } <= report.keys()  # fmt: skip
    assert all(scene["states"] > 0 for scene in report["scenes"])
    assert all(one["play"] and one["best_total"] is not None for one in report["endings"])
    assert report["decision_totals"]["worst"] < report["decision_totals"]["best"]
    assert report["certificate"]["holds"] is True
    assert all({"code", "witness"} <= problem.keys() for problem in report["problems"])


def test_an_exploration_is_told_to_people_with_its_certificate(waymark: Command) -> None:
    told = waymark("scenario", "explore", CASE).told

    assert "proven exactly" in told
    assert "Certificate: holds" in told
    assert "habits that pass: none" in told


def test_a_walk_that_ends_elsewhere_fails(waymark: Command, tmp_path: Path) -> None:
    walk = CASE / "walks" / "bag-stays-home.walk"
    bent = tmp_path / walk.name
    text = walk.read_text(encoding="utf-8")
    bent.write_text(text.replace("expect ending poor", "expect ending good"), encoding="utf-8")

    as_meant = waymark("scenario", "play", CASE, "--walk", walk)
    otherwise = waymark("scenario", "play", CASE, "--walk", bent)

    assert as_meant.code == 0
    assert "Passed" in as_meant.told
    assert otherwise.code == 1
