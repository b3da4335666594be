"""Case texts are read part by part; whatever is wrong becomes a problem with its line."""

from __future__ import annotations

import random

import pytest

from app.domain.problem import Problem, Severity, errors_only
from app.domain.run import replay
from app.domain.scenario import Conditional, Prose, Scenario, Speech
from app.domain.scenario_activity import Order, Pick, Say, Sct, Sociogram
from app.domain.scenario_check import check_scenario
from app.domain.scenario_declared import Add, ConsentAct, Put
from app.domain.scenario_report import exploration_report
from app.domain.scenario_states import explore
from app.domain.scenario_vocabulary import EndingKind, FeedbackTime
from app.library.scenario_text import read_case
from tests.scenario_builders import CODES, sample_text

HEAD = """---
format: 1
id: small
title: A small case
language: en
start: one
competencies: [FAM]
cast:
  you: {name: You, role: counselor}
  ann: {name: Ann, role: "client, cook"}
%s---

# Scenes

"""
ENDING = "\n## [end] The end\nending: good\n"


def a_case(scene: str, *, head: str = "", files: dict[str, str] | None = None) -> dict[str, str]:
    return {"case.md": HEAD % head + scene + ENDING, **(files or {})}


def read(files: dict[str, str]) -> Scenario:
    scenario, problems = read_case(files, path="small")
    assert scenario is not None, problems
    assert not errors_only(problems), problems
    return scenario


def problems_of(files: dict[str, str]) -> list[Problem]:
    return read_case(files, path="small")[1]


def the_sample() -> Scenario:
    scenario, problems = read_case({"case.md": sample_text()}, path="lena-and-ruth")
    assert scenario is not None
    assert problems == []
    return scenario


def test_sample_reads_without_a_problem() -> None:
    scenario = the_sample()

    assert [scene.id for scene in scenario.scenes][:5] == [
        "voicemail",
        "session",
        "scope",
        "map",
        "meeting",
    ]
    assert scenario.title == "The sister who calls first"
    assert (scenario.minutes, scenario.version) == (15, 4)
    assert scenario.consent_by_id["release_ruth"].never == ("episodes", "health")
    assert scenario.trainer_notes == "Run before the unit on releases. [tip39]"


def test_choices_carry_everything_written_under_them() -> None:
    voicemail = the_sample().scene_by_id["voicemail"]
    reassure = voicemail.choices[1]

    assert (reassure.id, reassure.target, reassure.rate) == ("reassure", "session", 0)
    assert reassure.critical == "unauthorised disclosure"
    assert reassure.effects == (Add("strain", -1),)
    assert (reassure.disclosures[0].topic, reassure.disclosures[0].person) == (
        "in_treatment",
        "ruth",
    )
    assert [(s.code, s.value) for s in voicemail.choices[0].shows] == [("CONF", 3), ("FAM", 2)]


def test_speech_conditions_and_comments_are_told_apart() -> None:
    scenario = the_sample()
    voicemail, scope = scenario.scene_by_id["voicemail"], scenario.scene_by_id["scope"]

    (speech,) = voicemail.blocks
    (conditional,) = scope.blocks
    assert isinstance(speech, Speech)
    assert (speech.speaker, speech.name) == ("ruth", "Ruth")
    assert isinstance(conditional, Conditional)
    assert [branch.condition is None for branch in conditional.branches] == [False, True]
    assert "likeable" not in repr(voicemail)


def test_parts_know_their_lines() -> None:
    scenario = the_sample()
    lines = sample_text().split("\n")

    for scene in scenario.scenes:
        assert lines[scene.place.line - 1].startswith(f"## [{scene.id}]")
        for choice in scene.choices:
            assert f"{{#{choice.id}}}" in lines[choice.place.line - 1]
            assert lines[choice.place.end_line - 1].strip()
    assert lines[scenario.consents[0].place.line - 1].strip() == "release_ruth:"


