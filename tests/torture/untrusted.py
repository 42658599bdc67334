"""What the run of damaged files starts from: sound files of every kind that comes in, and bad ones.

A kind is a name that `tests.torture.check_mutants` knows. The sound ones are whole, so that most of
a reader's work is reached; the malformed ones made other programs fail.
"""

import base64
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.model.expected import expected_shapes
from engine.model.folder_config import hf_config
from engine.model.gguf_file import GgufFile
from engine.model.vocabulary import build_tokenizer
from tests.support.tiny_gguf import HEADS, HIDDEN, INNER, KV_HEADS, LAYERS, TinyGguf, vocabulary

SHARED = Path(__file__).parents[3] / "shared" / "data" / "malformed_models"
_MODEL, _ADAPTER = "model", "adapter"


class Base(NamedTuple):
    """One file to damage: its kind, its name, its bytes."""

    kind: str
    name: str
    data: bytes


def bases(folder: Path) -> list[Base]:
    """Every file to start from, of each name a sound one first.

    Sound folders stay in `folder`, beside what `place` writes.
    """
    sound = TinyGguf().write(folder / "sound.gguf")
    _write_model(folder / _MODEL, sound)
    _write_adapter(folder / _ADAPTER)
    found = [Base("gguf", "m.gguf", sound.read_bytes())] * 40
    found += [Base("gguf", "m.gguf", data) for data in _malformed("gguf")]
    for kind in (_MODEL, _ADAPTER):
        found += [Base(kind, path.name, path.read_bytes())
                  for path in sorted((folder / kind).iterdir())] * 10  # fmt: skip
    found += [*_chats(), *_rows(), *_markdown()] * 20
    found += [Base(_MODEL, "model.safetensors", data) for data in _malformed("safetensors")]
    return found


def place(folder: Path, base: Base, data: bytes) -> Path:
    """Writes `data` where its kind is looked for: a file, or one file of a folder."""
    if base.kind not in (_MODEL, _ADAPTER):
        path = folder / base.name
        path.write_bytes(data)
        return path
    broken = folder / "broken"
    if broken.exists():
        shutil.rmtree(broken)
    shutil.copytree(folder / base.kind, broken)
    (broken / base.name).write_bytes(data)
    return broken


def _malformed(kind: str) -> Iterator[bytes]:
    """Files that made other parsers fail; none where the shared data is absent."""
    source = SHARED / f"{kind}.jsonl"
    if source.exists():
        for line in source.read_text(encoding="utf-8").splitlines():
            yield base64.b64decode(json.loads(line)["base64"])


def _write_model(path: Path, sound: Path) -> None:
    """A whole tiny model in the layout of Hugging Face."""
    import numpy as np
    import safetensors.numpy

    path.mkdir()
    build_tokenizer(GgufFile(sound).metadata).save(str(path / "tokenizer.json"))
    config = {"model_type": "llama", "hidden_size": HIDDEN, "intermediate_size": INNER,
              "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "rms_norm_eps": 1e-5,
              "num_key_value_heads": KV_HEADS, "vocab_size": len(vocabulary()),
              "tie_word_embeddings": True}  # fmt: skip
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    weights = {name: np.ones(shape, np.float16)
               for name, shape in expected_shapes(hf_config(config)).items()}  # fmt: skip
    safetensors.numpy.save_file(weights, str(path / "model.safetensors"))


def _write_adapter(path: Path) -> None:
    """A plain LoRA of two modules of the tiny model, in the layout of PEFT."""
    import numpy as np
    import safetensors.numpy

    path.mkdir()
    name = "base_model.model.model.layers.0.self_attn.{}_proj.lora_{}.weight"
    weights = {}
    for letter in "qo":
        weights[name.format(letter, "A")] = np.ones((4, HIDDEN), np.float32)
        weights[name.format(letter, "B")] = np.ones((HIDDEN, 4), np.float32)
    safetensors.numpy.save_file(weights, str(path / "adapter_model.safetensors"))
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 4, "lora_alpha": 8,
              "bias": "none", "lora_dropout": 0.0, "target_modules": ["q_proj", "o_proj"]}
    (path / "adapter_config.json").write_text(json.dumps(config), encoding="utf-8")


def _chats() -> Iterator[Base]:
    """One file of each form that an import takes."""
    messages = [{"role": "user", "content": "Hello 你好"}, {"role": "assistant", "content": "Hi"}]
    line = json.dumps({"messages": messages, "title": "A"}, ensure_ascii=False)
    yield Base("chats", "chats.jsonl", (f"{line}\n" * 3).encode())
    nodes: dict[str, object] = {"root": {"id": "root", "message": None, "parent": None,
                                         "children": ["one"]}}  # fmt: skip
    nodes["one"] = {"id": "one", "parent": "root", "children": [], "message": {
        "author": {"role": "user"}, "content": {"content_type": "text", "parts": ["Hello"]},
        "create_time": 1.7e9}}  # fmt: skip
    export = json.dumps([{"title": "B", "mapping": nodes, "current_node": "one"}]).encode()
    yield Base("chats", "conversations.json", export)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", export)
    yield Base("chats", "export.zip", packed.getvalue())


def _rows() -> Iterator[Base]:
    """Labelled rows, from which a skill is taught."""
    line = json.dumps({"text": "Where is my parcel?", "label": "delivery", "id": 7}) + "\n"
    yield Base("rows", "rows.jsonl", line.encode() * 4)
    yield Base("rows", "rows.csv", b'text,label\n"Where, please?",delivery\nThanks,praise\n')


def _markdown() -> Iterator[Base]:
    """An answer with one of everything that Markdown has, and the traps."""
    yield Base("markdown", "answer.md", (
        "# Head\n\nA **bold** *word* and `code`, ~~gone~~, [a link](https://example.org/a?b=c),\n"
        "![a picture](file:///etc/passwd) <img src=file:///etc/passwd> &lt;b&gt; &#x6a;\n\n"
        "- one\n  - two\n    1. three\n\n> quoted\n> > twice\n\n```python\nprint('<b>')\n```\n\n"
        "| a | b |\n|:-|-:|\n| 1 | [x](javascript:alert(1)) |\n\n[ref]: file:///x 'title'\n[ref]\n"
        "<https://example.org> <javascript:x> [y](<data:text/html,z>)\n\n"
        "    indented\n\n---\n中文\n"
    ).encode())  # fmt: skip
