"""What is in the library as plain lists, for scripts. Shape: keys are stable and all present."""

from __future__ import annotations

from app.domain.item import Item
from app.library.catalog import Library

Row = dict[str, object]


def list_items(library: Library) -> list[Row]:
    """Lists every item with its options, key and place in the files."""
    return [_item(item) for item in library.items.values()]


def list_lessons(library: Library) -> list[Row]:
    """Lists every lesson in reading order, without its text."""
    return [
        {
            "id": lesson.id,
            "version": lesson.version,
            "title": lesson.title,
            "area": lesson.area,
            "order": lesson.order,
            "summary": lesson.summary,
            "objectives": list(lesson.objectives),
            "competencies": list(lesson.competencies),
            "domain": lesson.domain,
            "minutes": lesson.minutes,
            "refs": list(lesson.refs),
            "sections": [
                {"id": part.id, "title": part.title, "checks": list(part.checks)}
                for part in lesson.sections
            ],
            "reviewed": {"by": lesson.reviewed.by, "date": lesson.reviewed.date.isoformat()},
            "file": lesson.path,
        }
        for lesson in library.lessons.values()
    ]


def list_scenarios(library: Library) -> list[Row]:
    """Lists every case with its size."""
    return [
        {
            "id": case.id,
            "version": case.version,
            "title": case.title,
            "fingerprint": case.fingerprint,
            "minutes": case.minutes,
            "level": case.level,
            "competencies": list(case.competencies),
            "scenes": len(case.scenes),
            "choices": sum(len(scene.choices) for scene in case.scenes),
            "endings": len(case.endings),
            "walks": len(case.walks),
            "file": f"scenarios/{case.path.removeprefix('scenarios/')}/case.md",
        }
        for case in library.scenarios.values()
    ]


def list_blueprints(library: Library) -> list[Row]:
    """Lists every exam blueprint with its counts and forms."""
    return [
        {
            "id": blueprint.id,
            "title": blueprint.title,
            "version": blueprint.version,
            "outline_year": blueprint.outline_year,
            "source": blueprint.source,
            "total": blueprint.items_total,
            "scored": blueprint.scored,
            "pretest": blueprint.pretest,
            "minutes": blueprint.minutes,
            "scale": {
                "low": blueprint.scale.low,
                "high": blueprint.scale.high,
                "cut": blueprint.scale.cut,
                "cut_percent": blueprint.scale.cut_percent,
                "ours": blueprint.scale.ours,
            },
            "domains": [
                {
                    "code": domain.code,
                    "title": domain.title,
                    "items": domain.items,
                    "published_weight_percent": domain.published_weight_percent,
                    "sureness": domain.sureness,
                }
                for domain in blueprint.domains
            ],
            "forms": [
                {
                    "id": shape.id,
                    "title": shape.title,
                    "total": shape.items,
                    "scored": shape.scored,
                    "pretest": shape.pretest,
                    "minutes": shape.minutes,
                    "domains": dict(shape.domains),
                }
                for shape in blueprint.shapes
            ],
            "file": blueprint.path,
        }
        for blueprint in library.blueprints.values()
    ]


def list_competencies(library: Library) -> list[Row]:
    """Lists every competency with the framework it belongs to."""
    return [
        {
            "code": one.code,
            "framework": one.framework,
            "edition": library.frameworks[one.framework].edition,
            "group": one.group,
            "title": one.title,
            "text": one.text,
            "sureness": one.sureness,
            "maps_to": list(one.maps_to),
            "domains": list(one.domains),
            "file": library.frameworks[one.framework].path,
        }
        for one in library.competencies.values()
    ]


LISTINGS = {
    "items": list_items,
    "lessons": list_lessons,
    "scenarios": list_scenarios,
    "blueprints": list_blueprints,
    "competencies": list_competencies,
}


def _item(item: Item) -> Row:
    return {
        "id": item.id,
        "version": item.version,
        "stem": f"{item.vignette}\n\n{item.stem}" if item.vignette else item.stem,
        "options": [{"id": one.id, "text": one.text, "why": one.why} for one in item.options],
        "key": list(item.key),
        "domain": item.domain,
        "topic": item.topic,
        "competencies": list(item.competencies),
        "level": item.level,
        "difficulty": item.difficulty,
        "pool": item.pool,
        "status": item.status,
        "refs": list(item.refs),
        "file": item.path,
        "line": item.line,
        "lesson": item.lesson,
        "vignette": item.vignette_id,
        "reviewed": {"by": item.reviewed.by, "date": item.reviewed.date.isoformat()},
    }