def test_choice_can_go_on_over_several_lines() -> None:
    scenario = read(
        a_case(
            "## [one] First\n\n"
            "- [Ask what she would want her brother\n"
            "  to know.] -> end {#ask}\n"
            "  feedback: The first half of a sentence\n"
            "    and the second.\n\n"
            "    A second paragraph.\n"
        )
    )

    choice = scenario.scene_by_id["one"].choices[0]
    assert choice.label == "Ask what she would want her brother to know."
    assert choice.feedback == (
        "The first half of a sentence and the second.\n\nA second paragraph."
    )


def test_prose_keeps_its_paragraphs_and_lists() -> None:
    scenario = read(
        a_case("## [one] First\n\nOne.\n\n- a point\n- another\n\n**Ann:** Hi.\n\nTwo.\n\n-> end\n")
    )

    first, speech, last = scenario.scene_by_id["one"].blocks
    assert isinstance(first, Prose)
    assert first.text == "One.\n\n- a point\n- another"
    assert isinstance(speech, Speech)
    assert isinstance(last, Prose)


def test_scene_keys_are_read() -> None:
    scenario = read(
        a_case(
            "## [one] First\nassumes: not consent(rel)\non-enter: trust +1, ask rel\n"
            "shuffle: false\nshows: FAM\ntime: 15\nmedia: media/room.png\nalt: A room\n\n-> end\n",
            head="state: {trust: {range: 0..3, start: 1}}\n"
            "consents: {rel: {from: ann, to: you, covers: [a]}}\nfacts: {a: A}\n",
        )
    )

    scene = scenario.scene_by_id["one"]
    assert scene.assumes is not None
    assert scene.on_enter[0] == Add("trust", 1)
    assert isinstance(scene.on_enter[1], ConsentAct)
    assert (scene.is_shuffled, scene.minutes, scene.shows) == (False, 15, ("FAM",))
    assert scene.media is not None
    assert scene.media.alt == "A room"


def test_all_kinds_of_state_are_read() -> None:
    scenario = read(
        a_case(
            "## [one] First\n\n-> end\n",
            head="feedback: debrief\n"
            "state:\n"
            "  trust: {range: -2..3, start: -1, show: live}\n"
            "  plan: {values: [no, on, oral], start: no}\n"
            "  met: {flag: true, start: false}\n"
            "random: {mood: {calm: 2, tense: 1}, day: [monday, friday]}\n"
            "rules:\n"
            "  - {id: r, when: trust >= 3, set: plan = on, once: true}\n"
            "pass: {needs: {FAM: 2}, never: critical}\n",
        )
    )

    trust, plan, met = scenario.state
    assert (trust.low, trust.high, trust.start) == (-2, 3, -1)
    assert (plan.words, plan.start) == (("no", "on", "oral"), "no")
    assert met.is_flag
    assert [draw.weights for draw in scenario.draws] == [(2, 1), (1, 1)]
    assert scenario.rules[0].effects == (Put("plan", "on"),)
    assert scenario.rules[0].is_once
    assert scenario.pass_mark is not None
    assert scenario.pass_mark.forbids_critical
    assert scenario.feedback_time is FeedbackTime.DEBRIEF


ACTIVITIES = {
    "pick": (
        "ask: Which?\nchoose: 1\noptions:\n  - {text: A, key: true}\n  - {text: B}\nshows: FAM 3\n",
        Pick,
    ),
    "order": (
        "ask: Order?\nitems: [First, {id: x, text: Then}]\npairs_that_matter: [[a, x]]\n",
        Order,
    ),
    "say": ("ask: Your words?\nminutes: 2\ncues: [her fear]\n", Say),
    "sct": ("hypothesis: She drinks.\nnews: She is late.\npanel: [1, 1, 2]\n", Sct),
    "sociogram": (
        "ask: Map\npeople: {bo: Bo}\nrings: [near, far]\nties: {helps: solid}\n"
        "expect:\n  - {person: bo, ring: [1, 1]}\n  - {tie: [ann, bo], kind: helps}\n",
        Sociogram,
    ),
}


