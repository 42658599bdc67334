"""A safetensors folder as Hugging Face lays it out: its parts, read with bounds."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.model.gguf_file import MalformedFileError
from engine.model.safetensors_file import StoredTensor, read_header

_JSON_LIMIT = 4 << 20
_INDEX = "model.safetensors.index.json"
SMALL_FILES = ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json",
               "special_tokens_map.json", "chat_template.jinja", _INDEX)  # fmt: skip
"""Files that are taken along beside the weights."""


@dataclass(frozen=True, slots=True)
class FolderTokens:
    """What the tokenizer's config says: special tokens by spelling, and the chat template."""

    bos: str | None
    eos: str | None
    template: str | None


class ModelFolder:
    """An opened folder: ``config``, and where each tensor lies.

    Raises:
        MalformedFileError: a needed file is missing, damaged or contradicts another.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.config = read_json(path / "config.json")
        self.files = weight_files(path)
        self.tensors: dict[str, StoredTensor] = {}
        self.places: dict[str, Path] = {}
        for file in self.files:
            for name, tensor in read_header(file).items():
                if name in self.tensors:
                    raise MalformedFileError("a tensor appears twice")
                self.tensors[name] = tensor
                self.places[name] = file
        if not isinstance(self.config.get("model_type"), str):
            raise MalformedFileError("its config.json names no kind of model")
        if not (path / "tokenizer.json").is_file():
            raise MalformedFileError("it has no tokenizer.json")

    def tokens(self) -> FolderTokens:
        """Special tokens and chat template."""
        path = self.path / "tokenizer_config.json"
        config = read_json(path) if path.is_file() else {}
        own = self.path / "chat_template.jinja"
        template = config.get("chat_template")
        if own.is_file() and own.stat().st_size <= _JSON_LIMIT:
            template = own.read_text(encoding="utf-8", errors="replace")
        if isinstance(template, list):
            named = [t for t in template if isinstance(t, dict) and t.get("name") == "default"]
            template = named[0].get("template") if named else None
        return FolderTokens(
            _spelling(config.get("bos_token")),
            _spelling(config.get("eos_token")),
            template if isinstance(template, str) else None,
        )


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file of bounded size."""
    try:
        if path.stat().st_size > _JSON_LIMIT:
            raise MalformedFileError(f"its {path.name} is far too long")
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise MalformedFileError(f"its {path.name} is missing or damaged") from None
    if not isinstance(found, dict):
        raise MalformedFileError(f"its {path.name} is damaged")
    return found


def weight_files(path: Path) -> tuple[Path, ...]:
    """The safetensors files of a folder; those that its index names where it has one."""
    index = path / _INDEX
    if index.is_file():
        mapping = read_json(index).get("weight_map")
        names = set(mapping.values()) if isinstance(mapping, dict) else set()
        if not names or not all(isinstance(n, str) and Path(n).name == n for n in names):
            raise MalformedFileError("its list of weight files is damaged")
        files = tuple(path / str(name) for name in sorted(names))
    else:
        files = tuple(sorted(path.glob("*.safetensors")))
    if not files or not all(file.is_file() for file in files):
        raise MalformedFileError("its weight files are missing")
    return files


def _spelling(token: object) -> str | None:
    content = token.get("content") if isinstance(token, dict) else token
    return content if isinstance(content, str) else None
