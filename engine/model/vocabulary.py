"""Builds a fast tokenizer from the vocabulary that a GGUF file carries.

The split rules are those that llama.cpp names in ``tokenizer.ggml.pre``. A name that is not known
here is refused: a wrong split would make the model quietly worse.
"""

from collections.abc import Mapping, Sequence

from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import BPE

from engine.model.gguf_file import MalformedFileError, MetaValue

_GPT2_LIKE = frozenset({"gpt-2", "default", "phi-2", "mpt", "olmo", "jais"})
_DIGIT_BY_DIGIT = frozenset({"smollm", "starcoder", "refact", "command-r", "codeshell"})
_LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|"
    r" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_QWEN2 = _LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
_LLAMA3_LIKE = frozenset({"llama-bpe", "llama3", "llama-v3", "smaug-bpe", "dbrx", "smollm3"})
_QWEN2_LIKE = frozenset({"qwen2", "deepseek-r1-qwen", "stablelm2"})

_CONTROL, _USER_DEFINED, _UNUSED, _BYTE = 3, 4, 5, 6


class UnknownVocabularyError(ValueError):
    """A vocabulary of a kind that is not supported."""


def build_tokenizer(metadata: Mapping[str, MetaValue]) -> Tokenizer:
    """A `tokenizers.Tokenizer` for the vocabulary in GGUF `metadata`.

    Raises:
        MalformedFileError: the lists do not fit together.
        UnknownVocabularyError: the kind of vocabulary or its split rule is not known here.
    """
    tokens = _strings(metadata, "tokenizer.ggml.tokens")
    kind = metadata.get("tokenizer.ggml.model")
    if kind == "gpt2":
        tokenizer = _byte_level(tokens, metadata)
    elif kind == "llama":
        tokenizer = _sentence_pieces(tokens, metadata)
    else:
        raise UnknownVocabularyError("its vocabulary is of a kind that this app does not know")
    _add_special(tokenizer, tokens, metadata)
    return tokenizer


def token_types(metadata: Mapping[str, MetaValue], count: int) -> list[int]:
    """The kind of each token (3 control, 4 user defined, 6 byte); 1 where the file says none."""
    types = metadata.get("tokenizer.ggml.token_type")
    if types is None:
        return [1] * count
    if not isinstance(types, list) or len(types) != count:
        raise MalformedFileError("its token types do not fit its tokens")
    return [int(kind) if isinstance(kind, int) else 1 for kind in types]


def _strings(metadata: Mapping[str, MetaValue], key: str) -> list[str]:
    values = metadata.get(key)
    if not isinstance(values, list) or not values:
        raise MalformedFileError("it carries no vocabulary")
    if not all(isinstance(value, str) for value in values):
        raise MalformedFileError("its vocabulary is not text")
    return [str(value) for value in values]


def _byte_level(tokens: list[str], metadata: Mapping[str, MetaValue]) -> Tokenizer:
    merges = []
    for line in _strings(metadata, "tokenizer.ggml.merges"):
        left, _, right = line.partition(" ")
        if not right:
            raise MalformedFileError("its merge rules are damaged")
        merges.append((left, right))
    rule = str(metadata.get("tokenizer.ggml.pre", "default"))
    splitter, normalizer = _split_rule(rule)
    vocabulary = _unique(tokens)
    known = [m for m in merges if m[0] + m[1] in vocabulary and {*m} <= vocabulary.keys()]
    model = BPE(vocab=vocabulary, merges=known, ignore_merges=rule in _LLAMA3_LIKE)
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = splitter
    if normalizer is not None:
        tokenizer.normalizer = normalizer
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def _split_rule(
    rule: str,
) -> tuple[pre_tokenizers.PreTokenizer, normalizers.Normalizer | None]:
    plain = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    mapped = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    if rule in _GPT2_LIKE:
        return plain, None
    if rule in _DIGIT_BY_DIGIT:
        digits = pre_tokenizers.Digits(individual_digits=True)
        return pre_tokenizers.Sequence([digits, plain]), None
    if rule in _LLAMA3_LIKE or rule in _QWEN2_LIKE:
        pattern = _LLAMA3 if rule in _LLAMA3_LIKE else _QWEN2
        split = pre_tokenizers.Split(Regex(pattern), "isolated")
        normalizer = normalizers.NFC() if rule in _QWEN2_LIKE else None
        return pre_tokenizers.Sequence([split, mapped]), normalizer
    raise UnknownVocabularyError("its way of splitting text is not known to this app")


def _unique(tokens: Sequence[str]) -> dict[str, int]:
    vocabulary: dict[str, int] = {}
    for position, token in enumerate(tokens):
        vocabulary.setdefault(token, position)
    return vocabulary


def _sentence_pieces(tokens: list[str], metadata: Mapping[str, MetaValue]) -> Tokenizer:
    scores = metadata.get("tokenizer.ggml.scores")
    if not isinstance(scores, list) or len(scores) != len(tokens):
        raise MalformedFileError("its token scores do not fit its tokens")
    vocabulary = _unique(tokens)
    types = token_types(metadata, len(tokens))
    merges = _merges_by_score(tokens, [_as_float(score) for score in scores], types, vocabulary)
    unknown = metadata.get("tokenizer.ggml.unknown_token_id", 0)
    unknown_token = tokens[unknown] if isinstance(unknown, int) and unknown < len(tokens) else None
    model = BPE(vocab=vocabulary, merges=merges, byte_fallback=True, fuse_unk=True,
                unk_token=unknown_token)  # fmt: skip
    tokenizer = Tokenizer(model)
    prefix = metadata.get("tokenizer.ggml.add_space_prefix", True) is not False
    steps = [normalizers.Prepend("▁")] if prefix else []
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", "▁")])
    last = [decoders.Strip(" ", 1, 0)] if prefix else []
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), *last]
    )
    return tokenizer


def _as_float(value: MetaValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _merges_by_score(
    tokens: list[str], scores: list[float], types: list[int], vocabulary: dict[str, int]
) -> list[tuple[str, str]]:
    """The merge rules that a scored vocabulary implies: best piece first, split at every place."""
    found: list[tuple[float, int, int, tuple[str, str]]] = []
    for position, token in enumerate(tokens):
        if types[position] in (_CONTROL, _BYTE, _UNUSED) or len(token) < 2:
            continue
        for at in range(1, len(token)):
            left, right = token[:at], token[at:]
            if left in vocabulary and right in vocabulary:
                key = (-scores[position], vocabulary[left], vocabulary[right])
                found.append((*key, (left, right)))
    found.sort(key=lambda row: row[:3])
    return [row[3] for row in found]


def _add_special(
    tokenizer: Tokenizer, tokens: list[str], metadata: Mapping[str, MetaValue]
) -> None:
    types = token_types(metadata, len(tokens))
    special = [
        AddedToken(token, special=types[position] == _CONTROL, normalized=False)
        for position, token in enumerate(tokens)
        if types[position] in (_CONTROL, _USER_DEFINED) and token
    ]
    tokenizer.add_tokens(special)
