"""Puts one scene on screen with its choices: where they lead, what they are worth and do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.lawful_ground import GROUNDS
from app.domain.scenario import Choice, Scenario, Scene
from app.domain.scenario_activity import (
    Activity,
    Order,
    Pick,
    RingExpectation,
    Say,
    Sct,
    Showing,
    Sociogram,
    TieExpectation,
    kind_of,
    prompt_of,
)
from app.domain.scenario_declared import Add, ConsentAct, Effect, Put
from app.web.shared.part_data import Cell, Way
from app.web.shared.safe_html import block_html, inline_html
from app.web.studio.case_pages import ActivityPreview, ChoicePreview, ScenePreview, Stretch

RATINGS = {
    0: Cell("0, harmful", state="below"),
    1: Cell("1, weak", state="ageing"),
    2: Cell("2, acceptable", state="open"),
    3: Cell("3, expert", state="met"),
}
UNRATED = Cell("not rated", state="none")


def scene_preview(case: Scenario, scene: Scene, text: tuple[Stretch, ...]) -> ScenePreview:
    """Shows a scene whose text is laid out already."""
    notes = (
        ("Assumes", scene.assumes.text if scene.assumes else ""),
        ("On entering", effects_told(scene.on_enter)),
        ("Shows", ", ".join(scene.shows)),
        ("Minutes in the case", str(scene.minutes or "")),
        ("Media", f"{scene.media.file}: {scene.media.alt}" if scene.media else ""),
    )
    return ScenePreview(
        id=scene.id,
        title=scene.title,
        ending=scene.ending.value if scene.ending else "",
        is_start=scene.id == case.start,
        notes=_present(notes),
        text=text,
        activity=_activity(case, scene.activity) if scene.activity else None,
        choices=tuple(_choice(case, scene, choice) for choice in scene.choices),
        go=_scene_way(case, scene.go) if scene.go else None,
        line=scene.place.line,
    )


def effects_told(effects: Iterable[Effect]) -> str:
    """Says effects as the case text writes them, with a true minus."""
    return ", ".join(_effect_told(effect) for effect in effects)


def in_words(name: str) -> str:
    """Reads a name of the case text as words."""
    return name.replace("_", " ")


def _effect_told(effect: Effect) -> str:
    match effect:
        case Add(variable, amount):
            return f"{variable} {amount:+}".replace("-", "−")
        case Put(variable, value):
            told = str(value).lower() if isinstance(value, bool) else str(value)
            return f"{variable} = {told}"
        case ConsentAct(verb, consent):
            return f"{verb.value} {consent}"


def _ground_told(ground_id: str) -> str:
    ground = GROUNDS.get(ground_id)
    return f"{ground.title}, {ground.section}" if ground else ground_id


def _choice(case: Scenario, scene: Scene, choice: Choice) -> ChoicePreview:
    told = "; ".join(
        f"{in_words(one.topic)} to {case.name_of(one.person)}" for one in choice.disclosures
    )
    takes = ("once only" if choice.is_once else "", "a second try" if choice.is_again else "")
    notes = (
        ("Open", f"if {choice.condition.text}" if choice.condition else ""),
        ("Locked words", choice.locked),
        ("Can be taken", ", ".join(filter(None, takes))),
        ("Shows", _showings_told(scene.showings(choice))),
        ("Changes", effects_told(choice.effects)),
        ("Discloses", told),
        ("Lawful ground", _ground_told(choice.ground)),
        ("Breach", choice.breach),
        ("Critical error", choice.critical),
        ("MI", choice.mi),
    )
    return ChoicePreview(
        id=choice.id,
        text=inline_html(choice.label),
        way=_scene_way(case, choice.target),
        rating=UNRATED if choice.rate is None else RATINGS.get(choice.rate, UNRATED),
        notes=_present(notes),
        feedback=block_html(choice.feedback),
        why=block_html(choice.why),
        is_critical=bool(choice.critical),
    )


def _scene_way(case: Scenario, scene_id: str) -> Way:
    scene = case.scene(scene_id)
    return Way(scene.title if scene else f"{scene_id} (not there)", f"#scene-{scene_id}")


def _showings_told(showings: Sequence[Showing]) -> str:
    return ", ".join(f"{one.code} {one.value}" for one in showings)


def _activity(case: Scenario, activity: Activity) -> ActivityPreview:
    return ActivityPreview(
        kind=kind_of(activity),
        ask=inline_html(prompt_of(activity)),
        expected=tuple(_expected(case, activity)),
        feedback=block_html(activity.feedback),
    )


def _expected(case: Scenario, activity: Activity) -> Iterable[str]:
    """What the author expects of an answer, line by line."""
    match activity:
        case Sociogram():
            return (_sociogram_told(case, activity, one) for one in activity.expect)
        case Pick():
            return (f"{'to pick' if o.is_key else 'to leave'}: {o.text}" for o in activity.options)
        case Order():
            names = {item.id: item.label for item in activity.items}
            return (f"{names.get(a, a)} before {names.get(b, b)}" for a, b in activity.pairs)
        case Say():
            return (f"listens for: {cue}" for cue in activity.cues)
        case Sct():
            votes = ", ".join(f"{vote:+}".replace("-", "−") for vote in activity.panel)
            return (f"panel of {len(activity.panel)}: {votes}",)


def _sociogram_told(
    case: Scenario, activity: Sociogram, wanted: RingExpectation | TieExpectation
) -> str:
    names = {person.id: person.label for person in activity.people}
    if isinstance(wanted, TieExpectation):
        pair = " and ".join(names.get(one) or case.name_of(one) for one in wanted.pair)
        return f"{pair}: {in_words(wanted.kind)}{', may be missing' if wanted.is_optional else ''}"
    rings = activity.rings[wanted.nearest - 1 : wanted.farthest]
    return f"{names.get(wanted.person, wanted.person)}: {' or '.join(rings)}"


def _present(notes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((what, words) for what, words in notes if words)
