"""Faults planted in the sample case are each found, with a play where one shows them."""

from __future__ import annotations

import pytest

from app.domain.problem import Problem, Severity
from app.domain.scenario_check import check_scenario
from app.library.scenario_text import read_case
from tests.scenario_builders import CODES, sample_text


def problems_of(text: str, **walks: str) -> list[Problem]:
    files = {"case.md": text, **{f"walks/{name}.walk": walk for name, walk in walks.items()}}
    scenario, problems = read_case(files, path="lena-and-ruth")
    assert scenario is not None, problems
    return [*problems, *check_scenario(scenario, known_competencies=CODES)]


def planted(old: str, new: str, *, times: int = 1) -> list[Problem]:
    text = sample_text()
    assert old in text
    return problems_of(text.replace(old, new, times))


def found(problems: list[Problem], code: str) -> Problem:
    return next(problem for problem in problems if problem.code == code)


def test_sample_has_no_errors() -> None:
    assert [p for p in problems_of(sample_text()) if p.severity is Severity.ERROR] == []


def test_unmarked_disclosure_is_found_with_a_play() -> None:
    problem = found(planted("  breach: no release names Ruth yet\n", ""), "SC510")

    assert problem.witness == ("reassure",)
    assert problem.line == 56
    assert "in_treatment" in problem.message


def test_condition_raised_too_high_is_never_open() -> None:
    problem = found(planted("  if: alliance >= 6\n", "  if: alliance >= 9\n"), "SC302")

    assert "write" in problem.message


def test_target_typo_is_found_and_told_once() -> None:
    problems = planted("-> map {#sign}", "-> mpa {#sign}")

    assert found(problems, "SC201").line == 103
    assert not [p for p in problems if p.code in {"SC310", "SC206", "SC202"}]


def test_orphaned_scene_is_found() -> None:
    problems = planted("\n# Debrief", "\n## [lost] Nowhere\n\n-> scope\n\n# Debrief")

    assert "lost" in found(problems, "SC204").message


def test_missing_feedback_is_an_error() -> None:
    problems = planted("  feedback: You followed her feeling before your agenda.\n", "")

    missing = [p for p in problems if p.code == "SC308" and p.severity is Severity.ERROR]
    assert "reflect" in missing[0].message


def test_broken_assumption_names_the_state_and_the_play() -> None:
    problem = found(planted("-> end-alone {#wait}", "-> meeting {#wait}"), "SC304")

    assert "release_ruth is none" in problem.message
    assert problem.witness[-1] == "wait"
    assert problem.line == 132


PLANTED = [
    ("start: voicemail", "start: nowhere", "SC201"),
    ("## [end-alone] Not yet\nending: mixed\n", "## [end-alone] Not yet\n", "SC202"),
    ("## [session] Lena", "## [voicemail] Lena", "SC104"),
    ("{#push}", "{#reflect}", "SC104"),
    ("agenda.\n", "agenda. [p9]\n", "SC106"),
    ("Run before the unit on releases. [tip39]", "Run first.", "SC107"),
    ("strain >= 5, go: end-strained", "strain >= 5, go: end-lost", "SC201"),
    ("when: strain >= 5", "when: strian >= 5", "SC112"),
    ("when: strain >= 5", "when: strain >= 7", "SC301"),
    ("when: strain >= 5", "when: limits >= 1", "SC112"),
    ("when: strain >= 5", "when: consent(rel)", "SC112"),
    ("when: strain >= 5", "when: strain >= 5 and strain <= 4", "SC305"),
    (
        "go: end-strained}",
        "go: end-strained}\n  - {id: b, when: strain >= 5, go: end-alone}",
        "SC306",
    ),
    ("set: limits = written", "set: limits = theirs", "SC301"),
    ("set: limits = written", "set: limits +1", "SC112"),
    ("set: limits = written", "set: patience +1", "SC112"),
    ("  set: alliance +2\n", "  set: strain -1, strain -2, strain -3\n", "SC307"),
    ("  if: limits = hers\n", "  if: alliance <= 9\n", "SC303"),
    ("::: if alliance >= 6", "::: if alliance >= 9", "SC313"),
    ("::: if alliance >= 6", "::: if alliance >= 1", "SC313"),
    ("::: if breached", "::: if breached or not breached", "SC313"),
    ("strain:   {range: 0..5, start: 2, label", "strain:   {range: 0..5, start: 9, label", "SC301"),
    ("competencies: [CONF, FAM, MI]", "competencies: [CONF, FAM, MI, XX]", "SC401"),
    ("  rate: 3\n  shows: CONF 3, FAM 2\n", "  rate: 2\n  shows: CONF 3, FAM 2\n", "SC403"),
    ("  shows: CONF 3, FAM 2\n", "", "SC405"),
    ("  shows: CONF 3, FAM 2\n", "  shows: CONF 3, ADV 2\n", "SC405"),
    ("  rate: 0\n  shows: CONF 0\n", "  rate: 1\n  shows: CONF 0\n", "SC406"),
    ("{person: jo, ring: [1, 2], weight: 1}", "{person: joe, ring: [1, 2], weight: 1}", "SC450"),
    ("kind: drinks_with, weight: 2", "kind: drinks, weight: 2", "SC450"),
    ("    from: lena", "    from: lina", "SC501"),
    ("episodes to ruth", "episodes to rut", "SC501"),
    ("episodes to ruth", "episode to ruth", "SC502"),
    ("never: [episodes, health]", "never: [episodes, goals]", "SC503"),
    ("  health: Lena's medical results", "  health: Lena's results\n  work: Her work", "SC504"),
    ("  breach: outside the release\n  critical", "  breach: x\n  critical", ""),
    ("discloses: episodes to ruth", "discloses: goals to ruth", "SC511"),
    ("    never: [episodes, health]\n", "", "SC512"),
    (
        "lena: {name: Lena, role: client}",
        "lena: {name: Lena, role: client, picture: l.png}",
        "SC601",
    ),
    ("-> end-broken {#tell}", "-> meeting {#tell}", "SC408"),
    ("ending: good", "ending: mixed", "SC205"),
    ("-> end-alone {#wait}", "-> end-good {#wait}", "SC204"),
]


