"""Packing: every answer token is predicted exactly once, from the right place."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from engine.tuning.network.batch import TokenExample, length_groups, pack

ids = st.lists(st.integers(1, 40), min_size=1, max_size=9)


@st.composite
def examples(draw: st.DrawFn) -> list[TokenExample]:
    shared = draw(ids)
    made = []
    for _ in range(draw(st.integers(1, 5))):
        prompt, answer = [*shared, *draw(ids)], draw(ids)
        made.append(TokenExample((*prompt, *answer), len(prompt)))
    return made


@given(examples())
def test_unpacking_gives_back_every_example(made: list[TokenExample]) -> None:
    batch = pack(made)
    prefix = batch.prefix.tolist()
    for row, example in zip(batch.own.tolist(), made, strict=True):
        assert tuple(prefix + row)[: len(example.ids)] == example.ids


@given(examples())
def test_each_answer_token_is_predicted_from_the_token_before_it(made: list[TokenExample]) -> None:
    batch = pack(made)
    flat = torch.cat((batch.prefix, batch.own.flatten()))
    seen = {index: [] for index in range(len(made))}
    for row, target, owner in zip(
        batch.rows.tolist(), batch.targets.tolist(), batch.owners.tolist(), strict=True
    ):
        seen[owner].append((int(flat[row]), target))
    for index, example in enumerate(made):
        expected = [
            (example.ids[at - 1], example.ids[at])
            for at in range(example.answer_start, len(example.ids))
        ]
        assert seen[index] == expected


def test_what_is_shared_is_computed_once() -> None:
    batch = pack([TokenExample((1, 2, 3, 4, 5), 4), TokenExample((1, 2, 3, 9, 8, 7), 4)])
    assert batch.prefix.tolist() == [1, 2, 3]
    assert batch.tokens == 3 + 2 * 3


def test_groups_keep_every_example_and_pad_little():
    made = [TokenExample(tuple(range(5)) + (50 + n,) * length, 6)
            for n, length in enumerate((3, 40, 4, 5, 41, 90, 3))]  # fmt: skip
    groups = length_groups(made)
    assert sorted(place for group in groups for place in group) == list(range(7))
    assert {2, 3} <= set(groups[0])
    batches = [pack([made[place] for place in group]) for group in groups]
    assert sum(batch.tokens for batch in batches) < 1.35 * sum(len(e.ids) for e in made)
    assert pack(made).tokens > 2 * sum(len(e.ids) for e in made)
    assert length_groups([]) == []
