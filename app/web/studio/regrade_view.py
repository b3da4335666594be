"""Puts regrades on screen: the decision, what it would move, and the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from app.domain.errors import NotFound
from app.domain.item import Item
from app.domain.person import Role, Viewer
from app.domain.regrade import Regrade, RegradePolicy
from app.domain.regrade_effect import FEWEST_TOLD, Effect, Move
from app.library.library import Library
from app.services.regrade import Preview, RegradeWish, progress_of
from app.storage.store import Store
from app.web.shared.faults import field_faults
from app.web.shared.filters import say_count, say_short_day
from app.web.shared.part_data import Cell, Header, Way
from app.web.shared.safe_html import block_html, inline_html
from app.web.shared.site_days import site_day
from app.web.studio.inputs import POLICIES, RegradeInput
from app.web.studio.pages import Fact, Row
from app.web.studio.regrade_pages import (
    AnswerChoice,
    EffectShown,
    LedgerPage,
    PreviewShown,
    RegradePage,
    Underway,
    UndoPage,
    WordingShown,
)

MOST_MOVES = 60  # rows of the table of moves
LETTERS = "ABCDEFGHI"
MOVE_HEADERS = (
    "Score before",
    Header("Score after", is_figure=True),
    "Our cut",
    Header("Exams", is_figure=True),
)


def regrade_page(
    library: Library,
    item_id: str,
    wordings: Sequence[Item],
    form: RegradeInput,
    preview: Preview | None = None,
) -> RegradePage:
    """Shows a question to regrade in one of the wordings people met."""
    item = _chosen(wordings, form.version.data or "")
    return RegradePage(
        item_id=item_id,
        back=Way("Back to the question", _item_url(library, item_id) or url_for("studio.items")),
        wording=_wording(item, wordings) if item else None,
        answers=_answers(item, form.accepted.data or ()) if item else (),
        form=form,
        faults=field_faults(form),
        preview=_preview(item, preview) if item and preview else None,
        effect=effect_shown(preview.effect) if preview else None,
        preview_url=url_for("studio.preview_regrade", item_id=item_id),
        sign_url=url_for("studio.sign_regrade", item_id=item_id),
        ledger_url=url_for("studio.ledger"),
    )


def wish_of(form: RegradeInput, item_id: str) -> RegradeWish:
    """The decision that a form tells."""
    return RegradeWish(
        item_id=item_id,
        item_version=form.version.data or "",
        policy=RegradePolicy(form.policy.data),
        accepted=tuple(form.accepted.data or ()),
        never_lower=bool(form.never_lower.data),
        reason=form.reason.data or "",
    )


def ledger_page(store: Store, library: Library, viewer: Viewer) -> LedgerPage:
    """Lists every entry, newest first, with who signed it."""
    names = {person.id: person.full_name for person in store.people.everyone()}
    trains, entries = viewer.holds(Role.TRAINER), store.regrades.all()
    return LedgerPage(
        rows=tuple(
            _ledger_row(one, names, _item_url(library, one.item_id), may_undo=trains)
            for one in entries
        ),
        underway=tuple(
            _underway(store, one, trains=trains) for one in entries if not one.is_settled
        ),
    )


def undo_page(regrade: Regrade, item: Item, effect: Effect) -> UndoPage:
    """Asks before an entry is undone."""
    return UndoPage(
        title=regrade.item_id,
        back=Way("Ledger of regrades", url_for("studio.ledger")),
        facts=_facts(regrade, item),
        reason=regrade.reason,
        is_in_force=regrade.is_in_force,
        effect=effect_shown(effect),
    )


def effect_shown(effect: Effect) -> EffectShown:
    """Tells an effect in counts and moves; of few people only that they are few."""
    if not effect.is_told:
        return _kept_back()
    counts: tuple[Fact, ...] = (
        ("Finished exams that asked it", f"{effect.concerned:,}"),
        ("Scores that rise", f"{effect.rises:,}"),
        ("Scores that fall", f"{effect.falls:,}"),
        ("Same score from other counts", f"{effect.recounted:,}"),
        ("Move up across our cut", f"{effect.to_pass:,}"),
        ("Move down across our cut", f"{effect.to_fail:,}"),
    )
    moves = sorted(effect.moves.items(), key=_crossing_first)
    return EffectShown(
        summary=_summary(effect),
        counts=counts,
        headers=MOVE_HEADERS,
        moves=tuple(_move_row(move, count) for move, count in moves[:MOST_MOVES]),
        more_moves=max(0, len(moves) - MOST_MOVES),
        withheld="",
    )


def _kept_back() -> EffectShown:
    few = f"fewer than {FEWEST_TOLD}"
    return EffectShown(
        summary=f"{few.capitalize()} people sat this, so the effect is not shown.",
        counts=(("People who sat it", few),),
        headers=MOVE_HEADERS,
        moves=(),
        more_moves=0,
        withheld="How many results change, and which way, could tell how one person answered. "
        "Decide by the question itself; everyone whose result changes is told on their start "
        "page.",
    )


def _summary(effect: Effect) -> str:
    if not effect.changed:
        return "No result would change."
    told = say_count(effect.changed, "result")
    return f"{told} would change. Each of these people is told on their start page."


def _crossing_first(entry: tuple[Move, int]) -> tuple[bool, int, int]:
    move, _ = entry
    return move.was_pass == move.is_pass, move.before, move.after


def _move_row(move: Move, count: int) -> Row:
    cut: str | Cell = "stays above" if move.is_pass else "stays below"
    if move.was_pass != move.is_pass:
        words = "now above" if move.is_pass else "now below"
        cut = Cell(words, state="met" if move.is_pass else "below")
    return (str(move.before), str(move.after), cut, f"{count:,}")


def _chosen(wordings: Sequence[Item], version: str) -> Item | None:
    if not wordings:
        return None
    found = next((item for item in wordings if item.version == version), None)
    if version and found is None:
        raise NotFound(
            "wording-not-found",
            "Nobody has met this wording in a finished mock exam.",
            "Choose one of the wordings that people met.",
        )
    return found or wordings[0]


def _wording(item: Item, wordings: Sequence[Item]) -> WordingShown:
    others = tuple(
        Way(
            f"Wording {other.version[:6]}",
            url_for("studio.regrade", item_id=other.id, version=other.version),
        )
        for other in wordings
        if other is not item
    )
    return WordingShown(
        version=item.version,
        stem=inline_html(item.stem),
        vignette=block_html(item.vignette),
        words=f"Wording {item.version[:6]}",
        others=others,
    )


def _answers(item: Item, chosen: Sequence[str]) -> tuple[AnswerChoice, ...]:
    return tuple(
        AnswerChoice(
            option.id, letter, inline_html(option.text), option.id in item.key, option.id in chosen
        )
        for letter, option in zip(LETTERS, item.options, strict=False)
    )


def _preview(item: Item, preview: Preview) -> PreviewShown:
    regrade = preview.regrade
    hidden = [
        ("version", regrade.item_version),
        ("policy", str(regrade.policy)),
        ("reason", regrade.reason),
        ("seen", preview.seen),
        *(("accepted", option) for option in regrade.accepted),
    ]
    if regrade.never_lower:
        hidden.append(("never_lower", "y"))
    return PreviewShown(_facts(regrade, item), regrade.reason, tuple(hidden))


def _facts(regrade: Regrade, item: Item) -> tuple[Fact, ...]:
    facts = [("Decision", POLICIES[regrade.policy])]
    if regrade.accepted:
        facts.append(("Counts as right", _letters(regrade.accepted, item)))
    lowers = "nobody’s score falls" if regrade.never_lower else "scores may fall"
    return (*facts, ("Lowering", lowers), ("Wording", regrade.item_version[:6]))


def _letters(accepted: Sequence[str], item: Item) -> str:
    ids = [option.id for option in item.options]
    return ", ".join(sorted(LETTERS[ids.index(one)] for one in accepted))


def _item_url(library: Library, item_id: str) -> str:
    """Where a question can be looked at; empty for one whose file is gone."""
    return url_for("studio.item", item_id=item_id) if item_id in library.items else ""


def _ledger_row(regrade: Regrade, names: dict[str, str], url: str, *, may_undo: bool) -> Row:
    return (
        Cell(
            regrade.item_id,
            detail=f"wording {regrade.item_version[:6]}",
            url=url,
        ),
        Cell(
            POLICIES[regrade.policy], detail="never lowers" if regrade.never_lower else "may lower"
        ),
        regrade.reason,
        Cell(names.get(regrade.signed_by, "–"), detail=_day(regrade)),
        _standing(regrade, names),
        Cell("Undo", url=url_for("studio.ask_undo", regrade_id=regrade.id))
        if may_undo and regrade.is_in_force
        else "–",
    )


def _underway(store: Store, regrade: Regrade, *, trains: bool) -> Underway:
    done, of = progress_of(store, regrade)
    step = "being applied" if regrade.is_in_force else "being undone"
    return Underway(
        words=(
            f"The regrade of {regrade.item_id} is {step}: {done:,} of "
            f"{say_count(of, 'finished exam')} looked at. Until it is done, each result is "
            "still the old one, or already the new one."
        ),
        continue_url=url_for("studio.continue_regrade", regrade_id=regrade.id) if trains else "",
    )


def _day(regrade: Regrade) -> str:
    return f"{say_short_day(site_day(regrade.signed_at))}, {regrade.signed_at.year}"


def _standing(regrade: Regrade, names: dict[str, str]) -> Cell:
    if regrade.undone_at is None:
        return Cell("in force" if regrade.is_settled else "being applied", state="met")
    by = names.get(regrade.undone_by or "", "–")
    words = "undone" if regrade.is_settled else "being undone"
    return Cell(words, state="open", detail=f"{by}, {say_short_day(site_day(regrade.undone_at))}")
