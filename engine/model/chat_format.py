"""Which chat template a model asks for, and which tokens end an answer."""

import contextlib
import json
from pathlib import Path
from typing import Any

from engine.chat.templates import (
    ChatTemplate,
    chat_ml,
    known_template,
    learn_template,
    plain,
    template_hash,
)
from engine.model.child import ChildFailedError, run_child
from engine.model.tokenizer import TextTokenizer

_ENDINGS = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<|end|>",
            "<end_of_turn>", "</s>", "<|eom_id|>")  # fmt: skip
_SOURCE_LIMIT = 200_000
_SECONDS = 4.0
_MEMORY = 1 << 30


def choose_template(source: object, tokenizer: TextTokenizer, cache_dir: Path) -> ChatTemplate:
    """The layout of the template text `source`, or one that fits the vocabulary.

    An unknown template is learned in a limited child once and its table kept in `cache_dir`.
    """
    if isinstance(source, str) and source.strip():
        found = known_template(source) or _kept_or_learned(source, tokenizer, cache_dir)
        if found is not None:
            return found
    return chat_ml() if tokenizer.token_id("<|im_start|>") is not None else plain()


def learn_in_child(source: str, tokens: dict[str, str]) -> ChatTemplate | None:
    """The table of a stranger's template; None for one that is too long, hangs or is irregular."""
    if len(source) > _SOURCE_LIMIT:
        return None
    try:
        answer = run_child(
            "render_probes", seconds=_SECONDS, memory_bytes=_MEMORY, source=source, tokens=tokens
        )
    except ChildFailedError:
        return None
    return learn_template(answer["probes"])


def stop_ids(config: dict[str, Any], tokenizer: TextTokenizer) -> frozenset[int]:
    """Every token that ends an answer: the stated one and the usual ones that are special."""
    found = {tokenizer.token_id(ending) for ending in _ENDINGS} & tokenizer.special_ids
    stated = config.get("eos_token_id")
    listed = stated if isinstance(stated, list) else [stated]
    return frozenset(i for i in (*found, *listed) if isinstance(i, int))


def _kept_or_learned(
    source: str, tokenizer: TextTokenizer, cache_dir: Path
) -> ChatTemplate | None:
    tokens = tokenizer.special_names()
    key = template_hash(source + json.dumps(tokens, sort_keys=True))
    path = cache_dir / "templates" / f"{key}.json"
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        return ChatTemplate(dict(kept["table"]), bool(kept["merge_system"]))
    learned = learn_in_child(source, tokens)
    if learned is not None:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = {"table": dict(learned.table), "merge_system": learned.merge_system}
            path.write_text(json.dumps(kept), encoding="utf-8")
    return learned
