"""What the pages of one's own supervision show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.web.learn.supervised.inputs import ObservationWishInput, SelfRatingInput
from app.web.shared.observation_view import ObservationView, SaidLine
from app.web.shared.part_data import Cell, FieldFault, Way
from app.web.shared.sign_off_view import SignOffView
from app.web.shared.supervision_lines import ContractLine, GapLine, GoalLine, RequestLine

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class MySupervisionPage:
    """Everything about one's own supervision.

    Shape: `to_accept` are addresses of contracts that wait for the viewer, by their id; `opened`
    says who opened the record when.
    """

    supervisors: str
    contracts: tuple[ContractLine, ...]
    to_accept: Mapping[str, str]
    goals: tuple[GoalLine, ...]
    observations: tuple[Row, ...]
    ratings: tuple[Row, ...]
    gaps: tuple[GapLine, ...]
    explained: tuple[SaidLine, ...]
    sign_offs: tuple[Row, ...]
    requests: tuple[RequestLine, ...]
    opened: tuple[Row, ...]
    reconcile_url: str
    ask_url: str
    packets_url: str
    rate_url: str
    form_key: str
    fault: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """The form that asks for an observation."""

    back: Way
    form: ObservationWishInput
    faults: tuple[FieldFault, ...]
    supervisors: str
    form_key: str


@dataclass(frozen=True, slots=True)
class SelfRatingPage:
    """The form of a self-rating. Shape: `meanings` pairs each level with what it means."""

    back: Way
    form: SelfRatingInput
    faults: tuple[FieldFault, ...]
    competency: str
    meanings: tuple[tuple[str, str], ...]
    hidden: str
    form_key: str


@dataclass(frozen=True, slots=True)
class MyObservationPage:
    """An observation of oneself, with what one can say to it."""

    back: Way
    observation: ObservationView
    url: str
    rate: tuple[Way, ...]
    form_key: str
    fault: str


@dataclass(frozen=True, slots=True)
class MySignOffPage:
    """A sign-off of oneself, with what one can say beside it."""

    back: Way
    signed: SignOffView
    url: str
    form_key: str
    fault: str
