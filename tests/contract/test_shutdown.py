"""Exactly one end for every job, whatever happens; nothing is taken after shutdown."""

from collections import Counter

from engine.contract import (
    Failed,
    FailureKind,
    ListConversations,
    ReadStatus,
    Reply,
    ReplyTokens,
    Stop,
    Stopped,
    Unlock,
)
from storage.records import MessageState


def test_shutdown_in_mid_stream_keeps_the_text(make):
    bench = make(token_s=0.02)
    streaming, waiting = Reply(text="a story"), Reply(text="another")
    bench.submit(streaming)
    bench.submit(waiting)
    bench.wait_for(ReplyTokens, streaming.job, count=2)
    assert bench.engine.shutdown(20.0)
    (end,) = bench.ends(streaming.job)
    assert isinstance(end, Stopped)
    assert end.message is not None
    assert end.message.state is MessageState.STOPPED
    assert end.message.text
    (other,) = bench.ends(waiting.job)
    assert other.kind is FailureKind.SHUTTING_DOWN


def test_after_shutdown_every_command_fails(make):
    bench = make()
    assert bench.engine.shutdown(10.0)
    for command in (ListConversations(), Reply(text="x"), Stop(target="y")):
        bench.submit(command)
        (end,) = bench.ends(command.job)
        assert isinstance(end, Failed)
        assert end.kind is FailureKind.SHUTTING_DOWN


def test_shutdown_twice_is_harmless(make):
    bench = make()
    assert bench.engine.shutdown(10.0)
    assert bench.engine.shutdown(10.0)


def test_every_job_ends_exactly_once(make, passphrase):
    bench = make(token_s=0.001, fail_after=50)
    commands = []
    for number in range(60):
        kinds = (
            ListConversations(), Reply(text=f"question {number}"), ReadStatus(),
            Unlock(passphrase="wrong"), Stop(target=commands[-1].job if commands else "none"),
        )  # fmt: skip
        commands.append(kinds[number % len(kinds)])
        bench.submit(commands[-1])
    for command in commands:
        bench.end(command.job)
    ends = Counter(len(bench.ends(command.job)) for command in commands)
    assert ends == {1: 60}
