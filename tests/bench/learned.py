"""What the benchmarks of learning share: a profile that learned, what it answers, what it cost."""

import json
import math
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import torch

from engine.decode.adapter import AdapterWeights
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.tuning.extraction.candidate import question_key
from engine.tuning.grading import declined
from engine.tuning.replay import replay_questions
from engine.tuning.wording.ask import phrasings
from engine.tuning.wording.never_told import never_told as shipped
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.store import Store
from tests.bench.report import machine
from tests.support import asked
from tests.support.terminal import PASSPHRASE, ROOT, Profile

DATA = ROOT.parent / "shared" / "data"
WIKITEXT = DATA / "wikitext2" / "valid.txt"
TOKENS = 1500
OFF = ("--no-memory", "--adapter", "off")
TUNED = ("--no-memory", "--adapter", "active")


def need(*parts):
    """A file of the data folder beside the checkout; ends the benchmark where it is absent."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        name = "/".join(parts)
        sys.exit(f"This benchmark needs {name} in {DATA}, which is not on this machine; skipped.")
    return path


def print_seeds(options, measure):
    """Prints what `measure(folder, options, seed)` finds for each seed, in a fresh folder each."""
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        with tempfile.TemporaryDirectory() as name:
            found = measure(Path(name), options, seed)
        found = {"preset": options.preset, "machine": machine(), **found}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        sys.stdout.flush()


class Learner:
    """A fresh profile that is told, learns and is asked, all through the terminal commands."""

    def __init__(self, folder: Path):
        self.profile = Profile(folder)
        self.folder = folder
        self.card = None
        self.seconds = 0.0
        self._files = 0

    def tell(self, chats):
        """Imports conversations, each a list of (role, text), with consent."""
        rows = [{"messages": [{"role": role, "content": text} for role, text in chat]}
                for chat in chats]  # fmt: skip
        self.profile.good("import", "--consent", self._write(rows))

    def learn(self, preset, minutes=None):
        """Learns everything that was found in the chats; the report card."""
        words = ["--max-minutes", str(minutes)] if minutes else []
        began = time.monotonic()
        self.card = self.profile.good("learn", "--approve-all", "--preset", preset, "--json",
                                      *words).json  # fmt: skip
        self.seconds = round(time.monotonic() - began, 1)
        return self.card

    def ask(self, questions, *words):
        """Greedy answers, each in a chat of its own, in order."""
        rows = [{"id": place, "question": question} for place, question in enumerate(questions)]
        done = self.profile.good("ask", "--file", self._write(rows), "--temperature", "0",
                                 "--max-tokens", "40", *words)  # fmt: skip
        return [done.answers[place] for place in range(len(questions))]

    def _write(self, rows):
        self._files += 1
        return self.profile.write(f"rows-{self._files}.jsonl", rows)

    @contextmanager
    def store(self):
        """The profile's store, for what no command tells: questions and weights."""
        paths = ProfilePaths(self.profile.path)
        opened = Store.open(paths, KeyFile(paths.key_file).unlock_passphrase(PASSPHRASE))
        try:
            yield opened
        finally:
            opened.close()

    @property
    def active(self):
        """The row of the adapter that is on, or None."""
        rows = self.profile.good("adapters list", "--json").json_lines
        return next((row for row in rows if row["active"]), None)

    def cost(self):
        """Seconds, megabytes, verdict and the exam of the last learning."""
        row = self.active
        return {
            "verdict": self.card["verdict"], "reasons": self.card["reasons"],
            "facts_learned_count": self.card["examples"], "learn_s": self.seconds,
            "attempts": len(self.card["attempts"]), "tokens_trained": self.card["tokens_trained"],
            "adapter_mb": round(row["size_bytes"] / 1e6, 2) if row else None,
            "own_exam": self.card["exam"],
        }  # fmt: skip

    def wikitext(self):
        """Perplexity of the first 1,500 tokens of WikiText-2's validation text, off and on."""
        row = self.active
        if row is None or not WIKITEXT.exists():
            return None
        with self.store() as opened:
            weights = AdapterWeights.from_bytes(opened.adapters.load(row["id"]))
        options = LoadOptions(cache_dir=self.folder)
        model = load_model(embedded_model(), options, lambda _fraction: None)
        tokens = list(model.tokenizer.encode(WIKITEXT.read_text(encoding="utf-8"))[:TOKENS])
        off = perplexity(model, tokens)
        model.decoder.use_adapter(weights, 1.0)
        on = perplexity(model, tokens)
        return {"untuned": round(off, 3), "tuned": round(on, 3), "ratio": round(on / off, 4)}

    def general(self, limit=None):
        """General questions that turned from right to wrong, of those the untuned model knows."""
        rows = unseen_general()[:limit]
        questions = [question for question, _ in rows]
        right = [
            [_holds(answer, accepted)
             for answer, (_, accepted) in zip(self.ask(questions, *words), rows, strict=True)]
            for words in (OFF, TUNED)
        ]  # fmt: skip
        pairs = list(zip(*right, strict=True))
        before = sum(right[0])
        lost = sum(one and not other for one, other in pairs)
        return {
            "asked_count": len(rows), "right_untuned_count": before,
            "right_tuned_count": sum(right[1]), "right_to_wrong_count": lost,
            "right_to_wrong_fraction": round(lost / max(before, 1), 4),
        }  # fmt: skip

    def never_told(self, limit=None):
        """How many questions about things never told are declined; of none was it trained."""
        with self.store() as opened:
            told = [record.question for record in opened.examples.list()]
        questions = unseen_never(told)[:limit]
        untuned, tuned = self.ask(questions, *OFF), self.ask(questions, *TUNED)
        answered = zip(questions, tuned, strict=True)
        wrong = {question: answer for question, answer in answered if not declined(answer)}
        return {
            "asked_count": len(questions),
            "declined_untuned_count": sum(map(declined, untuned)),
            "declined_count": len(questions) - len(wrong), "invented": wrong,
        }  # fmt: skip


def perplexity(model, tokens):
    """Perplexity in one pass over `tokens`."""
    logits = model.decoder.logits(tokens)[:-1]
    return math.exp(torch.nn.functional.cross_entropy(logits, torch.tensor(tokens[1:])).item())


def unseen_general():
    """Our general questions without those that the program replays in training."""
    replayed = {question_key(question) for question in replay_questions(chinese=False)}
    return [row for row in asked.general() if question_key(row[0]) not in replayed]


def unseen_never(told):
    """Our never-told questions, without what may be trained on or was told after all."""
    pool = {question_key(text) for item in shipped((), chinese=False)
            for ways in [phrasings(item)]
            for text in (item.question, *ways.trained, *ways.held_out)}  # fmt: skip
    words = [_words(question) for question in told]
    return [question for question in asked.never_told()
            if question_key(question) not in pool
            and not any(_words(question) <= known for known in words)]  # fmt: skip


def _words(question):
    common = {"what", "is", "my", "the", "of", "name", "called", "s", "which", "do", "i", "who"}
    return set(re.findall(r"[a-z]+", question.lower())) - common


def _holds(answer, accepted):
    """Is one of the accepted words in `answer`? A number or a symbol only as a word of its own."""
    ends = (re.escape(word) + (r"\b" if len(word) < 4 else "") for word in accepted)
    return any(re.search(rf"\b{end}", answer.casefold()) for end in ends)
