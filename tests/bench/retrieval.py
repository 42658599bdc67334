"""How many of the turns that answer a question are among the first ten found.

    python -m tests.bench.retrieval [--conversations conv-26 conv-43] [--zh-only]

LoCoMo: the evidence turns of categories 1 to 4, turns with speaker and caption, each session a
chat of its own, one store a pair of people. MemoryBank in Chinese: that nobody loses against words
alone. Prints JSON: recall@10 of BM25, of the embedding, of both by reciprocal rank, and as the app
joins them, with milliseconds a question. Parameters were chosen by conv-26 and conv-43; the other
three, which were seen beside them, are also reported apart.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from engine.memory.finder import Finder
from engine.memory.question import Question, read_question
from storage.messages import NewMessage
from storage.records import Role
from storage.store import Store

DATA = Path(__file__).parents[3] / "shared" / "data"
CHOSEN_ON = frozenset({"conv-26", "conv-43"})
FIRST = 10
_DEEP = 400


@dataclass
class Talk:
    """One store of past turns: position by turn name, and questions with their evidence."""

    name: str
    store: Store
    places: dict[str, int]
    speakers: dict[Role, frozenset[str]]
    questions: list[tuple[str, set[int]]] = field(default_factory=list)


def fill(store: Store, chats: Sequence[Sequence[tuple[str, Role, str]]]) -> dict[str, int]:
    """Stores chats of (name, role, text); position of each turn by its name."""
    places = {}
    for chat in chats:
        owner = store.conversations.create("chat")
        store.messages.add_many(owner.id, [NewMessage(role=r, text=t) for _, r, t in chat])
        stored = store.messages.all_of(owner.id)
        places |= {name: one.position for (name, _, _), one in zip(chat, stored, strict=True)}
    return places


def locomo(only: Sequence[str]) -> list[Talk]:
    """Every conversation as a talk; questions without valid evidence are left out."""
    rows = read("locomo/conversations.jsonl")
    talks = [_talk(row) for row in rows if not only or row["sample_id"] in only]
    for row in read("locomo/qa.jsonl"):
        for talk in talks:
            if talk.name == row["sample_id"] and row["category"] in (1, 2, 3, 4):
                named = re.findall(r"D\d+:\d+", " ".join(row["evidence"]))
                evidence = {talk.places[name] for name in named if name in talk.places}
                if evidence:
                    talk.questions.append((row["question"], evidence))
    return talks


def _talk(row: dict) -> Talk:
    talk = row["conversation"]
    sides = {talk["speaker_a"]: Role.USER, talk["speaker_b"]: Role.ASSISTANT}
    numbers = sorted(int(key.split("_")[1]) for key in talk if re.fullmatch(r"session_\d+", key))
    chats = [
        [(turn["dia_id"], sides[turn["speaker"]], _words(turn)) for turn in talk[f"session_{n}"]]
        for n in numbers if talk[f"session_{n}"]
    ]  # fmt: skip
    store = Store.temporary()
    speakers = {role: frozenset({name.lower()}) for name, role in sides.items()}
    return Talk(row["sample_id"], store, fill(store, chats), speakers)


def _words(turn: dict) -> str:
    caption = turn.get("blip_caption")
    return f"{turn['speaker']}: {turn['text']}" + (f" [{caption}]" if caption else "")


def memorybank_zh() -> list[Talk]:
    """Each Chinese user as a talk; every turn is a question and its answer, evidence is both."""
    talks = {}
    for row in read("memorybank/zh.jsonl"):
        store = Store.temporary()
        chats = [
            [part for place, turn in enumerate(day["turns"]) for part in (
                (f"{day['date']}/{place}/u", Role.USER, turn["user"]),
                (f"{day['date']}/{place}/a", Role.ASSISTANT, turn["assistant"]))]
            for day in row["days"]
        ]  # fmt: skip
        talks[row["user_index"]] = Talk(row["user"], store, fill(store, chats), {})
    for row in read("memorybank/gold.jsonl"):
        if row["lang"] == "zh" and row["evidence"]:
            talk = talks[row["user_index"]]
            names = [f"{e['date']}/{e['turn']}/{side}" for e in row["evidence"] for side in "ua"]
            found = {talk.places[name] for name in names if name in talk.places}
            if found:
                talk.questions.append((row["question"], found))
    return list(talks.values())


def read(name: str) -> list[dict]:
    """Rows of a JSONL file of the data folder."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def measure(talks: Sequence[Talk], finder_of: Callable[[], Finder] = Finder) -> dict[str, object]:
    """Recall of every way to search, by talk and in all."""
    hits: dict[str, list[float]] = {}
    seconds: dict[str, float] = {}
    held_out: list[float] = []
    vectors_s = 0.0
    for talk in talks:
        finder = finder_of()
        started = time.monotonic()
        while not finder.catch_up(talk.store, 3600):
            pass
        vectors_s += time.monotonic() - started
        for text, evidence in talk.questions:
            question = read_question(text, talk.speakers) if talk.speakers else read_question(text)
            for way, search in WAYS.items():
                begun = time.perf_counter()
                first = search(finder, talk.store, question)[:FIRST]
                seconds[way] = seconds.get(way, 0.0) + time.perf_counter() - begun
                share = len(evidence & set(first)) / len(evidence)
                hits.setdefault(way, []).append(share)
                if way == "app" and talk.name not in CHOSEN_ON:
                    held_out.append(share)
    count = len(hits["app"])
    return {
        "questions_count": count,
        **{f"{way}_recall_at_10": round(sum(found) / count, 4) for way, found in hits.items()},
        "app_recall_at_10_not_chosen_on": round(
            sum(held_out) / max(len(held_out), 1), 4),
        "not_chosen_on_count": len(held_out),
        **{f"{way}_ms": round(1000 * spent / count, 2) for way, spent in seconds.items()},
        "vectors_s": round(vectors_s, 1), "turns_count": sum(len(talk.places) for talk in talks),
    }  # fmt: skip


def _bm25(_finder: Finder, store: Store, question: Question) -> list[int]:
    return list(store.turns.search(question.text, _DEEP))


def _embedding(finder: Finder, store: Store, question: Question) -> list[int]:
    finder._turns.refresh(store)
    cosines = finder._turns._vectors.float() @ finder._loaded().encode([question.text])[0]
    best = cosines.topk(min(_DEEP, len(cosines))).indices.tolist()
    return [finder._turns.positions[row] for row in best]


def _by_rank(finder: Finder, store: Store, question: Question) -> list[int]:
    rated: dict[int, float] = {}
    for found in (_bm25(finder, store, question), _embedding(finder, store, question)):
        for rank, position in enumerate(found, 1):
            rated[position] = rated.get(position, 0.0) + 1 / (60 + rank)
    return sorted(rated, key=lambda position: -rated[position])


def _app(finder: Finder, store: Store, question: Question) -> list[int]:
    return [position for position, _ in finder.ranked(store, question, FIRST)]


WAYS = {"bm25": _bm25, "embedding": _embedding, "by_rank": _by_rank, "app": _app}


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", nargs="*", default=[])
    parser.add_argument("--zh-only", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    found = {} if options.zh_only else {"locomo": measure(locomo(options.conversations))}
    if not options.conversations:
        found["memorybank_zh"] = measure(memorybank_zh())
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
