"""`waymark scenario`: proving and playing cases from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from app.cli.opening import content_places
from app.config import read_settings
from app.domain.problem import Problem, errors_only, in_reading_order
from app.domain.scenario import Scenario
from app.domain.scenario_check import check_scenario
from app.domain.scenario_report import exploration_report
from app.domain.scenario_states import explore
from app.domain.walk_player import play_walk
from app.library.case_folder import read_case_folder, read_case_texts
from app.library.library import read_library
from app.library.report import problem_fields, report_text

WALKS = "walks"
CASE = click.Path(exists=True, path_type=Path)


@click.group()
def scenario() -> None:
    """Cases."""


@scenario.command("explore")
@click.argument("path", type=CASE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def explore_command(path: Path, form: str) -> None:
    """Say what can happen in a case: states, endings, disclosures, problems with a play each."""
    case = _read(path)
    if case.scenario is None:
        _tell_problems(case.problems, form)
        sys.exit(1)
    library = read_library(content_places(read_settings()))
    found = check_scenario(case.scenario, known_competencies=frozenset(library.competencies))
    problems = in_reading_order(dict.fromkeys([*case.problems, *found]))
    report = exploration_report(explore(case.scenario))
    if form == "json":
        told = report | {"problems": [problem_fields(problem) for problem in problems]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    else:
        _tell_report(report)
        click.echo(report_text(problems), nl=False)
    sys.exit(1 if errors_only(problems) else 0)


@scenario.command("play")
@click.argument("path", type=CASE)
@click.option("--walk", "walk_file", type=CASE, required=True, help="A walk to play.")
def play_command(path: Path, walk_file: Path) -> None:
    """Play a walk through a case and say whether all went as it expects."""
    case = _read(path, walk_file)
    if case.scenario is None or errors_only(case.problems):
        _tell_problems(case.problems, "text")
        sys.exit(1)
    (walk,) = (one for one in case.scenario.walks if one.name == f"{WALKS}/{walk_file.name}")
    result = play_walk(case.scenario, walk)
    click.echo(" → ".join(result.scenes))
    for line, fault in result.faults:
        click.echo(f"{walk_file}:{line}: {fault}")
    click.echo(f"Passed, ending {result.ending}." if result.passed else "Not as expected.")
    sys.exit(0 if result.passed else 1)


@dataclass(frozen=True, slots=True)
class _ReadCase:
    scenario: Scenario | None
    problems: list[Problem]


def _read(path: Path, walk_file: Path | None = None) -> _ReadCase:
    """Reads the case a path names: its folder, or its case.md. A walk may lie anywhere."""
    folder = path if path.is_dir() else path.parent
    told = folder.resolve().name
    texts, problems = read_case_texts(folder, told=told)
    if walk_file is not None:
        texts = {name: text for name, text in texts.items() if f"/{WALKS}/" not in name}
        texts[f"{told}/{WALKS}/{walk_file.name}"] = walk_file.read_text(encoding="utf-8")
    found, more = read_case_folder(texts, told=told)
    return _ReadCase(found, [*problems, *more])


def _tell_problems(problems: list[Problem], form: str) -> None:
    if form == "json":
        told = {"problems": [problem_fields(problem) for problem in problems]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        click.echo(report_text(problems), nl=False)


def _tell_report(report: dict[str, Any]) -> None:
    click.echo(f"{report['title']} ({report['case']})")
    proof = "proven exactly" if report["proven"] else "not proven: too many combinations"
    click.echo(
        f"{report['reachable_pairs']} scene and state pairs, {report['moves']} moves, {proof}"
    )
    for ending in report["endings"]:
        reached = "reached" if ending["reached"] else "NOT REACHED"
        worst, best = ending["worst_total"], ending["best_total"]
        totals = f", decision totals {worst} to {best}" if best is not None else ""
        click.echo(f"  ending {ending['id']} ({ending['kind']}): {reached}{totals}")
    for telling in report["disclosures"]:
        marked = ", marked as a breach" if telling["marked_as_breach"] else ""
        marked += f", under {telling['lawful_ground']}" if telling["lawful_ground"] else ""
        told = f"{telling['topic']} to {telling['person']}"
        bare, all_states = telling["uncovered_states"], telling["covered_states"]
        all_states += bare
        click.echo(f"  {telling['choice']} tells {told}: bare in {bare} of {all_states}{marked}")
    if report["certificate"]:
        _tell_certificate(report["certificate"])


def _tell_certificate(told: dict[str, Any]) -> None:
    longest, floor = told["expert_is_longest"], told["guessing_floor"]
    click.echo("Certificate: " + ("holds" if told["holds"] else "DOES NOT HOLD"))
    shares = ", ".join(f"{one['policy']} {one['mean_share']:.0%}" for one in told["habits"])
    click.echo(f"  habits, share of the best total: {shares}")
    passing = ", ".join(told["passing_habits"]) or "none"
    click.echo(f"  habits that pass: {passing}")
    click.echo(
        f"  the expert choice is the longest in {longest['decisions']} of {longest['of']} decisions"
    )
    click.echo(
        f"  chance alone earns {floor['mean_share']:.0%}; 19 of 20 such plays stay at or below "
        f"{floor['high_share']:.0%}"
    )
