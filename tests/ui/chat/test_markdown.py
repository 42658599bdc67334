"""Markdown of strangers: nothing but our own tags comes out, growing equals whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.chat.code_runs import code_runs
from ui.chat.growing import GrowingText
from ui.chat.markdown import blocks

PIECES = st.sampled_from([
    "word ", "**bold** ", "\n", "\n\n", "- item\n", "1. one\n", "```python\nx = 1\n```\n", "```\n",
    "> quote\n", "# Head\n", "|a|b|\n|-|-|\n|1|2|\n", "    code\n", "<b>x</b> ", "[a](http://x.y) ",
    "---\n", "2", "`tick` ", "===\n", "中文，", "old\r", "odd\r\n", "\0", "\u2028",
])  # fmt: skip


def _joined(text: str) -> str:
    return "".join(b.html or f"[{b.language}:{b.code}]" for b in blocks(text))


def test_prose_and_code_are_separate_blocks():
    found = blocks("Hello\n\n```python\nx = 1\n```\n\nBye")
    assert [b.code for b in found] == [None, "x = 1", None]
    assert found[1].language == "python"
    assert "<p>Hello</p>" in found[0].html


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>",
    '<img src="file:///etc/passwd">',
    '<a href="file:///x" onclick="x()">y</a>',
    "a <style>p{}</style> b",
])  # fmt: skip
def test_raw_html_is_only_text(text):
    out = _joined(text)
    assert not re.search(r"<(script|img|style|a)\b", out)
    assert "&lt;" in out


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "smb://host/x",
    "JaVaScRiPt:x", "//host/x", "/local", "C:\\x",
])  # fmt: skip
def test_only_web_and_mail_addresses_stay_links(address):
    assert "href" not in _joined(f"[word]({address})")
    assert "href" not in _joined(f"[word][1]\n\n[1]: {address}")


def test_web_link_stays():
    assert 'href="https://example.org/a"' in _joined("[word](https://example.org/a)")


def test_images_become_their_description():
    out = _joined("![a view](https://example.org/a.png) ![b](file:///a.png)")
    assert "<img" not in out
    assert "a view" in out


def test_tables_and_strikethrough():
    out = _joined("|a|b|\n|-|-|\n|1|~~2~~|\n")
    assert "<table>" in out
    assert "<s>2</s>" in out


def test_deep_nesting_ends():
    assert _joined(">" * 5000 + "x")
    assert _joined("[" * 5000)
    assert _joined("- " * 3000 + "x")


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25), st.integers(1, 9))
def test_growing_text_ends_like_the_whole(pieces, size):
    text = "".join(pieces)
    growing = GrowingText()
    for at in range(0, len(text), size):
        growing.add(text[at : at + size])
    shown = "".join(b.html or f"[{b.language}:{b.code}]" for b in growing.blocks())
    # White space between top-level blocks is no content.
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", _joined(text))


def test_line_ends_of_other_systems_are_counted_as_the_parser_counts_them():
    growing = GrowingText()
    growing.add("one\r\rtwo\r\n\r\nthree\n\nfour\r\rfive\n")
    shown = "".join(block.html for block in growing.blocks())
    assert re.findall(r"<p>(\w+)</p>", shown) == ["one", "two", "three", "four", "five"]


def test_growing_text_settles_what_cannot_change():
    growing = GrowingText()
    for _ in range(300):
        growing.add("A paragraph.\n\n")
        growing.blocks()
    assert len(growing._tail) < 100


@pytest.mark.parametrize("code", ['print("<b>")', "a = 1\n\n\nb = 2\n", "\n\n x", ""])
def test_coloured_runs_are_exactly_the_code(code):
    runs = code_runs(code, "python", dark=False)
    assert "".join(text for text, _ in runs) == code


def test_code_is_coloured():
    assert len({colour for _, colour in code_runs('print("<b>")', "python", dark=False)}) >= 3


def test_unknown_language_and_very_long_code_stay_plain():
    assert code_runs("x = 1", "no-such-language", dark=True) == [("x = 1", "")]
    assert len(code_runs("x = 1\n" * 20_000, "python", dark=True)) == 1
