"""Routes of what one asks and says of oneself: to be observed, and a self-rating."""

from __future__ import annotations

from datetime import timedelta

from flask import request, url_for
from werkzeug.wrappers import Response

from app.domain.errors import Conflict, InvalidInput
from app.services import observing, rating
from app.services.observing import ObservationWish
from app.services.rating import SelfRating
from app.services.yardsticks import Ratable, ratable_of, yardsticks
from app.web.learn.door import bp
from app.web.learn.supervised.inputs import ObservationWishInput, SelfRatingInput
from app.web.learn.supervised.pages import AskPage, SelfRatingPage
from app.web.learn.supervised.view import my_supervision, supervisors_of
from app.web.shared.competency_choices import competency_groups, competency_words
from app.web.shared.content_keeper import current_library
from app.web.shared.faults import field_faults, put_fault
from app.web.shared.form_keys import new_form_key, sent_form
from app.web.shared.notices import redirect_with
from app.web.shared.render import render_page
from app.web.shared.request_store import open_store, signed_in
from app.web.shared.site_days import site_today
from app.web.shared.typed import whole_number

TWO_WEEKS = timedelta(days=14)


@bp.get("/supervision/ask")
def ask_for_observation() -> Response:
    return _asking(ObservationWishInput(wished_on=site_today() + TWO_WEEKS))


@bp.post("/supervision/ask")
def send_wish() -> Response:
    form, store, viewer = ObservationWishInput(), open_store(), signed_in()
    if form.validate() and form.wished_on.data:
        wish = ObservationWish(
            form.competency.data or "", form.words.data or "", form.wished_on.data
        )
        try:
            observing.ask_for_observation(store, viewer, wish, current_library(), sent=sent_form())
        except (InvalidInput, Conflict) as refused:
            put_fault(form, refused, {"request-wished": "wished_on", "": "competency"})
        else:
            return redirect_with(url_for("learn.my_supervision"), "observation-asked")
    return _asking(form, 422)


@bp.get("/supervision/self-rating")
def self_rating() -> Response:
    return _rating(SelfRatingInput(), request.args.get("competency", ""))


@bp.post("/supervision/self-rating")
def rate_oneself() -> Response:
    form, level = SelfRatingInput(), request.form.get("level", "")
    code = form.competency.data or ""
    if form.validate():
        wish = SelfRating(
            code,
            whole_number(level) or 0,
            form.note.data or "",
        )
        try:
            rating.rate_oneself(
                open_store(), signed_in(), wish, current_library(), sent=sent_form()
            )
        except InvalidInput as refused:
            put_fault(form, refused, {"level": "level", "": "competency"})
        else:
            return redirect_with(url_for("learn.my_supervision"), "self-rated")
    return _rating(form, code, 422)


def _asking(form: ObservationWishInput, status: int = 200) -> Response:
    everything = competency_groups(_ratable())
    form.competency.choices = {"": {"": "No special focus"}, **everything}
    page = AskPage(
        back=my_supervision(),
        form=form,
        faults=field_faults(form),
        supervisors=supervisors_of(open_store(), signed_in()),
        form_key=new_form_key(),
    )
    return render_page("learn/supervised/ask.html", page, status)


def _rating(form: SelfRatingInput, code: str, status: int = 200) -> Response:
    ratable = _ratable()
    yardstick = yardsticks(ratable).get(code)
    form.competency.data = code
    form.competency.choices = {"": {"": "Choose a competency"}, **competency_groups(ratable)}
    levels = yardstick.scale.levels if yardstick else ()
    form.level.choices = [("", "Choose a level"), *((str(one.rank), one.title) for one in levels)]
    page = SelfRatingPage(
        back=my_supervision(),
        form=form,
        faults=field_faults(form),
        competency=competency_words(ratable, code) if yardstick else "",
        meanings=tuple((one.title, one.meaning) for one in levels),
        hidden=code if yardstick else "",
        form_key=new_form_key(),
    )
    return render_page("learn/supervised/self_rating.html", page, status)


def _ratable() -> Ratable:
    return ratable_of(open_store(), current_library())
