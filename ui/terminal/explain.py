"""The command ``explain``: what stands behind an answer."""

import argparse

from engine.contract import Explain, Explained, ExplainedSource, ExplainedWord
from ui.terminal.console import Console
from ui.terminal.progress import ProgressBar
from ui.terminal.session import Session

_MOST_CHANGED = 10
_LEAST_NATS = 0.1
_KINDS = {
    "memory": "Remembered facts in the prompt",
    "turn": "Past messages in the prompt",
    "example": "Learned examples that fit",
}


def explain(
    session: Session, options: argparse.Namespace, message: str | None, console: Console
) -> int:
    """Explains a stored answer, or answers `message` and explains that."""
    bar = ProgressBar(console)
    command = Explain(message_id=options.message, text=message)
    try:
        done = session.run(command, Explained, bar.show)
    finally:
        bar.close()
    if options.json:
        console.json(_as_json(done))
    else:
        for line in _as_lines(done):
            console.line(line)
    return 0


def most_changed(words: tuple[ExplainedWord, ...]) -> list[ExplainedWord]:
    """The words that the adapter changed most, the strongest change first."""
    changed = [word for word in words if abs(word.change) >= _LEAST_NATS and word.text.strip()]
    return sorted(changed, key=lambda word: -abs(word.change))[:_MOST_CHANGED]


def _as_lines(done: Explained) -> list[str]:
    lines = [done.answer.strip(), "", f"Model {done.model}, adapter "
             f"{f'{done.adapter_id} at {done.strength:g}' if done.adapter_id else 'off'}"]
    if done.adapter_gone:
        lines.append("The adapter that gave this answer was deleted or switched off for good.")
    for kind, heading in _KINDS.items():
        fitting = [source for source in done.sources if source.kind == kind]
        if fitting:
            lines += ["", f"{heading}:", *(_source_line(source) for source in fitting)]
    changed = most_changed(done.words)
    if changed:
        lines += ["", "Words that the adapter changed most (nats; without it likelier):"]
        lines += [f"  {one.change:+8.2f}  {one.text.strip()}"
                  + (f"  ({one.instead.strip()})" if one.instead.strip() else "")
                  for one in changed]
    elif done.adapter_id:
        lines += ["", "The adapter changed no word of it."]
    return lines


def _source_line(source: ExplainedSource) -> str:
    return f"  {source.id[:12]}  {' '.join(source.text.split())}"


def _as_json(done: Explained) -> dict[str, object]:
    return {
        "answer": done.answer, "model": done.model, "adapter": done.adapter_id,
        "strength": done.strength, "adapter_gone": done.adapter_gone,
        "sources": [{"kind": one.kind, "id": one.id, "text": one.text,
                     "conversation": one.conversation_id} for one in done.sources],
        "words": [_word(one) for one in done.words],
        "most_changed": [_word(one) for one in most_changed(done.words)],
    }  # fmt: skip


def _word(one: ExplainedWord) -> dict[str, object]:
    return {
        "text": one.text, "log_prob_adapter_on_nats": round(one.tuned_nats, 4),
        "log_prob_adapter_off_nats": round(one.untuned_nats, 4),
        "change_nats": round(one.change, 4), "without_adapter": one.instead,
    }  # fmt: skip
