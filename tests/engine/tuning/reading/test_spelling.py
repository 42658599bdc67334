"""What tokens spell, in byte-level vocabularies and in such of pieces."""

import pytest
from tokenizers import AddedToken, Tokenizer, decoders
from tokenizers.models import BPE

from engine.model.tokenizer import TextTokenizer
from engine.tuning.reading.spelling import Spelling
from tests.engine.tuning.reading.talk import byte_level, pieces


@pytest.mark.parametrize("make", [byte_level, pieces])
@pytest.mark.parametrize(
    "text", ["my home: Porto", "我的住处：杭州", "naïve café 🦊", "tab\tand\nline"]
)
def test_a_text_is_spelled_as_it_was_encoded(make, text):
    tokenizer = make()
    spelled = Spelling(tokenizer).text(tokenizer.encode(text))
    assert spelled.decode().removeprefix(" ") == text


def test_beginnings_are_all_tokens_that_start_one_of_the_texts():
    tokenizer = byte_level()
    spelling = Spelling(tokenizer)
    found = {spelling.text([number]) for number in spelling.beginnings([b"hello there", b"wet"])}
    assert found == {b"h", b"he", b"hell", b"hello", b"w"}
    assert spelling.beginnings([]) == set()


def test_a_special_token_spells_nothing_and_is_never_offered():
    tokenizer = Tokenizer(BPE(vocab={"a": 0, "<end>": 1}, merges=[]))
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_tokens([AddedToken("<end>", special=True)])
    spelling = Spelling(TextTokenizer(tokenizer))
    assert spelling.text([0, 1]) == b"a"
    assert spelling.beginnings([b"<end>", b"a"]) == {0}
