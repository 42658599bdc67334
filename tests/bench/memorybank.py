"""MemoryBank: what is known of ten days of chats, by every way to know it, side by side.

    python -m tests.bench.memorybank [--users N] [--lang en] [--seeds 1] [--preset balanced]
        [--raw-epochs 15] [--max-minutes M] [--limit N]

Each user is a profile; each day a chat, imported with consent. Gold questions of the kinds fact and
list, each asked in a chat of its own, greedily; right when the answer holds a string of every group
of the gold row. The columns:

    untuned           no adapter, nothing remembered
    raw_chat_lora     an adapter trained on the chats as they are: the usual mistake
    retrieval         no adapter; memories of approved facts, and past turns that fit
    tuned             the program's adapter, nothing remembered (closed-book)
    tuned_retrieval   both

A learning that its own gate refused leaves `tuned` without an adapter; `learned` says so. Prints
JSON. `--limit` takes the first N questions of each user.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import torch

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.tuning.exchange import Exchange, encode
from engine.tuning.network.batch import length_groups, pack
from engine.tuning.network.network import build_network
from storage.records import Role
from tests.bench.learned import OFF, TUNED, Learner, need
from tests.bench.report import machine

COLUMNS = ("untuned", "raw_chat_lora", "retrieval", "tuned", "tuned_retrieval")
KINDS = ("fact", "list")
RANK, RATE, BATCH = 16, 1e-3, 4
LONGEST = 700
"""Tokens of a training example; older turns of a chat are left out beyond."""


def users(lang):
    """(row, questions) of each user."""
    rows = _read(f"{lang}.jsonl")
    gold = [row for row in _read("gold.jsonl") if row["lang"] == lang and row["type"] in KINDS]
    return [(row, [one for one in gold if one["user_index"] == row["user_index"]]) for row in rows]


def _read(name):
    text = need("memorybank", name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def chats(row):
    """A chat a day, as (role, text)."""
    return [[part for turn in day["turns"]
             for part in (("user", turn["user"]), ("assistant", turn["assistant"]))]
            for day in row["days"]]  # fmt: skip


def is_right(answer, gold):
    """Does the answer hold one string of every group?"""
    text = answer.casefold()
    return all(any(one.casefold() in text for one in group) for group in gold["must_include"])


def raw_examples(model, row, instruction):
    """Every assistant turn after what came before it, the usual way to tune on chats."""
    found = []
    for chat in chats(row):
        for place in range(1, len(chat), 2):
            turns = [ChatTurn(Role(role), text) for role, text in chat[:place]]
            while turns:
                built = tuple(build_turns(instruction, (), turns))
                example = encode(model, Exchange(built, chat[place][1]))
                if len(example.ids) <= LONGEST:
                    found.append(example)
                    break
                turns = turns[2:]
    return found


def train_raw(model, examples, epochs, seed):
    """An adapter by plain next-token loss on the answers; returns it with seconds and last loss."""
    began = time.monotonic()
    torch.manual_seed(seed)
    network = build_network(model, rank=RANK, alpha=2.0 * RANK, seed=seed)
    parameters = network.parameters()
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0)
    steps = max(1, epochs * -(-len(examples) // BATCH))
    loss, done = float("nan"), 0
    while done < steps:
        order = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), BATCH):
            chosen = [examples[place] for place in order[start : start + BATCH]]
            groups = [pack([chosen[place] for place in group]) for group in length_groups(chosen)]
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(0.0, 1 - done / steps)
            targets = torch.cat([batch.targets for batch in groups])
            odds = network.log_odds(*groups, tuned=True)
            value = torch.nn.functional.cross_entropy(odds, targets)
            value.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            loss, done = float(value.detach()), done + 1
    return network.adapter(), {"steps": done, "last_loss": round(loss, 3),
                               "seconds": round(time.monotonic() - began, 1)}  # fmt: skip


def add_raw(learner, row, options, seed):
    """Trains the raw-chat adapter and puts it into the profile, off; its id and what it took."""
    model = load_model(embedded_model(), LoadOptions(cache_dir=learner.folder), lambda _: None)
    with learner.store() as opened:
        instruction = str(opened.settings.all()["instruction"])
        examples = raw_examples(model, row, instruction)
        adapter, took = train_raw(model, examples, options.raw_epochs, seed)
        kept = opened.adapters.add(data=adapter.to_bytes(), model_id=model.record.id, seed=seed)
    return kept.id, {"examples_count": len(examples), **took}


def one_user(folder, row, gold, options, seed):
    """Right answers of one user by column, and what learning took."""
    learner = Learner(folder)
    learner.tell(chats(row))
    learner.learn(options.preset, options.max_minutes)
    raw, raw_took = add_raw(learner, row, options, seed)
    ways = {
        "untuned": OFF, "raw_chat_lora": ("--no-memory", "--adapter", raw),
        "retrieval": ("--past-chats", "--adapter", "off"),
        "tuned": TUNED, "tuned_retrieval": ("--past-chats", "--adapter", "active"),
    }  # fmt: skip
    questions = [one["question"] for one in gold]
    answers = {name: learner.ask(questions, *words) for name, words in ways.items()}
    right = {name: [one["q_index"] for one, answer in zip(gold, told, strict=True)
                    if is_right(answer, one)] for name, told in answers.items()}  # fmt: skip
    return {
        "user": row["user"], "questions_count": len(gold), "raw": raw_took, "right": right,
        "learned": {key: value for key, value in learner.cost().items() if key != "own_exam"},
    }  # fmt: skip


def measure(options, seed):
    """All users of one seed."""
    done, columns = [], Counter(dict.fromkeys(COLUMNS, 0))
    for row, gold in users(options.lang)[: options.users]:
        with tempfile.TemporaryDirectory() as name:
            found = one_user(Path(name), row, gold[: options.limit], options, seed)
        columns.update({name: len(right) for name, right in found["right"].items()})
        done.append(found)
        sys.stderr.write(f"{found['user']}: {_counts(found['right'])}\n")
    asked = sum(one["questions_count"] for one in done)
    return {"seed": seed, "questions_count": asked, "users_count": len(done),
            "right_count": {name: columns[name] for name in COLUMNS},
            "right_fraction": {name: round(columns[name] / max(asked, 1), 4) for name in COLUMNS},
            "users": done}  # fmt: skip


def _counts(right):
    return ", ".join(f"{name} {len(found)}" for name, found in right.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, help="only the first N")
    parser.add_argument("--lang", default="en", choices=("en", "zh"))
    parser.add_argument("--seeds", type=int, default=1, help="runs with seeds 0, 1, ...")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--preset", default="balanced", choices=("quick", "balanced", "thorough"))
    parser.add_argument("--raw-epochs", type=int, default=15)
    parser.add_argument("--max-minutes", type=float, help="for the learning of each user")
    parser.add_argument("--limit", type=int, help="only the first N questions of each user")
    options = parser.parse_args()
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        found = {"lang": options.lang, "preset": options.preset, "machine": machine(),
                 **measure(options, seed)}  # fmt: skip
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
