"""Keeps built tokenizers on disk, so that the next start only reads them. Public data only."""

import contextlib
import json
from pathlib import Path

from engine.model.gguf_file import GgufFile
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
    bos = file.metadata.get("tokenizer.ggml.bos_token_id")
    bos_id = bos if isinstance(bos, int) else None
    add_bos = file.metadata.get("tokenizer.ggml.add_bos_token", False) is True
    if file.metadata.get("tokenizer.ggml.model") == "llama":
        add_bos = file.metadata.get("tokenizer.ggml.add_bos_token", True) is True
    folder = cache_dir / "tokenizers" / f"{model_id}-{_LAYOUT}"
    with contextlib.suppress(Exception):
        return TextTokenizer.from_file(folder / "tokenizer.json", bos_id=bos_id, add_bos=add_bos)
    tokenizer = TextTokenizer(build_tokenizer(file.metadata), bos_id=bos_id, add_bos=add_bos)
    _keep(tokenizer, folder, {"bos_token_id": bos_id, "add_bos_token": add_bos})
    return tokenizer


def _keep(tokenizer: TextTokenizer, folder: Path, config: dict[str, object]) -> None:
    """Writes the copy; a full disk or a read-only folder only costs speed."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
        partial = folder / "tokenizer.json.partial"
        partial.write_text(tokenizer.to_json(), encoding="utf-8")
        partial.replace(folder / "tokenizer.json")
