"""Damaged files by the thousand, of every kind that comes in, each refused with a sentence or read.

A mutant is a sound or already malformed file with a few bytes changed, moved, cut or replaced by
numbers that parsers fear. The same number gives the same mutant. A limited process looks at them;
one that ends it, or takes more than five seconds of the processor, is a failure and is named.
"""

import json
import random
import select
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.torture.untrusted import bases, place

ROOT = Path(__file__).parents[2]
LIMIT_S = 5.0
_PATIENCE_S = 120.0
"""Of the wall: a busy machine may give the process little."""
_FEARED = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1,
           1 << 63, (1 << 64) - 1]  # fmt: skip
_FEARED_TEXT = [b"{", b"[", b"]" * 50, b'"', b"\\u0000", b"\xff\xfe", b"1e999", b"-1", b"null",
                b"NaN", b"[" * 3000, b'{"a":' * 3000, b"\\ud800"]  # fmt: skip
Figures = dict[str, object]


def damaged(folder: Path, times: int, first: int = 0) -> Figures:
    """`times` mutants of all that comes in from the number `first` on; every refusal is clear."""
    known = bases(folder)
    outcomes: Counter[str] = Counter()
    bad: list[str] = []
    looker, slowest = Looker(), 0.0
    for number in range(first, first + times):
        chance = random.Random(number)
        base = known[number % len(known)]
        path = place(folder, base, mutate(base.data, chance))
        said, seconds = looker.look(base.kind, path)
        slowest = max(slowest, seconds)
        if seconds >= LIMIT_S:
            said = f"{said} after {seconds:.1f} s"
        good = said in ("accepted", "refused")
        outcomes[f"{base.kind}_{said}" if good else "bad"] += 1
        if not good:
            bad.append(f"{number} {base.kind} {base.name}: {said}")
    looker.close()
    return {"runs": times, "first": first, **dict(sorted(outcomes.items())),
            "slowest_s": round(slowest, 3), "failures": bad[:20],
            "good": not bad}  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four changes at random places; the beginning, where structure lies, more often.

    Few changes are likelier than many, for they get further.
    """
    changed = bytearray(data)
    for _ in range(min(chance.randint(1, 4), chance.randint(1, 4))):
        reach = len(changed) if chance.random() < 0.4 else min(len(changed), 600)
        at = chance.randrange(reach + 1)
        match chance.randrange(7):
            case 0 if changed:
                changed[min(at, len(changed) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                width = chance.choice((1, 2, 4, 8))
                number = chance.choice(_FEARED) & ((1 << 8 * width) - 1)
                changed[at : at + width] = number.to_bytes(width, "little")
            case 2:
                del changed[at:]
            case 3:
                del changed[at : at + chance.randint(1, 40)]
            case 4:
                changed[at:at] = chance.randbytes(chance.randint(1, 40))
            case 5:
                changed[at:at] = changed[at : at + chance.randint(1, 200)]
            case _:
                changed[at : at + chance.randint(0, 6)] = chance.choice(_FEARED_TEXT)
    return bytes(changed)


class Looker:
    """The limited process; started anew when a mutant ended it."""

    def __init__(self) -> None:
        self._process = self._start()

    def look(self, kind: str, path: Path) -> tuple[str, float]:
        """What the process says about a file, and the processor time (s) that it took."""
        asked = json.dumps({"kind": kind, "path": str(path)}) + "\n"
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(asked)
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], _PATIENCE_S)
        line = self._process.stdout.readline() if ready else ""
        if line:
            answer = json.loads(line)
            return answer["said"], answer["seconds"]
        self.close()
        code = self._process.returncode
        self._process = self._start()
        return (f"the process ended with {code}", 0.0) if ready else ("no answer", _PATIENCE_S)

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.communicate()

    @staticmethod
    def _start() -> "subprocess.Popen[str]":
        words = [sys.executable, "-m", "tests.torture.check_mutants"]
        return subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True)  # fmt: skip
