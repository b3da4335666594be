"""What the forms of practice and of reports may send. Shape only; services have the rules."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.practice import LONGEST
from app.web.shared.report_words import KIND_WORDS

SEEN = {"any": "Any", "unseen": "Not seen yet", "missed": "Missed the last time"}
FEEDBACK = {"tutor": "After each question", "exam": "After the whole quiz"}


class PracticeInput(FlaskForm):
    topic = SelectMultipleField(
        "Topics", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    length = IntegerField(
        "How many questions",
        [NumberRange(1, LONGEST, f"Choose between 1 and {LONGEST} questions.")],
        default=10,
        render_kw={"inputmode": "numeric"},
    )
    seen = RadioField("Which questions", choices=SEEN, default="any")
    feedback = RadioField("When to see the reasons", choices=FEEDBACK, default="tutor")
    request_key = HiddenField(validators=[Length(max=64)])


class ItemReportInput(FlaskForm):
    kind = RadioField(
        "What is it about?",
        [DataRequired("Choose what it is about.")],
        choices={str(kind): words for kind, words in KIND_WORDS.items()},
        validate_choice=False,  # a kind that is not there counts as none, told in our words
        filters=[lambda value: value if value in set(KIND_WORDS) else None],
    )
    words = TextAreaField("In your words")
