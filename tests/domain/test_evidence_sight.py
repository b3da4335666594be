"""Who sees which rows of a person: the table, reader by kind."""

from __future__ import annotations

import pytest

from app.domain.evidence import EvidenceKind, EvidenceReader, seen_kinds

ALL = set(EvidenceKind)
PRACTICE = {EvidenceKind.QUIZ, EvidenceKind.MOCK, EvidenceKind.CASE, EvidenceKind.REFLECTION}


@pytest.mark.parametrize(
    ("reader", "hidden"),
    [
        (EvidenceReader.OWN, set()),
        (EvidenceReader.SUPERVISOR, PRACTICE),
        (EvidenceReader.ADMINISTRATOR, PRACTICE),
        (EvidenceReader.AUTHOR, ALL),
    ],
)
def test_each_reader_sees_their_kinds_and_no_more(
    reader: EvidenceReader, hidden: set[EvidenceKind]
) -> None:
    assert ALL - seen_kinds(reader) == hidden


@pytest.mark.parametrize("reader", list(EvidenceReader))
def test_announcing_opens_the_result_of_a_mock_to_the_supervisor_and_nothing_else(
    reader: EvidenceReader,
) -> None:
    opened = seen_kinds(reader, announced=frozenset(EvidenceKind)) - seen_kinds(reader)

    assert opened == ({EvidenceKind.MOCK} if reader is EvidenceReader.SUPERVISOR else set())
