"""Texts as token ids, of bounded length."""

from engine.model.tokenizer import TextTokenizer

MOST_TOKENS = 256
_END = "\n"


def text_ids(tokenizer: TextTokenizer, text: str) -> tuple[int, ...]:
    """Token ids of a text: its start and its end where it is longer than `MOST_TOKENS`.

    A line break closes every text, so that the last token stands for the whole in the same way
    whatever the text ends with.
    """
    ids = tokenizer.encode(text.strip())
    room = MOST_TOKENS - 2
    if len(ids) > room:
        ids = [*ids[: room // 2], *ids[-(room - room // 2) :]]
    start = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
    return (*start, *ids, *tokenizer.encode(_END))
