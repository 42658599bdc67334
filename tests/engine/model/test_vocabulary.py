from pathlib import Path

import pytest
from tokenizers import Tokenizer

from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.tokenizer import TextTokenizer
from engine.model.vocabulary import UnknownVocabularyError, build_tokenizer
from tests.support.model_data import embedded_file
from tests.support.tiny_gguf import TinyGguf


@pytest.fixture(scope="module")
def smollm() -> TextTokenizer:
    file = GgufFile(embedded_file())
    return TextTokenizer(build_tokenizer(file.metadata), bos_id=1, eos_id=2)


@pytest.mark.parametrize(
    "text",
    ["Hello, world!", "  two  spaces\n\n\tand a tab ", "我的狗叫小白。", "naïve 🙂👍🏽", "x" * 500],
)
def test_text_survives_the_round_trip(smollm: TextTokenizer, text: str) -> None:
    assert smollm.decode(smollm.encode(text)) == text


def test_common_words_are_one_token_and_digits_stand_alone(smollm: TextTokenizer) -> None:
    assert len(smollm.encode("Hello")) == 1
    assert [smollm.decode([i]) for i in smollm.encode("2024")] == ["2", "0", "2", "4"]


def test_special_tokens_only_where_asked(smollm: TextTokenizer) -> None:
    mark = "<|im_end|>"
    assert smollm.encode(mark, parse_special=True) == [2]
    plain = smollm.encode(f"a{mark}b{mark}")
    assert smollm.special_ids.isdisjoint(plain)
    assert smollm.decode(plain) == f"a{mark}b{mark}"


def test_sentence_pieces_merge_by_score_and_fall_back_to_bytes() -> None:
    pieces = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)),
              "▁", "a", "b", "c", "ab", "bc", "▁a", "▁ab", "▁abc"]  # fmt: skip
    types = [2, 3, 3, *[6] * 256, *[1] * 9]
    scores = [0.0] * 259 + [-10.0, -10.0, -10.0, -10.0, -1.0, -2.0, -3.0, -4.0, -5.0]
    tokenizer = build_tokenizer(
        {
            "tokenizer.ggml.model": "llama",
            "tokenizer.ggml.tokens": list(pieces),
            "tokenizer.ggml.token_type": list(types),
            "tokenizer.ggml.scores": list(scores),
        }
    )
    assert _spell(tokenizer, "abc") == ["▁abc"]
    assert _spell(tokenizer, "cab") == ["▁", "c", "ab"]
    assert _spell(tokenizer, "bc é") == ["▁", "bc", "▁", "<0xC3>", "<0xA9>"]
    assert tokenizer.decode(tokenizer.encode("bc é").ids) == "bc é"


def _spell(tokenizer: Tokenizer, text: str) -> list[str]:
    return list(tokenizer.encode(text, add_special_tokens=False).tokens)


def test_unknown_split_rules_are_refused(tmp_path: Path) -> None:
    file = GgufFile(TinyGguf().write(tmp_path / "m.gguf"))
    with pytest.raises(UnknownVocabularyError):
        build_tokenizer(file.metadata | {"tokenizer.ggml.pre": "martian"})
    with pytest.raises(UnknownVocabularyError):
        build_tokenizer(file.metadata | {"tokenizer.ggml.model": "martian"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tokenizer.ggml.tokens", []),
        ("tokenizer.ggml.tokens", [1, 2]),
        ("tokenizer.ggml.merges", ["nospace"]),
        ("tokenizer.ggml.token_type", [1]),
    ],
)
def test_damaged_lists_are_refused(tmp_path: Path, key: str, value: list[object]) -> None:
    file = GgufFile(TinyGguf().write(tmp_path / "m.gguf"))
    with pytest.raises(MalformedFileError):
        build_tokenizer(file.metadata | {key: value})  # type: ignore[dict-item]
