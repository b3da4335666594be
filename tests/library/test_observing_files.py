"""Thresholds, credentials that sign, frequencies: what the files say, and their faults."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.domain.mi_counts import Measure
from app.domain.observation_frequency import FrequencyStep
from app.library.frequency_file import read_frequencies
from app.library.mi_thresholds_file import read_mi_thresholds
from app.library.signing_file import read_signing

PATH = "content/supervision/mi-thresholds.yaml"
SHARE = '{id: complex-reflections, title: Complex, unit: percent, fair: "40", good: "50"}'
MEAN = '{id: relational, title: Relational, unit: mean, fair: "3.5", good: "4"}'


def thresholds(*measures: str) -> str:
    lines = "".join(f"  - {one}\n" for one in measures)
    return f"format: 1\nas_of: 2026-11-22\nsource: miti-4\nmeasures:\n{lines}"


def test_percentages_are_shares_and_means_are_means() -> None:
    found, problems = read_mi_thresholds(thresholds(SHARE, MEAN), path=PATH)

    assert problems == []
    assert found is not None
    told = {one.measure: (one.fair, one.good) for one in found.measures}
    assert told == {
        Measure.COMPLEX_REFLECTIONS: (Fraction(2, 5), Fraction(1, 2)),
        Measure.RELATIONAL: (Fraction(7, 2), Fraction(4)),
    }


def test_good_below_fair_is_told_with_its_line() -> None:
    found, problems = read_mi_thresholds(thresholds(SHARE.replace('"50"', '"30"'), MEAN), path=PATH)

    assert found is None
    (problem,) = problems
    assert (problem.code, problem.line) == ("SR443", 5)
    assert "good from 30" in problem.message


def test_a_measure_stands_once() -> None:
    _, problems = read_mi_thresholds(thresholds(SHARE, SHARE), path=PATH)

    assert [one.code for one in problems] == ["SR441"]


def test_a_number_that_is_none_and_an_unknown_measure_are_told() -> None:
    text = thresholds(SHARE.replace('"40"', '"many"'), MEAN.replace("relational", "charm"))

    found, problems = read_mi_thresholds(text, path=PATH)

    assert found is None
    assert len(problems) == 2


def test_signing_names_credentials_once_and_a_source() -> None:
    text = "format: 1\nas_of: 2026-11-22\nsource: nc-90-113\ncredentials: [CCS, CSI]\n"

    found, problems = read_signing(text, path="content/supervision/signing.yaml")

    assert problems == []
    assert found is not None
    assert found.credentials == ("CCS", "CSI")
    for worse in (
        text.replace("CSI", "CCS"),
        text.replace("[CCS, CSI]", "[]"),
        text.replace("source: nc-90-113\n", ""),
        text + "extra: yes\n",
    ):
        assert read_signing(worse, path="x")[0] is None


FREQUENCY = """format: 1
frequencies:
  - id: interns
    title: Interns
    steps:
      - {until_hours: 1000, every_days: 14}
      - {until_hours: 2000, every_days: 30}
    sources: [a-law]
    sureness: confirmed
    read_on: 2026-11-22
"""


def test_a_frequency_has_steps_a_source_and_the_day_it_was_read() -> None:
    found, problems = read_frequencies(FREQUENCY, path="x")

    assert problems == []
    assert found is not None
    (one,) = found
    assert one.steps == (FrequencyStep(60_000, 14), FrequencyStep(120_000, 30))
    assert one.grounds is not None
    assert (one.grounds.sources, one.grounds.read_on) == (("a-law",), date(2026, 11, 22))


def test_steps_out_of_order_are_told_with_their_line() -> None:
    found, problems = read_frequencies(FREQUENCY.replace("2000", "1000"), path="x")

    assert found is None
    assert [(one.code, one.line) for one in problems] == [("SR454", 7)]


def test_a_frequency_that_says_too_little_is_put_aside() -> None:
    for worse in (
        FREQUENCY.replace("    sources: [a-law]\n", ""),
        FREQUENCY.replace("2026-11-22", "2026-11-31"),
        FREQUENCY.replace("every_days: 14", "every_days: 0"),
        FREQUENCY + FREQUENCY.partition("frequencies:\n")[2],
    ):
        assert read_frequencies(worse, path="x")[0] is None