@pytest.mark.parametrize("kind", ACTIVITIES)
def test_each_activity_is_read(kind: str) -> None:
    body, shape = ACTIVITIES[kind]

    scenario = read(a_case(f"## [one] First\n\n```{kind}\n{body}```\n\n-> end\n"))

    activity = scenario.scene_by_id["one"].activity
    assert isinstance(activity, shape)
    if isinstance(activity, Sociogram):
        assert activity.center == "ann"  # whoever is the client among other things


def test_parts_go_on_with_scenes() -> None:
    scenario = read(
        a_case(
            "## [one] First\n\n-> two\n",
            head="parts: [case.md, part-2.md]\n",
            files={"part-2.md": "## [two] Second\n\n-> end\n"},
        )
    )

    assert scenario.scene_by_id["two"].place.file == "part-2.md"


def test_missing_part_is_a_problem() -> None:
    problems = problems_of(a_case("## [one] First\n\n-> end\n", head="parts: [part-2.md]\n"))

    assert [problem.code for problem in problems] == ["SC115"]


FAULTS = [
    ("## [one] First\n\n- [Go] -> end {#go}\n  ratr: 3\n", "SC110", "rate"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  rate: 5\n", "SC111", "0, 1, 2, 3"),
    ("## [one] First\n\n- [Go] -> end\n", "SC105", "{#"),
    ("## [one] First\n\n- [Go] end {#go}\n", "SC100", "->"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  set: trust plus 1\n", "SC112", "name +1"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  if: trust >=\n", "SC112", ""),
    ("## [one] First\n\n- [Go] -> end {#go}\n  consent: sign rel\n", "SC111", "give"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  discloses: a b\n", "SC111", "to person"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  shows: FAM\n", "SC111", "CONF 3"),
    ("## [one] First\n\n- [Go] -> end {#go}\n  once: yes\n", "SC111", "true"),
    ("## [one] First\n\n- [Go] -> end {#go}\n\nToo late.\n", "SC114", ""),
    ("## [one] First\n\n::: if met\nText\n\n-> end\n", "SC100", ":::"),
    ("## [one] First\n\n:::\n\n-> end\n", "SC100", "::: if"),
    ("## [one] First\n\n**Zed:** Hello.\n\n-> end\n", "SC113", "Ann"),
    ("## [one] First\n\nA <b>bold</b> word.\n\n-> end\n", "SC108", ""),
    ("## [one] First\n\n![x](https://far.example/x.png)\n\n-> end\n", "SC109", ""),
    ("## [one] First\n\n```quiz\nask: x\n```\n\n-> end\n", "SC100", ""),
    ("## [one] First\n\n```say\nminutes: 2\n```\n\n-> end\n", "YF122", "ask"),
    ("## [one] First\n\n```say\nask: [\n```\n\n-> end\n", "YF104", ""),
    ("## [one] First\nendings: good\n\n-> end\n", "SC110", "ending"),
    ("## One First\n\n-> end\n", "SC100", "## ["),
    ("## [one] First\n\n-> end\n-> end\n", "SC203", ""),
    ("## [one] First\n\n<!-- never closed\n\n-> end\n", "SC100", "-->"),
]


@pytest.mark.parametrize(("scene", "code", "advice"), FAULTS)
def test_fault_is_told_with_its_line(scene: str, code: str, advice: str) -> None:
    found = [problem for problem in problems_of(a_case(scene)) if problem.code == code]

    assert found
    assert found[0].path == "small/case.md"
    assert found[0].line is not None
    assert found[0].line > HEAD.count("\n")
    assert advice in found[0].advice


def test_front_matter_faults_leave_the_rest_readable() -> None:
    text = (
        sample_text().replace("show: debrief", "shwo: debrief").replace("minutes: 15", "minutes: x")
    )

    scenario, problems = read_case({"case.md": text}, path="lena-and-ruth")

    assert scenario is not None
    assert len(scenario.scenes) == 10
    assert {problem.code for problem in problems} >= {"YF121", "YF123"}
    assert any("show" in problem.advice for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("format: 1\n", "format: 2\n", "SC101"),
        ("id: lena-and-ruth", "id: other", "SC102"),
        ("language: en\n", "", "SC103"),
        ("parts", "", ""),
        ("alliance: {range: 0..10, start: 5", "alliance: {range: 9..0, start: 5", "SC111"),
        ("limits:   {values: [unset, hers, written], start: unset}", "limits: {start: x}", "SC111"),
        ("strain:   {range: 0..5, start: 2", "strain: {range: 0..5, start: two", "SC301"),
    ],
)
def test_declarations_are_checked(old: str, new: str, code: str) -> None:
    text = sample_text().replace(old, new)

    problems = read_case({"case.md": text}, path="lena-and-ruth")[1]

    assert not code or code in {problem.code for problem in problems}


