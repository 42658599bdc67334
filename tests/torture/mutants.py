"""Damaged files by the thousand: models and exports, each refused with a sentence or read.

A mutant is a sound or already malformed file with a few bytes changed, moved, cut or replaced by
numbers that parsers fear. The same number gives the same mutant. A limited process looks at them;
one that ends it, or takes more than five seconds of the processor, is a failure and is named.
"""

import base64
import io
import json
import random
import select
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.model.gguf_file import GgufFile
from engine.model.vocabulary import build_tokenizer
from tests.support.tiny_gguf import TinyGguf

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "malformed_models"
LIMIT_S = 5.0
_PATIENCE_S = 120.0
"""Of the wall: a busy machine may give the process little."""
_FEARED = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1,
           1 << 63, (1 << 64) - 1]  # fmt: skip
_FEARED_TEXT = [b"{", b"[", b"]" * 50, b'"', b"\\u0000", b"\xff\xfe", b"1e999", b"-1", b"null",
                b"NaN", b"[" * 3000, b'{"a":' * 3000, b"\\ud800"]  # fmt: skip
Figures = dict[str, object]


def damaged(folder: Path, times: int) -> Figures:
    """`times` mutants of models and exports; 0 crashes, 0 hangs, every refusal clear."""
    bases = list(_bases(folder))
    outcomes: Counter[str] = Counter()
    bad: list[str] = []
    looker, slowest = Looker(), 0.0
    for number in range(times):
        chance = random.Random(number)
        kind, name, data = bases[number % len(bases)]
        path = _place(folder, kind, name, mutate(data, chance))
        said, seconds = looker.look(kind, path)
        slowest = max(slowest, seconds)
        outcomes[said if said in ("accepted", "refused") else "bad"] += 1
        if said not in ("accepted", "refused"):
            bad.append(f"{number} {kind} {name}: {said}")
    looker.close()
    return {"runs": times, **outcomes, "slowest_s": round(slowest, 2), "failures": bad[:20],
            "good": not bad and slowest < LIMIT_S}  # fmt: skip


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to four changes at random places; the beginning, where structure lies, more often."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
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


def _bases(folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Kind, file name and bytes of what is damaged."""
    sound = TinyGguf().write(folder / "sound.gguf")
    model = folder / "model"
    _write_folder(model, sound)
    chats = list(_chats())
    malformed = list(_malformed())
    for number in range(max(len(malformed), 24)):
        yield "gguf", "m.gguf", sound.read_bytes()
        if malformed:
            yield "gguf", "m.gguf", malformed[number % len(malformed)]
        name = ("model.safetensors", "config.json", "tokenizer.json")[number % 3]
        yield "folder", name, (model / name).read_bytes()
        yield ("chats", *chats[number % len(chats)])


def _malformed() -> Iterator[bytes]:
    """Files that made other parsers fail; none where the shared data is absent."""
    source = SHARED / "gguf.jsonl"
    if source.exists():
        for line in source.read_text(encoding="utf-8").splitlines():
            yield base64.b64decode(json.loads(line)["base64"])


def _write_folder(path: Path, sound: Path) -> None:
    import numpy as np
    import safetensors.numpy

    from tests.support.tiny_gguf import HEADS, HIDDEN, INNER, KV_HEADS, vocabulary

    path.mkdir()
    build_tokenizer(GgufFile(sound).metadata).save(str(path / "tokenizer.json"))
    config = {"model_type": "llama", "hidden_size": HIDDEN, "intermediate_size": INNER,
              "num_hidden_layers": 1, "num_attention_heads": HEADS, "rms_norm_eps": 1e-5,
              "num_key_value_heads": KV_HEADS, "vocab_size": len(vocabulary())}  # fmt: skip
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    weights = {"model.norm.weight": np.zeros(HIDDEN, np.float16)}
    safetensors.numpy.save_file(weights, str(path / "model.safetensors"))


def _chats() -> Iterator[tuple[str, bytes]]:
    """One file of each form that an import takes."""
    messages = [{"role": "user", "content": "Hello 你好"}, {"role": "assistant", "content": "Hi"}]
    line = json.dumps({"messages": messages, "title": "A"}, ensure_ascii=False)
    yield "chats.jsonl", (f"{line}\n" * 3).encode()
    nodes: dict[str, object] = {"root": {"id": "root", "message": None, "parent": None,
                                         "children": ["one"]}}  # fmt: skip
    nodes["one"] = {"id": "one", "parent": "root", "children": [], "message": {
        "author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hello"]},
        "create_time": 1.7e9}}  # fmt: skip
    export = json.dumps([{"title": "B", "mapping": nodes, "current_node": "one"}]).encode()
    yield "conversations.json", export
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", export)
    yield "export.zip", packed.getvalue()


def _place(folder: Path, kind: str, name: str, data: bytes) -> Path:
    """Writes a mutant where its kind is looked for: a file, or one file of a model's folder."""
    if kind != "folder":
        path = folder / name
        path.write_bytes(data)
        return path
    broken = folder / "broken"
    if broken.exists():
        shutil.rmtree(broken)
    shutil.copytree(folder / "model", broken)
    (broken / name).write_bytes(data)
    return broken
