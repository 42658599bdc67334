"""What may be copied: always a piece of the sentence, never across a stop."""

import pytest

from engine.tuning.reading.spans import owners, values

SENTENCES = [
    "I live in Porto, Portugal, with my sister Ana (a nurse): she's 34!",
    "My e-mail is [email] and my gym is Flex Depot.",
    '  "Dr. Szymanski" is our vet - isn’t that nice?',
    "",
    "!!! ... ???",
    "O'Brien's café—naïve… 🦊 x",
]
CHINESE = [
    "我住在杭州，在第2医院当护士。",
    "我家的狗叫豆豆，电话是[phone]。",
    "生日是5月3日！",
    "。。",
]


@pytest.mark.parametrize(("sentences", "chinese"), [(SENTENCES, False), (CHINESE, True)])
def test_every_span_stands_in_its_sentence(sentences, chinese):
    for sentence in sentences:
        spans = values([sentence], chinese=chinese)
        assert spans.longest <= spans.all
        for span in spans.all:
            assert span in sentence
            assert span == span.strip() != ""
            assert not set("[]") & set(span)
            assert any(whole.startswith(span) for whole in spans.longest)
        assert all(owner in sentence for owner in owners([sentence], chinese=chinese))


def test_spans_are_whole_words_and_end_before_stops_and_brackets():
    spans = values([SENTENCES[0]], chinese=False).all
    assert {"Porto", "Porto, Portugal", "sister Ana", "a nurse", "34"} <= spans
    assert not {"Port", "nurse): she's", "Ana (a", "with", "in Porto"} & spans
    spans = values([SENTENCES[1]], chinese=False).all
    assert "Flex Depot" in spans
    assert not any("email" in span for span in spans)


def test_chinese_spans_keep_numbers_whole():
    spans = values(CHINESE, chinese=True).all
    assert {"杭州", "护士", "豆豆", "5月3日", "第2医院"} <= spans
    assert not any("phone" in span or "，" in span for span in spans)


def test_owners_follow_an_article_or_a_possessive():
    found = owners(["My cello teacher is tired of our old dog."], chinese=False)
    assert {"cello", "cello teacher", "old", "old dog"} == found
    assert {"狗", "大提琴老师"} <= owners(["我家的狗咬了我的大提琴老师。"], chinese=True)
