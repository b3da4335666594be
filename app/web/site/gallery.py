"""Sample data for the gallery of parts, where every part can be looked at in all its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup
from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField

from app.domain.problem import Problem, Severity
from app.domain.source import Source
from app.web.shared import charts
from app.web.shared.part_data import (
    AnsweredOption,
    Cell,
    FieldFault,
    Header,
    MapSlot,
    SceneChoice,
    ShownOption,
    SpeechLine,
    TrailStop,
    Way,
)
from app.web.shared.sociogram import Sociogram, TieKind, sociogram


class SampleInput(Form):  # type: ignore[misc]  # WTForms' stubs leave Form untyped
    """One field of each kind."""

    title = StringField("Title of the lesson")
    due = StringField("Due on", render_kw={"type": "date"})
    note = TextAreaField("Note to the team")
    area = SelectField("Area", choices=[("advocacy", "Advocacy"), ("family", "Family")])
    setting = RadioField("How was it seen?", choices=[("live", "Live"), ("taped", "Recorded")])
    is_shared = BooleanField("Share a summary with my supervisor")


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """Everything that the gallery shows, by part."""

    states: Sequence[tuple[str, str]]
    grounds: Sequence[str]
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
    bars: charts.BarChart
    line: charts.LineChart
    dots: charts.DotStrip
    meter: charts.RangeMeter
    problems: Sequence[Problem]
    sources: Sequence[Source]
    speeches: Sequence[SpeechLine]
    choices: Sequence[SceneChoice]
    sociogram: Sociogram
    slots: Sequence[MapSlot]
    prose_html: Markup
    notices: Sequence[tuple[str, str]] = field(
        default=(
            ("done", "Saved. Cora sees it from now on."),
            ("info", "This mock exam is shaped like the real one; the cut is ours."),
            ("caution", "Do not write names, dates of birth or places of clients here."),
            ("wrong", "This could not be saved, because the exam has ended."),
        )
    )


def gallery_page() -> GalleryPage:
    """Gathers the samples; the same on every call."""
    return GalleryPage(
        states=(
            ("met", "met"),
            ("here", "here"),
            ("ageing", "met but ageing"),
            ("below", "below"),
            ("open", "not enough evidence"),
            ("expired", "expired"),
            ("none", "not required"),
            ("right", "right"),
            ("wrong", "not yet"),
            ("flag", "marked"),
            ("info", "new"),
        ),
        grounds=(
            "paper",
            "surface",
            "sunk",
            "teal-wash",
            "amber-wash",
            "brick-wash",
            "green-wash",
            "blue-wash",
        ),
        trail=_trail(),
        short_trail=(
            TrailStop("Why consent comes first", state="done", url="#trail"),
            TrailStop("Who may hear what", state="here", url="#trail"),
            TrailStop("Writing the release", url="#trail"),
        ),
        options=_options(),
        answered=_answered(),
        faults=(
            FieldFault("wrong-title", "Give the lesson a title"),
            FieldFault("wrong-due", "Choose a date that is still to come"),
        ),
        good_input=SampleInput(prefix="good-", data={"title": "Consent first", "setting": "live"}),
        wrong_input=_wrong_input(),
        ways=(Way("Lessons", "#breadcrumbs"), Way("Family and network", "#breadcrumbs")),
        headers=(
            Header("Mock exam"),
            Header("Taken"),
            Header("Right", is_figure=True),
            Header("Outcome"),
        ),
        rows=_rows(),
        matrix_headers=("Screening", "Planning", "Referral", "Family", "Ethics"),
        matrix_rows=_matrix_rows(),
        bars=charts.bar_chart(
            "Right answers by domain",
            (
                ("Screening and assessment", 82),
                ("Planning and referral", 36),
                ("Counseling", 67),
                ("Ethics", 71),
            ),
            most=100,
            unit="%",
            goal=("our cut", 68),
            strong="Planning and referral",
            value_header="Share right",
        ),
        line=charts.line_chart(
            "Mock exam scores",
            (("3 Sep", 512), ("24 Sep", 548), ("15 Oct", 541), ("5 Nov", 588), ("19 Nov", 604)),
            low=450,
            value_header="Scaled score",
        ),
        dots=charts.dot_strip(
            "Level at each observation",
            (
                ("6 Sep, Cora", 2),
                ("20 Sep, Cora", 2),
                ("4 Oct, Dov", 3),
                ("18 Oct, Cora", 3),
                ("1 Nov, Cora", 3),
                ("15 Nov, Cora", 4),
            ),
            low=1,
            high=4,
            strong="15 Nov, Cora",
            value_header="Level",
        ),
        meter=charts.range_meter("About 6 in 10", at=0.6, low=0.34, high=0.84),
        problems=_problems(),
        sources=_sources(),
        speeches=_speeches(),
        choices=(
            SceneChoice(
                "hold",
                "Name the limit kindly, and turn to Lena: what would you like Ruth to know today?",
            ),
            SceneChoice("flat", "Say you cannot discuss that, and move to the next topic."),
            SceneChoice(
                "call",
                "Call Dan, her brother-in-law.",
                locked_because="Lena has not signed a release for him.",
            ),
        ),
        sociogram=_sociogram(),
        slots=tuple(
            MapSlot(
                n,
                "#item_map",
                "met" if n < 37 else "open",
                is_flagged=n in (5, 12, 33, 41),
                is_current=n == 37,
            )
            for n in range(1, 61)
        ),
        prose_html=PROSE,
    )


def _trail() -> tuple[TrailStop, ...]:
    return (
        TrailStop("18 reviews", "9 min · done, 15 right", "done"),
        TrailStop(
            "Consent first: who, when and what is off limits",
            "Lesson · 14 min · section 3 of 5",
            "here",
            "#trail",
            "Continue reading",
        ),
        TrailStop(
            "10 questions on referral",
            "12 min · your weakest cell by weight: Domain 2, 4 of 11 right",
            url="#trail",
        ),
        TrailStop("Motivational interviewing", "Last evidence 14 months ago", "ageing", "#trail"),
        TrailStop(
            "Case: The sister who calls first", "15 min · overdue since Tuesday", "below", "#trail"
        ),
    )


def _options() -> tuple[ShownOption, ...]:
    return (
        ShownOption("a", "Tell her that testing is not something you discuss, and end the call."),
        ShownOption(
            "b",
            "Say what the release lets you say about attendance, and suggest that "
            "she ask her son about the rest.",
        ),
        ShownOption(
            "c", "Tell her the result, since he asked you to keep her informed.", is_struck=True
        ),
        ShownOption("d", "Ask a colleague who knows the family to call her back."),
    )


def _answered() -> tuple[AnsweredOption, ...]:
    whys = (
        "It protects the client, but withholds what he wanted his mother to know.",
        "The release covers <em>attendance</em>. Staying inside it keeps his trust and hers.",
        "A wish spoken in passing is not consent: the release names what may be told.",
        "Passing the call on moves the decision without settling it.",
    )
    return tuple(
        AnsweredOption(option.text, option.id == "b", option.id == "c", Markup(f"<p>{why}</p>"))  # noqa: S704  # written above, in this file
        for option, why in zip(_options(), whys, strict=True)
    )


def _wrong_input() -> SampleInput:
    wrong = SampleInput(prefix="wrong-")
    wrong.title.errors = ["Give the lesson a title"]
    wrong.due.errors = ["Choose a date that is still to come"]
    return wrong


def _rows() -> tuple[tuple[Cell | str, ...], ...]:
    return (
        ("Full mock, form 3", "19 November", "104 of 150", Cell("above our cut", state="met")),
        ("Half mock, form 1", "5 November", "48 of 75", Cell("not yet", state="below")),
        (
            Cell("Domain 2 only", url="#table", detail="assigned by Cora"),
            "15 October",
            "9 of 20",
            Cell("too few answers", state="open"),
        ),
    )


def _matrix_rows() -> tuple[tuple[Cell, ...], ...]:
    words = {
        "met": "met",
        "ageing": "met but ageing",
        "below": "below",
        "open": "not enough evidence",
        "none": "not required",
    }
    people = (
        ("Ana Reyes", "LCAS-A", ("met 6", "below 3", "below 5", "open 1", "met 5")),
        ("Luis Ferro", "CADC", ("met 5", "met 4", "open 2", "below 3", "met 8")),
        ("Noor Haddad", "LCAS", ("met 9", "met 6", "ageing 7", "met 4", "none 0")),
    )
    rows = []
    for name, credential, cells in people:
        row = [Cell(name, detail=credential, url="#matrix")]
        for state, count in (cell.split() for cell in cells):
            if state == "none":
                row.append(Cell("", state=state, spoken=words[state]))
            else:
                spoken = f"{words[state]}, {count} pieces of evidence"
                row.append(Cell(count, state=state, spoken=spoken, url="#matrix"))
        rows.append(tuple(row))
    return tuple(rows)


def _problems() -> tuple[Problem, ...]:
    return (
        Problem(
            "SC510",
            Severity.ERROR,
            "scenarios/lena-and-ruth/case.md",
            "Ruth hears about the slip without a release that covers it.",
            "Mark the choice with “breach:”, or ask for the release before this scene.",
            line=47,
            witness=("Pick up the phone", "Answer honestly"),
        ),
        Problem(
            "SC308",
            Severity.WARNING,
            "scenarios/lena-and-ruth/case.md",
            "Nobody can reach the scene “end-mixed” with limits set by Ruth.",
            line=61,
        ),
        Problem(
            "QS120",
            Severity.INFO,
            "content/questions/family/consent.yaml",
            "The key is the longest option in 4 of 6 questions.",
            "Lengthen a distractor or shorten the key.",
            line=12,
        ),
    )


def _sources() -> tuple[Source, ...]:
    return (
        Source(
            "part2",
            "Confidentiality of Substance Use Disorder Patient Records, 42 CFR Part 2",
            "U.S. Department of Health and Human Services",
            2024,
            "https://www.ecfr.gov/",
            "law",
            "verified",
            "",
        ),
        Source(
            "tap21",
            "Addiction Counseling Competencies (TAP 21)",
            "SAMHSA",
            2006,
            "Publication SMA 15-4171",
            "guidance",
            "third-party",
            "",
        ),
        Source(
            "network",
            "Mapping a client’s social network",
            "An agency’s handout",
            None,
            "",
            "practice-example",
            "unverified",
            "Shown as practice; decides no key.",
        ),
    )


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


def _sociogram() -> Sociogram:
    return sociogram(
        "The people around Lena",
        client=("lena", "Lena"),
        people=(("ruth", "Ruth"), ("dan", "Dan"), ("jo", "Jo, sponsor")),
        rings=("very close", "close", "distant"),
        kinds=(
            TieKind("supports", "supports"),
            TieKind("strains", "strains", "dashed"),
            TieKind("drinks", "drinks with", "dotted"),
        ),
        placed={"ruth": 0, "dan": 2, "jo": 1},
        ties={
            ("lena", "jo"): frozenset({"supports"}),
            ("lena", "ruth"): frozenset({"strains"}),
            ("ruth", "dan"): frozenset({"supports"}),
            ("lena", "dan"): frozenset({"drinks"}),
        },
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
