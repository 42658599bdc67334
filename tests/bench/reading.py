"""Facts read by the model, beside the rules: recall and precision on messages with known facts.

    python -m tests.bench.reading [--model FILE] [--messages 60] [--kinds en zh nothing] [--show]

The messages are the held-out fixtures of the rules (tests/engine/tuning/extraction/fixtures):
natural ones with their facts, and ones that tell nothing. The rules were developed beside them,
on other files. A model's own figures are of what it says alone; *both* is what the inbox gets.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.model.catalogue import embedded_model
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.tuning.collect import same_fact
from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.extract import extract
from engine.tuning.reading.reader import Reader
from tests.engine.tuning.extraction.test_messages import _FIXTURES, Fact, _fits, read

_NATURAL = {
    "en": ("held_out_en.txt", "natural_held_out_en.txt"),
    "zh": ("held_out_zh.txt",),
}
_NOTHING = "nothing_held_out_en.txt"
Find = Callable[[str], Sequence[Candidate]]


@dataclass
class Counts:
    """What one side found."""

    wanted: int = 0
    found: int = 0
    made: int = 0
    right: int = 0
    seconds: float = 0.0
    shown: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        recall = self.found / self.wanted if self.wanted else 0.0
        precision = self.right / self.made if self.made else 0.0
        return (f"{name:12} recall {recall:5.1%} of {self.wanted}  precision {precision:5.1%} of "
                f"{self.made}  {self.seconds:6.1f} s")  # fmt: skip

    def add(self, message: str, facts: Sequence[Fact], made: Sequence[Candidate]) -> None:
        needed = [fact for fact in facts if fact.needed]
        right = [one for one in made if any(_fits(fact, one) for fact in facts)]
        self.wanted += len(needed)
        self.found += sum(any(_fits(fact, one) for one in made) for fact in needed)
        self.made += len(made)
        self.right += len(right)
        said = [f"  {'+' if one in right else '-'} {one.question} {one.answer}" for one in made]
        self.shown.append("\n".join([message, *said]))


def messages(kind: str, most: int) -> list[tuple[str, list[Fact]]]:
    """`most` messages of a kind (``en``, ``zh`` or ``nothing``), drawn alike every time."""
    if kind == "nothing":
        lines = (_FIXTURES / _NOTHING).read_text(encoding="utf-8").splitlines()
        found: list[tuple[str, list[Fact]]] = [(line, []) for line in lines if line.strip()]
    else:
        found = [block for name in _NATURAL[kind] for block in read(name)]
    random.Random(5).shuffle(found)
    return found[:most]


def sides(reader: Reader) -> Iterator[tuple[str, Find]]:
    """The rules, the model, and what the inbox gets of both."""

    def rules(text: str) -> list[Candidate]:
        return [one for one in extract(text) if not one.retracts]

    kept: dict[str, list[Candidate]] = {}

    def model(text: str) -> list[Candidate]:
        kept[text] = reader.read(text, lambda: False)
        return kept[text]

    def both(text: str) -> list[Candidate]:
        ruled = rules(text)
        new = [one for one in kept[text] if not any(same_fact(one, rule) for rule in ruled)]
        return [*ruled, *new]

    yield from (("rules", rules), ("model", model), ("both", both))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Prints a line for each kind of message and each side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a GGUF file; without it the embedded model")
    parser.add_argument("--messages", type=int, default=60, help="of each kind, at most")
    parser.add_argument("--kinds", nargs="+", default=["en", "zh", "nothing"])
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print what the model noted")
    options = parser.parse_args()
    record = describe_gguf(options.model, "b" * 64) if options.model else embedded_model()
    with tempfile.TemporaryDirectory() as folder:
        how = LoadOptions(cache_dir=Path(folder), threads=options.threads)
        reader = Reader(load_model(record, how, lambda _done: None))
        _say(f"{record.name}, {record.parameters / 1e6:.0f} million parameters")
        for kind in options.kinds:
            chosen = messages(kind, options.messages)
            _say(f"{kind}: {len(chosen)} messages")
            for name, find in sides(reader):
                counts, started = Counts(), time.perf_counter()
                for message, facts in chosen:
                    counts.add(message, facts, find(message))
                counts.seconds = time.perf_counter() - started
                _say("  " + counts.line(name))
                if options.show and name == "model":
                    _say("\n".join(counts.shown))


if __name__ == "__main__":
    main()
