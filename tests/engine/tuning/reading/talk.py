"""Two small vocabularies, and a speaker that says anything that a guide allows."""

import random

from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE

from engine.model.tokenizer import TextTokenizer
from engine.tuning.reading.guide import FactGuide

STOP = 10_000
"""An id that no vocabulary here has."""


def byte_level() -> TextTokenizer:
    """All bytes and a few merged pieces."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    merges = [("h", "e"), ("l", "l"), ("he", "ll"), ("hell", "o"), ("Ġ", "w"), ("m", "y")]
    tokens = [*letters, *(a + b for a, b in merges)]
    tokenizer = Tokenizer(BPE(vocab={token: n for n, token in enumerate(tokens)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    return TextTokenizer(tokenizer)


def pieces() -> TextTokenizer:
    """Pieces with a mark for the space, and a token for every byte."""
    known = ["▁", *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ':", "my", "▁my", "杭州"]
    merges = [("m", "y"), ("▁", "my")]
    tokens = [*(f"<0x{number:02X}>" for number in range(256)), *known, "<unk>"]
    tokenizer = Tokenizer(
        BPE(vocab={token: n for n, token in enumerate(tokens)}, merges=merges,
            byte_fallback=True, unk_token="<unk>", fuse_unk=True)
    )  # fmt: skip
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Fuse()])
    return TextTokenizer(tokenizer)


def babble(guide: FactGuide, seed: int, most: int = 300) -> list[int]:
    """Random allowed tokens up to a stop, or `most` of them."""
    draw, answer = random.Random(seed), []
    while len(answer) < most:
        token = draw.choice(guide.allowed(answer))
        assert token in guide(answer, token)
        if token == STOP:
            return answer
        answer.append(token)
    return answer
