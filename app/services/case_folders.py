"""A case whose folder changed after it was published in the studio: keeping the studio's text.

The other way, publishing the folder's text, goes through a draft as any other text does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.errors import Conflict
from app.domain.person import Viewer
from app.storage.case_publications import Publication
from app.storage.store import Store

KEPT = "The folder had changed; the studio's text was kept"


def keep_studio_text(
    store: Store, viewer: Viewer, case_id: str, *, disk_revision: str, now: datetime
) -> Publication:
    """Publishes the studio's text once more, knowing the text the folder holds now.

    Shape: `disk_revision` names the folder's text that was seen; its second reader stays named.
    Raises: Conflict when nothing was published from the studio.
    """
    with store.writing():
        earlier = store.case_publications.of_case(case_id)
        if not earlier:
            raise Conflict(
                "nothing-published",
                "This case was not published in the studio, so its folder is what serves.",
            )
        kept = replace(
            earlier[0],
            id=store.new_id(now),
            number=earlier[0].number + 1,
            disk_revision=disk_revision,
            changes=(KEPT,),
            note="",
            published_by=viewer.id,
            published_at=now,
        )
        store.case_publications.add(kept, organisation_id=store.organisation_id)
    return kept
