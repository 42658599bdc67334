"""Keeps built tokenizers on disk, so that the next start only reads them. Public data only."""

import contextlib
import json
from pathlib import Path

from tokenizers import Tokenizer

from engine.model.gguf_file import GgufFile
from engine.model.model_folder import ModelFolder
from engine.model.tokenizer import TextTokenizer
from engine.model.vocabulary import build_tokenizer

_LAYOUT = 1
"""Counts up when `build_tokenizer` changes, so that old copies are not used."""


def load_tokenizer(file: GgufFile, model_id: str, cache_dir: Path) -> TextTokenizer:
    """The tokenizer of `file`, from the copy in `cache_dir` when a sound one is there.

    Raises:
        MalformedFileError: the vocabulary is damaged.
        UnknownVocabularyError: it is of an unknown kind.
    """
    folder = cache_dir / "tokenizers" / f"{model_id}-{_LAYOUT}"
    built: Tokenizer | None = None
    with contextlib.suppress(Exception):
        built = Tokenizer.from_file(str(folder / "tokenizer.json"))
    kept = built is not None
    by_default = file.metadata.get("tokenizer.ggml.model") == "llama"
    tokenizer = TextTokenizer(
        built or build_tokenizer(file.metadata),
        bos_id=_token_id(file, "bos"),
        eos_id=_token_id(file, "eos"),
        add_bos=file.metadata.get("tokenizer.ggml.add_bos_token", by_default) is True,
    )
    if not kept:
        _keep(tokenizer, folder)
    return tokenizer


def folder_tokenizer(folder: ModelFolder) -> TextTokenizer:
    """The tokenizer that lies in a safetensors folder."""
    tokenizer = Tokenizer.from_file(str(folder.path / "tokenizer.json"))
    tokens = folder.tokens()
    bos = None if tokens.bos is None else tokenizer.token_to_id(tokens.bos)
    eos = None if tokens.eos is None else tokenizer.token_to_id(tokens.eos)
    leads = tokenizer.encode("a").ids[:1] == [bos]
    return TextTokenizer(tokenizer, bos_id=bos, eos_id=eos, add_bos=leads)


def _token_id(file: GgufFile, name: str) -> int | None:
    value = file.metadata.get(f"tokenizer.ggml.{name}_token_id")
    return value if type(value) is int else None


def _keep(tokenizer: TextTokenizer, folder: Path) -> None:
    """Writes the copy; a full disk or a read-only folder only costs speed."""
    config = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
        partial = folder / "tokenizer.json.partial"
        partial.write_text(tokenizer.to_json(), encoding="utf-8")
        partial.replace(folder / "tokenizer.json")
