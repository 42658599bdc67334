"""Which chat template a model file asks for, and which tokens end an answer."""

from typing import Any

from engine.chat.templates import ChatMl, ChatTemplate, Plain, known_template
from engine.model.gguf_file import GgufFile
from engine.model.tokenizer import TextTokenizer

_ENDINGS = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<|end|>",
            "<end_of_turn>", "</s>", "<|eom_id|>")  # fmt: skip


def choose_template(file: GgufFile, tokenizer: TextTokenizer) -> ChatTemplate:
    """The layout for the template in `file`, or one that fits its vocabulary."""
    source = file.metadata.get("tokenizer.chat_template")
    if isinstance(source, str):
        known = known_template(source)
        if known is not None:
            return known
    return ChatMl() if tokenizer.token_id("<|im_start|>") is not None else Plain()


def stop_ids(config: dict[str, Any], tokenizer: TextTokenizer) -> frozenset[int]:
    """Every token that ends an answer: the stated one and the usual ones that are special."""
    found = {tokenizer.token_id(ending) for ending in _ENDINGS} & tokenizer.special_ids
    stated = config.get("eos_token_id")
    listed = stated if isinstance(stated, list) else [stated]
    return frozenset(i for i in (*found, *listed) if isinstance(i, int))
