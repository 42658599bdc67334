"""What the untuned model answers by itself: the label whose words it finds most likely.

The mark that teaching has to beat. The model is asked in its own chat format and told the labels;
the words of each label are then scored by their mean log-likelihood per token.
"""

import time
from collections.abc import Callable, Sequence

import torch

from engine.chat.turns import ChatTurn
from engine.model.loaded import LoadedModel
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import Network
from storage.records import Role

METHOD = "label_words"

_TEXTS_AT_ONCE = 24
_MOST_TOKENS = 60_000
_MOST_TEXT = 1500
_ASK = (
    "Which of these labels fits the text best: {labels}? Answer with the label alone.\n\n"
    "Text: {text}"
)


def untuned_answers(
    model: LoadedModel,
    network: Network,
    texts: Sequence[str],
    words: Sequence[str],
    until: float,
    tick: Callable[[float], None],
) -> list[int]:
    """The index of the likeliest label for the first texts, as many as are affordable.

    Args:
        model: Gives the chat format.
        network: Computes, its adapter off.
        texts: Test texts in random order.
        words: The words of each label.
        until: When to end, by `time.monotonic`; the first texts are asked in any case.
        tick: Told the share done.
    """
    answers: list[int] = []
    ids = [tuple(model.tokenizer.encode(word)) for word in words]
    plain = max(map(len, ids)) == 1
    at_once, ask = (_TEXTS_AT_ONCE, _by_one_word) if plain else (1, _by_all_words)
    spent = 0
    while len(answers) < len(texts) and spent < _MOST_TOKENS:
        if answers and time.monotonic() > until:
            break
        chosen = texts[len(answers) : len(answers) + at_once]
        found, tokens = ask(network, [_prompt(model, text, words) for text in chosen], ids)
        answers += found
        spent += tokens
        tick(max(len(answers) / len(texts), spent / _MOST_TOKENS))
    return answers


def _prompt(model: LoadedModel, text: str, words: Sequence[str]) -> tuple[int, ...]:
    asked = _ASK.format(labels=", ".join(words), text=text[:_MOST_TEXT])
    return tuple(model.prompt_ids([ChatTurn(Role.USER, asked)]))


@torch.no_grad()
def _by_one_word(
    network: Network, prompts: Sequence[tuple[int, ...]], ids: Sequence[tuple[int, ...]]
) -> tuple[list[int], int]:
    """Several texts at once, where each label is a single token; also the tokens computed."""
    batch = pack([TokenExample(prompt + ids[0], len(prompt)) for prompt in prompts])
    odds = network.log_odds(batch, tuned=False).cpu()[:, [one[0] for one in ids]]
    return [int(found) for found in odds.argmax(1)], batch.tokens


@torch.no_grad()
def _by_all_words(
    network: Network, prompts: Sequence[tuple[int, ...]], ids: Sequence[tuple[int, ...]]
) -> tuple[list[int], int]:
    """One text with every label as its answer, the text computed once; and the tokens."""
    (prompt,) = prompts
    batch = pack([TokenExample(prompt + one, len(prompt)) for one in ids])
    odds = torch.log_softmax(network.log_odds(batch, tuned=False).cpu(), 1)
    each = odds[torch.arange(len(batch.targets)), batch.targets]
    total = torch.zeros(len(ids)).index_add_(0, batch.owners, each)
    lengths = torch.bincount(batch.owners, minlength=len(ids))
    return [int((total / lengths).argmax())], batch.tokens
