"""Untrusted Markdown to blocks of safe HTML and code.

Raw HTML is shown as text, images become their description, and only web and mail addresses stay
links. The HTML that comes out holds tags that this module wrote and nothing else.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

__all__ = ["Block", "blocks", "settled_lines"]

_SCHEMES = ("http://", "https://", "mailto:")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose as HTML (``code`` None) or one piece of code with its language."""

    html: str = field(default="", repr=False)
    code: str | None = field(default=None, repr=False)
    language: str = ""


class _Safe(RendererHTML):
    """Writes images as their description, so that nothing is ever loaded."""

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The alternative text of an image, with its address."""
        token = tokens[idx]
        words = self.renderInlineAsText(token.children or [], options, env)
        return f"[{html.escape(words)}] ({html.escape(str(token.attrs.get('src', '')))})"


def _allowed(url: str) -> bool:
    return url.lower().startswith(_SCHEMES)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "linkify": False, "maxNesting": _DEEPEST},
        renderer_cls=_Safe,
    )
    parser.enable(["table", "strikethrough"])
    parser.validateLink = _allowed  # type: ignore[method-assign]
    return parser


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of Markdown `text`, in order; adjoining prose is one block."""
    parser = _parser()
    tokens = parser.parse(text)
    made: list[Block] = []
    prose: list[Token] = []

    def close() -> None:
        if prose:
            made.append(Block(html=parser.renderer.render(prose, parser.options, {})))
            prose.clear()

    for token in tokens:
        if token.level == 0 and token.type in {"fence", "code_block"}:
            close()
            language = token.info.split()[0] if token.info.split() else ""
            made.append(Block(code=token.content.rstrip("\n"), language=language[:30]))
        else:
            prose.append(token)
    close()
    return tuple(made)


def settled_lines(text: str) -> int:
    """How many leading lines of a growing `text` can no longer change their meaning.

    Everything before the last top-level block: the rest may still grow. The last line does not
    count before it is complete, since "2" may become the list item "2.".
    """
    whole = text[: text.rfind("\n") + 1]
    tokens = _parser().parse(whole)
    starts = [t.map[0] for t in tokens if t.level == 0 and t.map and t.nesting >= 0]
    return starts[-1] if len(starts) > 1 else 0
