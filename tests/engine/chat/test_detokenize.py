import pytest

from engine.chat.detokenize import Detokenizer
from engine.model.gguf_file import GgufFile
from engine.model.tokenizer import TextTokenizer
from engine.model.vocabulary import build_tokenizer
from tests.support.model_data import embedded_file

_TEXTS = [
    "Hello there, this is plain text.",
    "她说：“我的狗叫小白。”很好！",
    "🙂👍🏽👨‍👩‍👧‍👦 naïve Ünïcödé",
    "  leading and   inner spaces\n\n\tcode()\n",
]


@pytest.fixture(scope="module")
def tokenizer() -> TextTokenizer:
    return TextTokenizer(build_tokenizer(GgufFile(embedded_file()).metadata))


@pytest.mark.parametrize("text", _TEXTS)
def test_pieces_are_whole_characters_and_join_to_the_text(
    tokenizer: TextTokenizer, text: str
) -> None:
    words = Detokenizer(tokenizer)
    pieces = [words.add(i) for i in tokenizer.encode(text)]
    pieces.append(words.finish())
    assert all("\ufffd" not in piece for piece in pieces)
    assert "".join(pieces) == text


def test_an_unfinished_character_is_left_out(tokenizer: TextTokenizer) -> None:
    ids = tokenizer.encode("ok 🙂")
    words = Detokenizer(tokenizer)
    shown = "".join(words.add(i) for i in ids[:-1]) + words.finish()
    assert shown.strip() == "ok"


def test_a_bare_replacement_character_comes_through_in_the_end(tokenizer: TextTokenizer) -> None:
    words = Detokenizer(tokenizer)
    text = "a\ufffdb"
    assert "".join(words.add(i) for i in tokenizer.encode(text)) + words.finish() == text


def test_special_tokens_say_nothing(tokenizer: TextTokenizer) -> None:
    words = Detokenizer(tokenizer)
    ids = tokenizer.encode("a<|im_end|>b", parse_special=True)
    assert "".join(words.add(i) for i in ids) + words.finish() == "ab"


def test_long_answers_decode_a_few_ids_at_a_time(tokenizer: TextTokenizer) -> None:
    asked: list[int] = []
    plain = tokenizer.decode

    class Counting:
        def decode(self, ids: list[int], *, skip_special_tokens: bool = False) -> str:
            asked.append(len(ids))
            return plain(ids, skip_special_tokens=skip_special_tokens)

    words = Detokenizer(Counting())  # type: ignore[arg-type]
    for i in tokenizer.encode("The quick brown fox. " * 200):
        words.add(i)
    assert max(asked) < 12


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("at", [1, 3, 11])
def test_text_that_goes_on_is_told_from_there(
    tokenizer: TextTokenizer, text: str, at: int
) -> None:
    ids = tokenizer.encode(text)
    earlier = Detokenizer(tokenizer)
    begun = "".join(earlier.add(i) for i in ids[:at])
    before = tokenizer.encode(begun)
    words = Detokenizer(tokenizer, before)
    rest = tokenizer.encode(text[len(begun) :])
    assert "".join([*(words.add(i) for i in rest), words.finish()]) == text[len(begun) :]
