"""The commands ``rate`` and ``rewrite``: what the user thinks of an answer."""

import argparse

from engine.contract import (
    Acknowledged,
    ConversationOpened,
    RateMessage,
    RewriteAnswer,
)
from ui.terminal.console import Console
from ui.terminal.session import Session

_RATINGS = {"up": 1, "down": -1, "none": 0}


def rate(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Gives an answer a thumb, or takes it back."""
    command = RateMessage(message_id=options.message, rating=_RATINGS[options.thumb])
    session.run(command, Acknowledged)
    if options.json:
        console.json({"message": options.message, "rating": command.rating})
    else:
        console.line("Rated. Where learning is allowed, the inbox proposes to learn from it.")
    return 0


def rewrite(session: Session, options: argparse.Namespace, text: str, console: Console) -> int:
    """Puts `text` in an answer's place; the old answer stays beside it."""
    command = RewriteAnswer(message_id=options.message, text=text)
    shown = session.run(command, ConversationOpened).messages[-1]
    if options.json:
        console.json({"message": shown.id, "instead_of": options.message})
    else:
        console.line("Kept. Where learning is allowed, the inbox proposes to learn from it.")
    return 0
