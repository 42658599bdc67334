"""Code to coloured runs with Pygments, in the light or the dark colours."""

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

__all__ = ["code_runs"]

_LIGHT = {
    Token.Keyword: "#7a3e9d", Token.Name.Function: "#1c5fa8", Token.Name.Class: "#1c5fa8",
    Token.Name.Builtin: "#0f6a75", Token.Name.Decorator: "#8a5a00", Token.Name.Tag: "#7a3e9d",
    Token.Name.Attribute: "#1c5fa8", Token.Literal.String: "#2c6e3f",
    Token.Literal.Number: "#a0480f", Token.Comment: "#6f6a62", Token.Operator.Word: "#7a3e9d",
    Token.Generic.Deleted: "#a8322a", Token.Generic.Inserted: "#27693f",
}  # fmt: skip
_DARK = {
    Token.Keyword: "#cfa6ea", Token.Name.Function: "#8cbcf0", Token.Name.Class: "#8cbcf0",
    Token.Name.Builtin: "#7fd0da", Token.Name.Decorator: "#e5b968", Token.Name.Tag: "#cfa6ea",
    Token.Name.Attribute: "#8cbcf0", Token.Literal.String: "#97d2a8",
    Token.Literal.Number: "#f0ac7c", Token.Comment: "#a09a90", Token.Operator.Word: "#cfa6ea",
    Token.Generic.Deleted: "#f2938a", Token.Generic.Inserted: "#86cf9f",
}  # fmt: skip
_LONGEST = 60_000


def code_runs(code: str, language: str, *, dark: bool) -> list[tuple[str, str]]:
    """(text, colour) in order, together exactly `code`; the colour is empty for ordinary text.

    One plain run when the language is unknown or the code is very long.
    """
    lexer = _lexer(language) if len(code) <= _LONGEST else None
    if lexer is None:
        return [(code, "")]
    table = _DARK if dark else _LIGHT
    runs: list[tuple[str, str]] = []
    for kind, text in lexer.get_tokens(code):
        colour = _colour(table, kind)
        if runs and (colour == runs[-1][1] or not text.strip()):
            runs[-1] = (runs[-1][0] + text, runs[-1][1])
        else:
            runs.append((text, colour))
    return runs


def _lexer(language: str) -> Lexer | None:
    if not language:
        return None
    try:
        return get_lexer_by_name(language, ensurenl=False, stripnl=False)
    except ClassNotFound:
        return None


def _colour(table: dict[_TokenType, str], kind: _TokenType) -> str:
    at: _TokenType | None = kind
    while at is not None:
        if at in table:
            return table[at]
        at = at.parent
    return ""
