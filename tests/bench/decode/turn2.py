"""Turn2: the first token of a second turn, in a conversation of 1,500 tokens, against the first."""

import argparse
import time

from engine.chat.turns import ChatTurn
from engine.model.loaded import LoadedModel
from storage.records import Role
from tests.bench.decode import sides
from tests.bench.report import Goal, Report, Sample, alternate, median, ratio

FIRST = 1500


def measure(options: argparse.Namespace) -> Report:
    """Both turns of one conversation, from an empty cache each round; see `Report`."""
    with sides.loaded(options, FIRST + 512) as model:
        talk = _talk(model)
        found = alternate({"conversation": lambda: _round(model, talk)}, options.rounds)
    samples = found["conversation"]
    second = [{"s": sample["second_s"]} for sample in samples]
    first = [{"s": sample["first_s"]} for sample in samples]
    figures: dict[str, float | int | str] = {
        "first_turn_tokens": len(model.prompt_ids(talk[:1])),
        "second_turn_tokens": len(model.prompt_ids(talk)),
        "first_turn_s": median(first, "s"),
        "second_turn_s": median(second, "s"),
        "second_to_first_ratio": ratio(first, second, "s"),
    }
    return Report("turn2", options.rounds, figures, {"second_to_first_ratio": Goal("<=", 0.15)})


def _talk(model: LoadedModel) -> list[ChatTurn]:
    """A long question, an answer, and a short question after it."""
    text = model.tokenizer.decode(sides.prompt_of(model, FIRST))
    answer = "People come to the town for its market, which is held every Friday by the river."
    return [
        ChatTurn(Role.USER, text), ChatTurn(Role.ASSISTANT, answer),
        ChatTurn(Role.USER, "On which day is the market, and where is it held?"),
    ]  # fmt: skip


def _round(model: LoadedModel, talk: list[ChatTurn]) -> Sample:
    decoder = sides.lean(model)
    decoder._forget()
    spans = []
    for turns in (talk[:1], talk):
        started = time.perf_counter()
        assert decoder._prefill(model.prompt_ids(turns), lambda: False) is not None
        spans.append(time.perf_counter() - started)
    return {"first_s": spans[0], "second_s": spans[1]}