@pytest.mark.parametrize(("old", "new", "code"), PLANTED)
def test_planted_fault_is_found(old: str, new: str, code: str) -> None:
    problems = planted(old, new)

    assert not code or code in {problem.code for problem in problems}


def test_soft_lock_is_found_with_a_play() -> None:
    text = sample_text()
    start, end = text.index("- [Name the limit"), text.index("- [Answer honestly")
    text = (
        text[:start]
        + text[start:end].replace("  rate: 3", "  if: limits = written\n  rate: 3")
        + text[end:]
    )
    text = text.replace("{#tell}\n", "{#tell}\n  if: strain >= 3\n").replace(
        "if: limits = hers", "if: strain >= 3"
    )

    problem = found(problems_of(text), "SC310")

    assert problem.witness[-1] == "sign"
    assert "meeting" in problem.message


def test_loop_without_an_end_is_found() -> None:
    text = sample_text().replace("-> session {#hangup}", "-> limbo {#hangup}")
    text = text.replace(
        "\n# Debrief",
        "\n## [limbo] Waiting\n\n-> limbo2\n\n## [limbo2] Still\n\n-> limbo\n\n# Debrief",
        1,
    )

    problems = problems_of(text)

    assert found(problems, "SC206").witness == ("hangup",)
    assert "limbo" in found(problems, "SC207").message


def test_release_given_again_after_it_was_revoked_is_found() -> None:
    text = sample_text().replace(
        "  consent: give release_ruth\n  set: limits = hers",
        "  consent: revoke release_ruth\n  set: limits = hers",
    )
    text = text.replace("-> map {#sign}", "-> scope {#sign}").replace(
        "assumes: not consent(release_ruth)\n", ""
    )

    problem = found(problems_of(text), "SC505")

    assert problem.witness[-2:] == ("sign", "write")


def test_too_many_combinations_are_told_as_not_proven() -> None:
    scenario, _ = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None

    problems = check_scenario(scenario, known_competencies=CODES, largest_domain=100)

    assert "not proven" in found(problems, "SC390").message


def test_walks_are_played_and_every_ending_wants_one() -> None:
    good = (
        'seed 7\npick neither\npick reflect\nsee scope "not my blood work"\npick write\n'
        "map ruth=2 jo=1 lena-dan:drinks_with\npick hold\nexpect ending good\n"
        "expect alliance 8\nexpect score CONF 9/9\n"
    )
    wrong = "pick neither\npick push\npick write\n"

    problems = problems_of(sample_text(), good=good, wrong=wrong)

    failed = found(problems, "SC122")
    assert (failed.path, failed.line) == ("lena-and-ruth/walks/wrong.walk", 3)
    bare = [p.message for p in problems if p.code == "SC123"]
    assert len(bare) == 4
    assert not any("end-good" in message for message in bare)


def test_every_problem_has_advice() -> None:
    problems = planted("format: 1", "format: 3")

    assert all(problem.advice for problem in problems)
