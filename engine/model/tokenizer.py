"""The tokenizer that the rest of the engine sees: text to ids and back."""

from collections.abc import Sequence
from itertools import pairwise

from tokenizers import Tokenizer


class TextTokenizer:
    """Wraps a `tokenizers.Tokenizer`. Method names follow transformers where they overlap.

    Safe to use from several threads.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        *,
        bos_id: int | None = None,
        eos_id: int | None = None,
        add_bos: bool = False,
    ) -> None:
        self._tokenizer = tokenizer
        self.bos_token_id = bos_id
        self.eos_token_id = eos_id
        self.add_bos = add_bos and bos_id is not None
        added = tokenizer.get_added_tokens_decoder()
        self.special_ids = frozenset(i for i, token in added.items() if token.special)
        self._spellings = tuple(t.content for t in added.values() if t.special and t.content)

    @property
    def vocab_size(self) -> int:
        """How many tokens there are, special ones included."""
        return int(self._tokenizer.get_vocab_size(with_added_tokens=True))

    def encode(self, text: str, *, parse_special: bool = False) -> list[int]:
        """Ids of `text`.

        Without `parse_special`, text that spells a special token such as an end-of-turn mark is
        encoded as plain characters, so that nobody's message can forge a turn.
        """
        if parse_special or not self.spells_special(text):
            return list(self._tokenizer.encode(text, add_special_tokens=False).ids)
        plain: list[int] = []
        for piece in self._split_specials(text):
            plain.extend(self._tokenizer.encode(piece, add_special_tokens=False).ids)
        return plain

    def decode(self, ids: Sequence[int], *, skip_special_tokens: bool = False) -> str:
        """Text of `ids`; an unfinished character at the end becomes U+FFFD."""
        return str(self._tokenizer.decode(list(ids), skip_special_tokens=skip_special_tokens))

    def token_id(self, token: str) -> int | None:
        """The id of exactly this token, or None."""
        return self._tokenizer.token_to_id(token)

    def token(self, token_id: int) -> str | None:
        """The token of this id as the vocabulary spells it."""
        return self._tokenizer.id_to_token(token_id)

    def spells_special(self, text: str) -> bool:
        """True when `text` contains the spelling of a special token."""
        return any(spelling in text for spelling in self._spellings)

    def special_names(self) -> dict[str, str]:
        """Spellings that chat templates ask for by name."""
        ids = {"bos_token": self.bos_token_id, "eos_token": self.eos_token_id}
        found = {name: self.token(i) for name, i in ids.items() if i is not None}
        return {name: token for name, token in found.items() if token is not None}

    def to_json(self) -> str:
        """The whole tokenizer as ``tokenizer.json`` text."""
        return str(self._tokenizer.to_str())

    def _split_specials(self, text: str) -> list[str]:
        """Cuts `text` inside every special token's spelling, so that none is left whole."""
        cuts = {0, len(text)}
        for spelling in self._spellings:
            at = text.find(spelling)
            while at >= 0:
                cuts.add(at + 1)
                at = text.find(spelling, at + 1)
        places = sorted(cuts)
        return [text[a:b] for a, b in pairwise(places)]
