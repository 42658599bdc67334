"""The part of a text that a search result shows, with the hits marked."""

import re

from storage.search_text import words

HIT_START, HIT_END = "\ue000", "\ue001"
WIDTH = 160
_LEAD = 40


def snippet(text: str, query: str, width: int = WIDTH) -> str:
    """About `width` characters of `text` around the first hit, on one line.

    Hits stand between U+E000 and U+E001; those two characters are removed from the text itself.
    """
    text = " ".join(text.replace(HIT_START, "").replace(HIT_END, "").split())
    wanted = sorted({*words(query)} or {query.strip()}, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in wanted), re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, first.start() - _LEAD) if first else 0
    start = max(0, min(start, len(text) - width))
    shown = pattern.sub(lambda hit: f"{HIT_START}{hit[0]}{HIT_END}", text[start : start + width])
    return f"{'…' if start else ''}{shown}{'…' if start + width < len(text) else ''}"
