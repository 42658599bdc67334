"""The command ``forget``: erases a conversation or a fact and shows that it is gone."""

import argparse

from engine.contract import (
    ConversationsListed,
    ExamplesListed,
    Forget,
    Forgotten,
    ListConversations,
    ListExamples,
)
from storage.records import ExampleRecord, MemoryRecord
from ui.terminal.console import Console
from ui.terminal.memory import known_memories
from ui.terminal.names import the_one
from ui.terminal.progress import ProgressBar
from ui.terminal.report import report_as_json, report_as_lines
from ui.terminal.session import CommandError, CommandStopped, Session

_MOST = 100_000
_FACTS = "main.py memory list shows what can be forgotten"


def forget(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Forgets at once; Ctrl+C ends only the measuring and the training that follow."""
    command = _command(session, options)
    bar = ProgressBar(console)
    try:
        done = session.run(command, Forgotten, bar.show)
    except CommandStopped:
        raise CommandError("It was stopped before anything was forgotten.") from None
    finally:
        bar.close()
    if options.json:
        console.json(_as_json(done))
    else:
        for line in _as_lines(done):
            console.line(line)
    return 0


def _command(session: Session, options: argparse.Namespace) -> Forget:
    if options.conversation is not None:
        listed = session.run(ListConversations(limit=_MOST), ConversationsListed).conversations
        found = the_one(listed, options.conversation, "conversation", "main.py search finds them")
        return Forget(conversation_id=found.id, retrain=options.retrain)
    facts: list[MemoryRecord | ExampleRecord] = [*known_memories(session)]
    facts += session.run(ListExamples(status=None), ExamplesListed).examples
    fact = the_one(facts, options.fact, "fact", _FACTS)
    return Forget(fact_id=fact.id, retrain=options.retrain)


def _as_json(done: Forgotten) -> dict[str, object]:
    return {
        "examples_erased_count": done.examples_erased,
        "memories_erased_count": done.memories_erased,
        "messages_erased_count": done.messages_erased,
        "adapters_retired": list(done.adapters_retired), "questions_count": done.questions,
        "recall_before_fraction": done.recall_before,
        "recall_untuned_fraction": done.recall_untuned,
        "recall_after_fraction": done.recall_after, "told_in_chat": done.told_in_chat,
        "retrained": None if done.report is None else report_as_json(done.report),
        "seconds": round(done.seconds, 2),
    }  # fmt: skip


def _as_lines(done: Forgotten) -> list[str]:
    lines = [
        f"Forgotten: {done.messages_erased} messages, {done.examples_erased} examples, "
        f"{done.memories_erased} memories; {len(done.adapters_retired)} adapters were switched "
        "off for good."
    ]
    if done.told_in_chat:
        lines.append("The message that told it still stands in its chat; "
                     "main.py forget --conversation erases that as well.")
    if done.recall_before is not None:
        lines += ["", f"Asked for it {done.questions} times, memory off:"]
        for words, share in (("before", done.recall_before), ("now", done.recall_after),
                             ("untuned model", done.recall_untuned)):
            lines.append(f"  {words:14}{'-' if share is None else format(share, '.0%'):>5}")
    if done.report is not None:
        lines += ["", *report_as_lines(done.report)]
    return lines
