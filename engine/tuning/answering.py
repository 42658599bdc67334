"""Many short greedy answers of one model, a batch at a time."""

from collections.abc import Callable, Sequence

from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel

ANSWER_TOKENS = 24
"""The most tokens of an answer in the exam and in the replay."""
_BATCH = 16


def side_by_side(
    model: LoadedModel,
    prompts: Sequence[Sequence[int]],
    most: int,
    adapter: AdapterWeights | None,
    tick: Callable[[float], None],
) -> list[list[int]]:
    """Token ids of the answer to each of `prompts`, alike lengths computed together.

    Args:
        model: Its decoder is switched to `adapter` before each batch, because a reply that was
            served meanwhile may have changed it.
        prompts: Token ids of whole prompts.
        most: Tokens of an answer.
        adapter: At full strength, or None for the untuned model.
        tick: Told the fraction done after each batch; may raise to stop.
    """
    order = sorted(range(len(prompts)), key=lambda place: len(prompts[place]))
    found: dict[int, list[int]] = {}
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        model.decoder.use_adapter(adapter, 1.0 if adapter else 0.0)
        told = model.decoder.answers([prompts[place] for place in places], most, lambda: False)
        found.update(zip(places, told, strict=True))
        tick(len(found) / len(order))
    return [found[place] for place in range(len(prompts))]
