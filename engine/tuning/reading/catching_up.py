"""Reads every message that waits for it, one after the other."""

import time
from collections.abc import Callable

from engine.control import JobControl
from engine.model.loaded import LoadedModel
from engine.tuning.collect import collect_read
from engine.tuning.reading.reader import Reader
from engine.tuning.redaction import holds_any, let_in_kinds, never_learn_words, redact
from storage.records import MessageRecord
from storage.store import Store

Told = Callable[[int, int, int], None]
"""Told messages read, messages in all, facts found."""


def catch_up(
    model: LoadedModel, store: Store, control: JobControl, told: Told,
    deadline: float | None = None,
) -> tuple[int, int]:  # fmt: skip
    """Has `model` read what `collect` left for it; what it finds goes to the inbox at once.

    Replies that wait are served between two messages. A message that may not be learned from any
    more by the time it was read is left alone.

    Args:
        model: Loaded; its adapter is off afterwards.
        store: Of the caller's thread.
        control: Stop, pause and waiting replies.
        told: After every message.
        deadline: On `time.monotonic`; what is left then waits for the next time.

    Returns:
        Messages read and candidates added.

    Raises:
        JobStopped: The user stopped; the message at hand was not read.
        EngineError: ``OUT_OF_MEMORY``.
    """
    waiting = store.messages.for_reading()
    if not waiting:
        return 0, 0
    reader, found, number = Reader(model), 0, 0
    for number, message in enumerate(waiting, start=1):
        control.checkpoint()
        found += _read(model, reader, store, message, control)
        told(number, len(waiting), found)
        if deadline is not None and time.monotonic() > deadline:
            break
    return number, found


def _read(
    model: LoadedModel, reader: Reader, store: Store, message: MessageRecord, control: JobControl
) -> int:
    """Reads one message; returns how many candidates it gave."""
    settings = store.settings.all()
    forbidden = never_learn_words(str(settings["never_learn"]))
    read = []
    if settings["learning_consent"] and not holds_any(message.text, forbidden):
        model.decoder.use_adapter(None, 0.0)
        text = redact(message.text, let_in_kinds(settings)).text
        read = reader.read(text, control.should_stop)
        control.checkpoint()
    with store.transaction():
        allowed = bool(store.settings.get("learning_consent"))
        if not (allowed and store.messages.awaits_reading(message.id)):
            return 0
        store.messages.mark_read([message.id])
        return collect_read(store, message, read)
