"""How many learners take each choice of a case as it serves, for who rewrites it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for

from app.domain.path_report import PathReport
from app.web.studio.path_view import TOO_FEW, share_words


@dataclass(frozen=True, slots=True)
class LearnerShares:
    """Shares by choice id. Shape: choices that are new, or of whom too little is known, miss."""

    url: str = ""
    by_choice: Mapping[str, str] = field(default_factory=dict)


def learner_shares(case_id: str, report: PathReport, scene_id: str) -> LearnerShares:
    """What may be told of one scene, with the way to all of it."""
    told = {
        option.choice: words
        for decision in report.decisions
        if decision.scene == scene_id and decision.is_told
        for option in decision.options
        if (words := share_words(option.share)) != TOO_FEW
    }
    return LearnerShares(url_for("studio.paths", scenario_id=case_id, scene=scene_id), told)
