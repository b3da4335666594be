"""Sample data for the gallery of parts, where every part can be looked at in all its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField

from app.domain.line_diff import LineDiff
from app.domain.problem import Problem
from app.domain.source import Source
from app.web.shared import charts
from app.web.shared.case_map import CaseMap
from app.web.shared.competency_cells import EVIDENCE_HEADERS, CompetencyBlock
from app.web.shared.part_data import (
    AnsweredOption,
    BookmarkButton,
    Cell,
    FieldFault,
    Header,
    MapSlot,
    MissedButton,
    SceneChoice,
    ShownOption,
    SpeechLine,
    TrailStop,
    Way,
)
from app.web.shared.sociogram import Sociogram
from app.web.site import gallery_figures as figures
from app.web.site import gallery_words as words
from app.web.site.gallery_case import diff_sample, path_map_sample, whole_map_sample

AREAS = {"advocacy": "Advocacy", "family": "Family"}
SETTINGS = {"live": "Live", "taped": "Recorded"}


class SampleInput(Form):
    """One field of each kind."""

    title = StringField("Title of the lesson")
    due = StringField("Due on", render_kw={"type": "date"})
    note = TextAreaField("Note to the team")
    area = SelectField("Area", choices=AREAS)
    setting = RadioField(
        "How was it seen?",
        choices=SETTINGS,
    )
    is_shared = BooleanField("Share a summary with my supervisor")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything that the gallery shows, by part."""

    states: Sequence[tuple[str, str]]
    trail: Sequence[TrailStop]
    short_trail: Sequence[TrailStop]
    options: Sequence[ShownOption]
    answered: Sequence[AnsweredOption]
    faults: Sequence[FieldFault]
    good_input: Form
    wrong_input: Form
    ways: Sequence[Way]
    headers: Sequence[Header]
    rows: Sequence[Sequence[Cell | str]]
    matrix_headers: Sequence[str]
    matrix_rows: Sequence[Sequence[Cell]]
    competency: CompetencyBlock
    evidence_headers: Sequence[str]
    bars: charts.BarChart
    line: charts.LineChart
    dots: charts.DotStrip
    meter: charts.RangeMeter
    problems: Sequence[Problem]
    sources: Sequence[Source]
    speeches: Sequence[SpeechLine]
    choices: Sequence[SceneChoice]
    sociogram: Sociogram
    whole_map: CaseMap
    diff: LineDiff
    path_map: CaseMap
    slots: Sequence[MapSlot]
    prose_html: Markup
    notices: Sequence[tuple[str, str]]
    bookmarks: Sequence[BookmarkButton]
    missed_button: MissedButton


def gallery_page() -> GalleryPage:
    """Gathers the samples; the same on every call."""
    return GalleryPage(
        states=words.STATES,
        trail=words.trail_sample(),
        short_trail=words.SHORT_TRAIL,
        options=words.options_sample(),
        answered=_answered(),
        faults=words.FAULTS,
        good_input=SampleInput(prefix="good-", data={"title": "Consent first", "setting": "live"}),
        wrong_input=_wrong_input(),
        ways=words.WAYS,
        headers=figures.HEADERS,
        rows=figures.rows_sample(),
        matrix_headers=figures.MATRIX_HEADERS,
        matrix_rows=figures.matrix_rows_sample(),
        competency=figures.competency_block_sample(),
        evidence_headers=EVIDENCE_HEADERS,
        bars=figures.bars_sample(),
        line=figures.line_sample(),
        dots=figures.dots_sample(),
        meter=figures.meter_sample(),
        problems=words.problems_sample(),
        sources=words.sources_sample(),
        speeches=_speeches(),
        choices=words.CHOICES,
        sociogram=figures.sociogram_sample(),
        whole_map=whole_map_sample(),
        diff=diff_sample(),
        path_map=path_map_sample(),
        slots=figures.slots_sample(),
        prose_html=PROSE,
        notices=words.NOTICES,
        bookmarks=words.BOOKMARKS,
        missed_button=words.MISSED_BUTTON,
    )


def _answered() -> tuple[AnsweredOption, ...]:
    whys = (
        "It protects the client, but withholds what he wanted his mother to know.",
        "The release covers <em>attendance</em>. Staying inside it keeps his trust and hers.",
        "A wish spoken in passing is not consent: the release names what may be told.",
        "Passing the call on moves the decision without settling it.",
    )
    return tuple(
        AnsweredOption(
            option.text,
            is_key=option.id == "b",
            is_chosen=option.id == "c",
            why_html=Markup(f"<p>{why}</p>"),  # noqa: S704 (written above, in this file)
            was_key=option.id == "d",
        )
        for option, why in zip(words.options_sample(), whys, strict=True)
    )


def _wrong_input() -> SampleInput:
    wrong = SampleInput(prefix="wrong-")
    wrong.title.errors = ["Give the lesson a title"]
    wrong.due.errors = ["Choose a date that is still to come"]
    return wrong


def _speeches() -> tuple[SpeechLine, ...]:
    return (
        SpeechLine("Ruth", Markup("<p>So has she been drinking again? Just between us.</p>")),
        SpeechLine(
            "Ana",
            Markup(
                "<p>I can see how worried you are. Lena and I agreed on what I "
                "may speak about; may we ask her together?</p>"
            ),
            is_you=True,
        ),
    )


PROSE = Markup("""\
<h2 id="who-may-hear-what">Who may hear what</h2>
<p>A release is a small map: it names <strong>who</strong> may hear, <strong>what</strong> may be
told, <em>why</em>, and <em>until when</em>. What is not on the map is not told.<a class="cite"
href="#source-part2">42 CFR 2.31</a></p>
<aside class="callout callout--practice"><p class="callout__title">In practice</p>
<p>Read the release aloud with the client before the first call. People hear limits better in
their own words.</p></aside>
<section class="vignette"><p class="vignette__title">A case</p>
<p>Lena’s sister rings on a Tuesday. She pays the rent, she is frightened, and she has every right
to call. You have a release that covers attendance and nothing else.</p></section>
<h3>Three questions before you answer</h3>
<ul><li>Is the caller who they say they are?</li><li>Does the release name them, and this?</li>
<li>Would the client be surprised to hear what you said?</li></ul>
<dl class="terms"><dt>Release</dt><dd>Written consent that names the recipient, the information,
the purpose and the end.</dd></dl>
<aside class="callout callout--note"><p class="callout__title">Note</p>
<p>State law may ask for more than the federal rule.</p></aside>
<aside class="callout callout--caution"><p class="callout__title">Caution</p>
<p>Confirming that someone is a patient is a disclosure, even if nothing else is said.</p></aside>
<aside class="callout callout--evidence"><p class="callout__title">What the evidence says</p>
<p>Involving a concerned other is linked with better retention; the trials are small.</p></aside>
<div class="table-wrap" role="region" aria-label="What a release names" tabindex="0"><table>
<thead><tr><th scope="col">Element</th><th scope="col">Example</th></tr></thead>
<tbody><tr><td>Recipient</td><td>Ruth Adler, sister</td></tr>
<tr><td>Information</td><td>Attendance only</td></tr></tbody></table></div>
<blockquote><p>Tell me what you would like her to know, and I will say that and no more.</p>
</blockquote>
""")
