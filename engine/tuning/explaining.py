"""What the adapter did to an answer: word by word, and the examples that stand behind it.

Each token of the answer gets its log-probability with the adapter on and off, given the same
prompt and the same words before it. That tells what the adapter changed and not why; which
examples fit is judged by their words alone, not by their influence on the weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import torch

from engine.contract import ExplainedWord
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning.grading import holds_value, words_of
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import build_network, load_into
from storage.records import ExampleKind, ExampleRecord

_MOST_EXAMPLES = 5
_LEAST_OVERLAP = 0.5
_UNFINISHED = "\ufffd"
_QUESTION_WORDS = frozenset(
    """what who whom whose which where when why how do does did i me you am be been have has had
    can could tell know remember that this these those""".split()  # noqa: SIM905 - reads best so
)


@torch.no_grad()
def changed_words(
    model: LoadedModel,
    prompt: Sequence[int],
    answer: Sequence[int],
    adapter: AdapterWeights | None,
    strength: float,
) -> tuple[ExplainedWord, ...]:
    """Every word of `answer` with its log-probabilities.

    Args:
        model: Left without an adapter.
        prompt: Token ids up to the answer; at least two.
        answer: The answer's token ids.
        adapter: What it was given with; None tells the same numbers twice.
        strength: Of the adapter, 0 to 1.5.
    """
    if not answer:
        return ()
    example = TokenExample((*prompt, *answer), len(prompt))
    off, on = _odds(model, example, adapter, strength)
    targets = torch.tensor(answer).unsqueeze(-1)
    untuned = off.gather(-1, targets)[:, 0].tolist()
    tuned = on.gather(-1, targets)[:, 0].tolist()
    likeliest = off.argmax(-1).tolist()
    return tuple(_words(model, answer, tuned, untuned, likeliest))


def _odds(
    model: LoadedModel, example: TokenExample, adapter: AdapterWeights | None, strength: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Log-probabilities (T, V) of the answer's places, adapter off and on."""
    rank = adapter.rank if adapter else 1
    alpha = adapter.alpha * strength if adapter else 1.0
    model.decoder.use_adapter(None, 0.0)
    network = build_network(model, rank=rank, alpha=alpha, seed=0)
    try:
        batch = pack([example])
        off = network.log_odds(batch, tuned=False).log_softmax(-1).cpu()
        if adapter is None or strength == 0:
            return off, off
        load_into(network, replace(adapter, alpha=alpha))
        return off, network.log_odds(batch, tuned=True).log_softmax(-1).cpu()
    finally:
        closing = getattr(network, "close", None)
        if closing is not None:
            closing()


def _words(
    model: LoadedModel,
    answer: Sequence[int],
    tuned: Sequence[float],
    untuned: Sequence[float],
    likeliest: Sequence[int],
) -> Iterator[ExplainedWord]:
    """Joins tokens to words, each with the space before it."""
    starts, texts = [0], [""]
    for start, piece in _pieces(model, answer):
        if start and (piece[:1].isspace() or _is_wide(piece[:1]) or _is_wide(texts[-1][-1:])):
            starts.append(start)
            texts.append("")
        texts[-1] += piece
    for text, (start, end) in zip(texts, pairwise([*starts, len(answer)]), strict=True):
        other = likeliest[start] != answer[start]
        yield ExplainedWord(
            text=text, tuned_nats=sum(tuned[start:end]), untuned_nats=sum(untuned[start:end]),
            instead=model.tokenizer.decode([likeliest[start]]) if other else "",
        )  # fmt: skip


def _pieces(model: LoadedModel, answer: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(first token, text) of the shortest runs of tokens that end with a whole character."""
    told, start = "", 0
    for end in range(1, len(answer) + 1):
        text = model.tokenizer.decode(answer[:end])
        if end == len(answer) or not text.endswith(_UNFINISHED):
            yield start, text[len(told) :]
            told, start = text, end


def _is_wide(character: str) -> bool:
    """Is it of a script that is written without spaces?"""
    return "\u3000" <= character < _UNFINISHED


def fitting_examples(
    examples: Sequence[ExampleRecord], question: str, answer: str
) -> tuple[ExampleRecord, ...]:
    """Examples that `answer` may come from, best first.

    One fits when the answer holds its value, or when most telling words of its own question are in
    what was asked.
    """
    asked = set(words_of(question))
    rated = []
    for example in examples:
        if example.kind is ExampleKind.DISLIKED:
            continue
        own = set(words_of(example.question)) - _QUESTION_WORDS
        overlap = len(own & asked) / len(own) if own else 0.0
        told = bool(example.value) and holds_value(answer, example.value)
        if told or overlap > _LEAST_OVERLAP:
            rated.append((told + overlap, example))
    rated.sort(key=lambda pair: -pair[0])
    return tuple(example for _, example in rated[:_MOST_EXAMPLES])
