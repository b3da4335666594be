"""Puts a draft on screen for its second reader: every place to read, none to change."""

from __future__ import annotations

from dataclasses import replace

from flask import url_for

from app.domain.person import Viewer
from app.web.shared.part_data import Way
from app.web.studio.case_pages import ScenePreview
from app.web.studio.case_scenes import scene_preview
from app.web.studio.cases import text_of
from app.web.studio.desk.draft_map import draft_map, fold_all
from app.web.studio.desk.laid_out import Desk, scenario_title
from app.web.studio.desk.outline import AS_IT_IS, OutlineAsked, outline
from app.web.studio.desk.pages import ReadingPage
from app.web.studio.desk.panel import panel
from app.web.studio.desk.places import MAP, SCENE, DraftPlace, find_place, place_text
from app.web.studio.desk.review_view import comment_rows, review_card

TEXT, SOURCE = "", "source"


def reading_page(
    desk: Desk,
    viewer: Viewer,
    at: str,
    view: str,
    *,
    asked: OutlineAsked = AS_IT_IS,
    fault: str = "",
    words: str = "",
) -> ReadingPage:
    """Shows one place of a draft to read. Shape: `words` were typed and not kept."""
    place = find_place(desk.places, at, start=desk.start)
    view = view if view in {SOURCE, MAP} else TEXT
    scene = _scene(desk, place) if view == TEXT else None
    is_map = view == MAP
    return ReadingPage(
        title=scenario_title(desk.checked.scenario, desk.draft),
        back=Way("Cases", url_for("studio.cases")),
        outline=outline(desk, place, view, asked),
        here=place.id,
        place=place.title,
        view=view,
        views=_views(desk, place, view),
        scene=scene,
        source="" if scene or is_map else place_text(desk.draft.files, place),
        map=draft_map(desk, place, asked) if is_map else None,
        map_fold=fold_all(desk, place, asked) if is_map else None,
        panel=panel(desk, place),
        comments=comment_rows(desk, desk.review.comments, place.id),
        comment_url=url_for("studio.comment_on_draft", draft_id=desk.draft.id, at=place.id),
        card=review_card(desk, viewer),
        fault=fault,
        words=words,
    )


def _scene(desk: Desk, place: DraftPlace) -> ScenePreview | None:
    """The scene with everything behind it. None: it is no scene, or cannot be read."""
    scenario = desk.checked.scenario
    scene = scenario.scene(place.scene_id) if scenario and place.scene_id else None
    if scenario is None or scene is None:
        return None
    preview = scene_preview(scenario, scene, text_of(scene.blocks))
    known = desk.scene_spans

    def on_desk(way: Way) -> Way:
        target = way.url.removeprefix("#scene-")
        return Way(way.title, desk.url(f"{SCENE}{target}" if target in known else place.id))

    return replace(
        preview,
        choices=tuple(replace(one, way=on_desk(one.way)) for one in preview.choices),
        go=on_desk(preview.go) if preview.go else None,
    )


def _views(desk: Desk, place: DraftPlace, view: str) -> tuple[tuple[Way, bool], ...]:
    names = ((TEXT, "Text"), (SOURCE, "Source")) if place.scene_id else ((TEXT, "Source"),)
    return tuple(
        (Way(words, desk.url(place.id, view=name)), name == view)
        for name, words in (*names, (MAP, "Map"))
    )