def test_empty_folder_and_bare_text_are_problems() -> None:
    for files in ({}, {"case.md": ""}, {"case.md": "# Scenes\n"}, {"case.md": "---\nid: x\n"}):
        scenario, problems = read_case(files, path="small")
        assert scenario is None
        assert problems[0].severity is Severity.ERROR


def test_fingerprint_changes_with_what_learners_play_only() -> None:
    text = sample_text()
    walk = {"case.md": text, "walks/a.walk": "pick neither\n"}

    same = read_case(walk, path="lena-and-ruth")[0]
    other = read_case({"case.md": text + "\nMore notes.\n"}, path="lena-and-ruth")[0]

    assert same is not None
    assert other is not None
    assert same.fingerprint == the_sample().fingerprint
    assert other.fingerprint != same.fingerprint
    assert other.scene_by_id["scope"].fingerprint == same.scene_by_id["scope"].fingerprint


def _mutated(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, chance.choice(lines))
            case 2:
                place = chance.randrange(len(lines[at]) + 1)
                junk = chance.choice(
                    ["{", "]", "->", ":::", "```", "<!--", '"', "\t", "é", "[", "#"]
                )
                lines[at] = lines[at][:place] + junk + lines[at][place:]
            case 3:
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place]
            case 4:
                lines[at] = "  " + lines[at]
            case 5:
                words = lines[at].split(" ")
                chance.shuffle(words)
                lines[at] = " ".join(words)
            case _:
                lines[at] = lines[at].replace("ruth", "roth").replace("3", "99")
        lines = lines or [""]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(300))
def test_damaged_case_gives_problems_and_no_traceback(seed: int) -> None:
    text = _mutated(sample_text(), random.Random(seed))
    walk = "pick neither\npick reflect\nexpect ending good\n"

    files = {"case.md": text, "walks/w.walk": walk}
    scenario, problems = read_case(files, path="lena-and-ruth")

    assert all(problem.path and problem.message for problem in problems)
    if scenario is None:
        assert errors_only(problems)
        return
    for problem in check_scenario(scenario, known_competencies=CODES):
        assert problem.line is not None
        assert problem.message.endswith((".", "?"))
    if seed % 10 == 0:  # the report also plays the case with every habit, which takes its time
        exploration_report(explore(scenario))
    if scenario.scene(scenario.start):
        replay(scenario, seed=1, moves=[])


def test_hostile_text_is_read_in_reasonable_time() -> None:
    long = 100_000
    for junk in (
        "![" * (long // 2),
        "[" * long,
        "- [" + "]" * long,
        "<a " * (long // 3),
        "**" * long,
    ):
        problems_of(a_case(f"## [one] First\n\n{junk}\n\n-> end\n"))


def test_last_scene_may_end_without_a_line_end() -> None:
    scenario = read(a_case("## [one] First\n\n-> end"))

    assert scenario.endings[0].ending is EndingKind.GOOD
