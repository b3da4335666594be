"""What the forms of practice and of reports may send. Shape only; services have the rules."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from app.domain.practice import LONGEST, MOST_MINUTES, PracticeWish
from app.domain.practice_preset import USUAL_LENGTH, read_wish, tell_wish
from app.web.shared.report_words import KIND_WORDS

SEEN = {
    "any": "Any",
    "unseen": "Not seen yet",
    "missed": "Missed the last time",
    "marked": "Marked for review the last time",
    "sure-and-wrong": "Sure the last time, and not right",
    "bookmarked": "Bookmarked",
}
FEEDBACK = {"tutor": "After each question", "exam": "After the whole quiz"}
DIFFICULTIES = {"easy": "Easy", "middle": "Middle", "hard": "Hard"}
MINUTES_FAULT = f"Choose between 1 and {MOST_MINUTES} minutes, or leave it empty."
# The parts of a wish, and the fields that ask for them.
FIELDS = {
    "topics": "topic",
    "domains": "domain",
    "competencies": "competency",
    "difficulties": "difficulty",
    "length": "length",
    "minutes": "minutes",
    "seen": "seen",
    "feedback": "feedback",
}
MANY = frozenset({"topics", "domains", "competencies", "difficulties"})
Choices = Mapping[str, str]


class PracticeInput(FlaskForm):
    topic = SelectMultipleField("Topics", validate_choice=False)
    length = IntegerField(
        "How many questions",
        [NumberRange(1, LONGEST, f"Choose between 1 and {LONGEST} questions.")],
        default=USUAL_LENGTH,
        render_kw={"inputmode": "numeric"},
    )
    seen = RadioField("Which questions", choices=SEEN, default="any")
    domain = SelectMultipleField("Domains of the exam", validate_choice=False)
    difficulty = SelectMultipleField("Difficulty", choices=DIFFICULTIES)
    competency = SelectField("Competency", validate_choice=False, default="")
    minutes = IntegerField(
        "Time limit in minutes",
        [Optional(), NumberRange(1, MOST_MINUTES, MINUTES_FAULT)],
        render_kw={"inputmode": "numeric"},
    )
    feedback = RadioField("When to see the reasons", choices=FEEDBACK, default="tutor")
    name = StringField("Name", [Length(max=200)], render_kw={"maxlength": 60})
    request_key = HiddenField(validators=[Length(max=64)])

    def validate_minutes(self, field: Field) -> None:
        """Says it when what was sent is no number; an empty field asks for no limit."""
        if field.raw_data and field.raw_data[0].strip() and field.data is None:
            raise ValidationError(MINUTES_FAULT)

    def wish(self) -> PracticeWish:
        """What the form asks for. What cannot be read falls to the usual."""
        told: dict[str, object] = {part: self[name].data for part, name in FIELDS.items()}
        told["competencies"] = [self.competency.data] if self.competency.data else []
        return read_wish(told)

    def show(self, wish: PracticeWish) -> None:
        """Fills the form with what a wish asks for."""
        for part, value in tell_wish(wish).items():
            self[FIELDS[part]].data = value
        self.competency.data = next(iter(sorted(wish.competencies)), "")


def query_of(wish: PracticeWish) -> dict[str, object]:
    """The parts of a wish that are not the usual ones, as they stand in an address."""
    usual = tell_wish(read_wish({}))
    return {FIELDS[part]: value for part, value in tell_wish(wish).items() if value != usual[part]}


def wish_in(arguments: Mapping[str, list[str]]) -> PracticeWish:
    """Reads a wish from an address. Shape: every value by name, as it was sent."""
    told: dict[str, object] = {}
    for part, name in FIELDS.items():
        values = arguments.get(name, [])
        told[part] = values if part in MANY else (values or [""])[0]
    return read_wish(told)


class ItemReportInput(FlaskForm):
    kind = RadioField(
        "What is it about?",
        [DataRequired("Choose what it is about.")],
        choices={str(kind): words for kind, words in KIND_WORDS.items()},
        validate_choice=False,  # a kind that is not there counts as none, told in our words
        filters=[lambda value: value if value in set(KIND_WORDS) else None],
    )
    words = TextAreaField("In your words")
