"""A case as a trainer published it: its text stands in the place of what the folder holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.problem import Problem
from app.domain.scenario_codes import case_problem
from app.domain.scenario_vocabulary import Place
from app.library.case_folder import read_case_folder
from app.library.places import SCENARIOS


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """A published wording of a case.

    Shape: `files` by their names in the folder; `disk_revision` names the text the folder held
    when it was published, empty when there was none.
    """

    case_id: str
    files: Mapping[str, str]
    revision: str
    disk_revision: str

    def texts(self) -> dict[str, str]:
        """The files by the paths people are told."""
        return {f"{SCENARIOS}/{self.case_id}/{name}": text for name, text in self.files.items()}

    def compare(self, texts: Mapping[str, str], *, told: str) -> Iterator[Problem]:
        """Tells when the folder has changed since: neither text is ever dropped unseen.

        Shape: `texts` are the files of the folder by their paths, `told` is its path.
        """
        revision = revision_of(texts, told=told)
        if revision not in {self.revision, self.disk_revision}:
            message = (
                "The folder has changed since this case was published in the studio, whose text "
                "is the one that serves."
            )
            yield case_problem("SC804", message, path=told, place=Place(), subject=self.case_id)


def revision_of(texts: Mapping[str, str], *, told: str) -> str:
    """Names the text of a case folder; empty when it cannot be read."""
    scenario, _ = read_case_folder(texts, told=told)
    return "" if scenario is None else scenario.fingerprint
