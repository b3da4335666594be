"""Sample words for the gallery of parts."""

from __future__ import annotations

from app.domain.problem import Problem, Severity
from app.domain.source import Source
from app.web.shared.part_data import (
    BookmarkButton,
    FieldFault,
    MissedButton,
    SceneChoice,
    ShownOption,
    TrailStop,
    Way,
)

STATES = (
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
    ("task", "task"),
)
SHORT_TRAIL = (
    TrailStop("Why consent comes first", state="done", url="#trail"),
    TrailStop("Who may hear what", state="here", url="#trail"),
    TrailStop("Writing the release", url="#trail"),
)
FAULTS = (
    FieldFault("wrong-title", "Give the lesson a title"),
    FieldFault("wrong-due", "Choose a date that is still to come"),
)
BOOKMARKS = (
    BookmarkButton("#bookmark", is_on=False, back="item", position=1),
    BookmarkButton("#bookmark", is_on=True, back="item", position=2),
)
MISSED_BUTTON = MissedButton("#bookmark", "Practice what I missed", "sample", {})
WAYS = (Way("Lessons", "#breadcrumbs"), Way("Family and network", "#breadcrumbs"))
CHOICES = (
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
)
NOTICES = (
    ("done", "Saved. Cora sees it from now on."),
    ("info", "This mock exam is shaped like the real one; the cut is ours."),
    ("caution", "Do not write names, dates of birth or places of clients here."),
    ("wrong", "This could not be saved, because the exam has ended."),
)


def trail_sample() -> tuple[TrailStop, ...]:
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


def options_sample() -> tuple[ShownOption, ...]:
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


def problems_sample() -> tuple[Problem, ...]:
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


def sources_sample() -> tuple[Source, ...]:
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
