"""Exam forms: the right mix, fresh, balanced, with nothing that gives another away."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict
from app.domain.exam_form import (
    ExamForm,
    FormWish,
    assemble_form,
    key_places,
    mock_pool,
    repeats_too_much,
)
from app.domain.item import Item
from app.domain.item_enemies import Enemies, find_enemies
from tests.exam_builders import a_mock_item, a_pool, a_shape


def a_form(
    pool: list[Item] | None = None,
    wish: FormWish | None = None,
    *,
    enemies: Enemies | None = None,
    seed: int = 1,
) -> ExamForm:
    return assemble_form(
        a_pool() if pool is None else pool,
        wish or FormWish(a_shape()),
        enemies=enemies or {},
        random=Random(seed),
    )


def domains_of(form: ExamForm) -> Counter[str]:
    scored = {slot.item_id for slot in form.slots if slot.is_scored}
    return Counter(item.domain for item in form.items if item.id in scored)


@given(seed=st.integers(0, 10_000), first=st.integers(1, 12), second=st.integers(1, 12))
def test_a_form_always_meets_its_blueprint(seed: int, first: int, second: int) -> None:
    shape = a_shape(domains={"D-1": first, "D-2": second}, pretest=3)

    form = a_form(wish=FormWish(shape), seed=seed)

    assert domains_of(form) == {"D-1": first, "D-2": second}
    assert sum(not slot.is_scored for slot in form.slots) == 3
    assert len({slot.item_id for slot in form.slots}) == first + second + 3
    assert [slot.position for slot in form.slots] == list(range(1, first + second + 4))


def test_the_same_seed_gives_the_same_form() -> None:
    assert a_form(seed=5) == a_form(seed=5)
    assert a_form(seed=5) != a_form(seed=6)


def test_unscored_places_go_to_items_on_trial() -> None:
    form = a_form()

    unscored = {slot.item_id for slot in form.slots if not slot.is_scored}
    assert {item.status for item in form.items if item.id in unscored} == {"pretest"}


def test_live_items_fill_in_where_too_few_are_on_trial() -> None:
    form = a_form(a_pool(on_trial=0))

    assert sum(not slot.is_scored for slot in form.slots) == 2
    assert len(form.slots) == 8


def test_practice_items_and_drafts_stay_out_of_exams() -> None:
    items = [a_mock_item(1), a_mock_item(2, pool="practice"), a_mock_item(3, status="draft")]

    assert [item.id for item in mock_pool(items)] == ["d-1-0001"]


def test_a_bank_that_is_too_small_is_said_with_the_numbers() -> None:
    with pytest.raises(Conflict, match="2 of 4 in D-1"):
        a_form(a_pool(each=2))


def test_topics_share_a_domain_in_proportion() -> None:
    form = a_form(a_pool(each=50), FormWish(a_shape(domains={"D-1": 10}, pretest=0)))

    assert Counter(item.topic for item in form.items) == {f"topic-{n}": 2 for n in range(5)}


def test_items_met_lately_come_last() -> None:
    pool = a_pool(each=12, on_trial=2)
    first = a_form(pool)
    met = frozenset(slot.item_id for slot in first.slots)

    second = a_form(pool, FormWish(a_shape(), recent=[met]), seed=2)

    assert second.most_repeated == len(met & {slot.item_id for slot in second.slots})
    assert second.most_repeated <= 0.2 * len(second.slots)


def test_a_pool_too_small_for_news_says_how_much_is_repeated() -> None:
    pool = a_pool(each=4, on_trial=1)
    met = frozenset(item.id for item in pool)

    form = a_form(pool, FormWish(a_shape(), recent=[met]))

    assert form.most_repeated == len(form.slots)
    assert repeats_too_much(form.most_repeated, len(form.slots))


@given(seed=st.integers(0, 10_000))
def test_repeats_are_shared_out_among_the_recent_forms(seed: int) -> None:
    pool = [a_mock_item(n) for n in range(34)]
    ids = [item.id for item in Random(seed).sample(pool, len(pool))]
    recent = [frozenset(ids[start : start + 10]) for start in (0, 10, 20)]
    shape = a_shape(domains={"D-1": 10}, pretest=0)

    form = a_form(pool, FormWish(shape, recent), seed=seed)

    assert {len({item.id for item in form.items} & before) for before in recent} == {2}


def test_items_shown_less_come_first() -> None:
    pool = [a_mock_item(number, topic="one") for number in range(20)]
    shown = {item.id: place for place, item in enumerate(pool)}

    form = a_form(pool, FormWish(a_shape(domains={"D-1": 5}, pretest=0), shown=shown))

    assert sorted(item.id for item in form.items) == [item.id for item in pool[:5]]


def test_enemies_never_meet() -> None:
    pool = [a_mock_item(number) for number in range(10)]
    pairs = {f"d-1-{n:04}": frozenset({f"d-1-{n ^ 1:04}"}) for n in range(10)}
    wish = FormWish(a_shape(domains={"D-1": 5}, pretest=0))

    for seed in range(20):
        form = a_form(pool, wish, enemies=pairs, seed=seed)
        ids = {item.id for item in form.items}
        assert not any(pairs[one] & ids for one in ids)


def test_items_of_one_vignette_stand_together() -> None:
    pool = [a_mock_item(n, vignette_id=f"v{n // 3}", vignette="A call.") for n in range(12)]

    form = a_form(pool, FormWish(a_shape(domains={"D-1": 9}, pretest=0)), seed=3)

    order = [item.vignette_id for item in form.items]
    assert all(order.count(v) == 1 or _is_one_run(order, v) for v in set(order))


def _is_one_run(order: list[str], name: str) -> bool:
    first = order.index(name)
    return order[first : first + order.count(name)] == [name] * order.count(name)


@given(st.lists(st.integers(3, 5), min_size=1, max_size=60), st.integers(0, 999))
def test_keys_are_dealt_out_evenly(counts: list[int], seed: int) -> None:
    places = key_places(counts, Random(seed))

    assert all(place < options for place, options in zip(places, counts, strict=True))
    for options in set(counts):
        dealt = Counter(p for p, n in zip(places, counts, strict=True) if n == options)
        fewest = min(dealt.get(place, 0) for place in range(options))
        assert max(dealt.values()) - fewest <= 1


def test_twins_are_enemies() -> None:
    one = a_mock_item(1, stem="Marcus missed three groups in a row and calls, upset. What now?")
    twin = a_mock_item(2, stem="Marcus missed three groups in a row and calls you late. What now?")
    other = a_mock_item(3, stem="A letter from court lies on your desk today. Which step is best?")

    enemies = find_enemies([one, twin, other])

    assert enemies == {one.id: frozenset({twin.id}), twin.id: frozenset({one.id})}


def test_a_stem_that_tells_another_key_is_its_enemy() -> None:
    key = "Arrange naloxone training before discharge"
    asks = a_mock_item(1)
    asks = a_mock_item(
        1,
        options=tuple(type(o)(o.id, key if o.id == "b" else o.text, o.why) for o in asks.options),
    )
    tells = a_mock_item(
        2,
        stem="The team arranged naloxone training before discharge; she asks why. What now?",
    )

    assert find_enemies([asks, tells])[asks.id] == frozenset({tells.id})


def test_items_of_one_vignette_are_no_enemies() -> None:
    same = "Marcus missed three groups in a row and calls you today. What first?"
    pair = [a_mock_item(n, stem=same, vignette_id="v", vignette="A call.") for n in (1, 2)]

    assert find_enemies(pair) == {}
