"""What the page about one's own credentials shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.web.credentials.inputs import CredentialInput, EducationInput
from app.web.shared.part_data import Cell, FieldFault, Header, Way

Row = tuple[str | Cell, ...]


@dataclass(frozen=True, slots=True)
class CredentialCard:
    """One credential: how it stands, and what its renewal still needs.

    Shape: `needs` is empty where no rule of renewal is known; `sure` says how sure the rule is.
    """

    title: str
    detail: str
    state: str
    state_words: str
    dates: str
    next_words: str
    needs: tuple[Row, ...]
    over: tuple[str, ...]
    note: str
    sure: str
    sources: tuple[Way, ...]
    take_back_url: str


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """Training that was done."""

    title: str
    detail: str
    take_back_url: str


@dataclass(frozen=True, slots=True)
class CredentialsPage:
    """One's own credentials and training, with the forms that add to them."""

    cards: tuple[CredentialCard, ...]
    earlier: tuple[Row, ...]
    training: tuple[TrainingLine, ...]
    need_headers: tuple[str | Header, ...]
    kinds: tuple[str, ...]
    credential: CredentialInput
    education: EducationInput
    is_adding: bool  # the form for a credential is open
    is_noting: bool  # the form for training is open
    faults: tuple[FieldFault, ...]
