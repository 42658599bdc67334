"""Replies: streamed, stored, stopped, branched, failed; and what a window may rely on."""

import pytest

from engine.contract import (
    Acknowledged,
    DeleteConversation,
    Failed,
    FailureKind,
    ListConversations,
    LoadModel,
    ModelLoaded,
    OpenConversation,
    Reply,
    ReplyDone,
    ReplyOptions,
    ReplyStarted,
    ReplyTokens,
    SearchMessages,
    SelectBranch,
    Stop,
    Stopped,
)
from storage.records import MessageState, Role


def test_loading_ends_once(make):
    bench = make()
    assert isinstance(bench.ask(LoadModel()), ModelLoaded)


def test_a_reply_is_streamed_in_order_and_stored(make):
    bench = make()
    command = Reply(text="  What is\n this?  ")
    done = bench.ask(command)
    assert isinstance(done, ReplyDone)
    events = bench.of(command.job)
    started = next(e for e in events if isinstance(e, ReplyStarted))
    tokens = [e for e in events if isinstance(e, ReplyTokens)]
    assert [e.sequence for e in tokens] == list(range(len(tokens)))
    assert "".join(e.text for e in tokens) == done.message.text
    assert events.index(started) < events.index(tokens[0])
    assert events[-1] is done
    assert started.answer_id == done.message.id
    assert started.question is not None
    assert started.question.text.strip() == "What is\n this?"
    assert started.conversation.title == "What is this?"
    opened = bench.ask(OpenConversation(conversation_id=done.conversation.id))
    assert [m.text for m in opened.messages] == [started.question.text, done.message.text]
    assert [m.role for m in opened.messages] == [Role.USER, Role.ASSISTANT]
    assert opened.messages[1].state in {MessageState.COMPLETE, MessageState.CUT}
    assert done.usage.tokens > 0
    assert done.usage.adapter is None


def test_what_was_told_is_already_stored(make):
    bench = make(token_s=0.01)
    command = Reply(text="tell me")
    bench.submit(command)
    bench.wait_for(ReplyTokens, command.job, count=5)
    told = "".join(e.text for e in bench.of(command.job) if isinstance(e, ReplyTokens))
    started = bench.wait_for(ReplyStarted, command.job)
    opened = bench.ask(OpenConversation(conversation_id=started.conversation.id))
    assert opened.messages[-1].text.startswith(told)
    bench.submit(Stop(target=command.job))
    bench.end(command.job)


def test_stop_keeps_what_was_written(make):
    bench = make(token_s=0.02)
    command = Reply(text="a long story")
    bench.submit(command)
    bench.wait_for(ReplyTokens, command.job, count=3)
    assert isinstance(bench.ask(Stop(target=command.job)), Acknowledged)
    stopped = bench.end(command.job)
    assert isinstance(stopped, Stopped)
    told = "".join(e.text for e in bench.of(command.job) if isinstance(e, ReplyTokens))
    assert stopped.message is not None
    assert stopped.message.state is MessageState.STOPPED
    assert stopped.message.text == told
    opened = bench.ask(OpenConversation(conversation_id=stopped.message.conversation_id))
    assert opened.messages[-1] == stopped.message


def test_a_cut_answer_goes_on_in_its_own_place(make):
    bench = make()
    cut = bench.ask(Reply(text="a long story", options=ReplyOptions(max_tokens=4)))
    assert cut.message.state is MessageState.CUT
    more = Reply(
        conversation_id=cut.conversation.id, parent_id=cut.message.id, goes_on=True,
        options=ReplyOptions(max_tokens=4),
    )  # fmt: skip
    done = bench.ask(more)
    told = "".join(e.text for e in bench.of(more.job) if isinstance(e, ReplyTokens))
    started = bench.wait_for(ReplyStarted, more.job)
    assert (started.answer_id, started.question) == (cut.message.id, None)
    assert done.message.id == cut.message.id
    assert done.message.text == cut.message.text + told
    assert told
    opened = bench.ask(OpenConversation(conversation_id=cut.conversation.id))
    assert [m.id for m in opened.messages] == [cut.message.parent_id, cut.message.id]
    assert opened.messages[-1].text == done.message.text


def test_only_an_answer_goes_on(make):
    bench = make()
    done = bench.ask(Reply(text="a story", options=ReplyOptions(max_tokens=4)))
    chat, answer = done.conversation.id, done.message
    for wrong in (
        Reply(conversation_id=chat, parent_id=answer.parent_id, goes_on=True),
        Reply(conversation_id=chat, goes_on=True),
        Reply(conversation_id=chat, parent_id=answer.id, text="more", goes_on=True),
    ):
        failed = bench.ask(wrong)
        assert isinstance(failed, Failed)
        assert failed.kind is FailureKind.BAD_INPUT
    opened = bench.ask(OpenConversation(conversation_id=chat))
    assert opened.messages[-1].text == answer.text
    assert len(opened.messages) == 2


def test_a_waiting_reply_can_be_stopped(make):
    bench = make(token_s=0.02)
    first, second = Reply(text="one"), Reply(text="two")
    bench.submit(first)
    bench.submit(second)
    bench.submit(Stop(target=second.job))
    bench.submit(Stop(target=first.job))
    assert isinstance(bench.end(second.job), Stopped)
    assert isinstance(bench.end(first.job), Stopped)


def test_a_message_is_written_down_while_another_answer_streams(make):
    bench = make(token_s=0.02)
    first, second = Reply(text="the first"), Reply(text="the waiting one")
    bench.submit(first)
    bench.wait_for(ReplyTokens, first.job)
    bench.submit(second)
    listed = bench.ask(ListConversations()).conversations
    assert [c.title for c in listed] == ["the waiting one", "the first"]
    assert not bench.of(second.job)
    bench.submit(Stop(target=second.job))
    bench.submit(Stop(target=first.job))
    assert isinstance(bench.end(second.job), Stopped)
    assert isinstance(bench.end(first.job), Stopped)


def test_lists_stay_live_while_an_answer_streams(make):
    bench = make(token_s=0.02)
    command = Reply(text="slow")
    bench.submit(command)
    bench.wait_for(ReplyTokens, command.job)
    listed = bench.ask(ListConversations())
    assert len(listed.conversations) == 1
    assert not bench.ends(command.job)
    bench.submit(Stop(target=command.job))
    bench.end(command.job)


def test_running_out_of_memory_in_mid_stream_keeps_the_text_and_the_engine(make):
    bench = make(fail_after=3)
    command = Reply(text="too much")
    failed = bench.ask(command)
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.OUT_OF_MEMORY
    started = bench.wait_for(ReplyStarted, command.job)
    opened = bench.ask(OpenConversation(conversation_id=started.conversation.id))
    assert opened.messages[-1].state is MessageState.FAILED
    assert opened.messages[-1].text
    assert isinstance(bench.ask(Reply(text="less", options=ReplyOptions(max_tokens=2))), ReplyDone)


def test_a_damaged_adapter_is_named_and_chat_works_without(make):
    bench = make(damaged_adapter=True)
    command = Reply(text="hello")
    failed = bench.ask(command)
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.ADAPTER_DAMAGED
    started = bench.wait_for(ReplyStarted, command.job)
    assert started.question is not None
    for options in (ReplyOptions(adapter="off"), ReplyOptions(strength=0.0)):
        again = Reply(
            conversation_id=started.conversation.id, parent_id=started.question.id, options=options
        )
        assert isinstance(bench.ask(again), ReplyDone)


def test_regenerate_and_edit_erase_nothing(make):
    bench = make()
    first = bench.ask(Reply(text="What is my name?"))
    chat = first.conversation.id
    asked = bench.ask(OpenConversation(conversation_id=chat)).messages[0]
    again = bench.ask(Reply(conversation_id=chat, parent_id=asked.id))
    assert set(again.message.sibling_ids) == {first.message.id, again.message.id}
    edited = bench.ask(Reply(conversation_id=chat, at_root=True, text="What is your name?"))
    assert edited.message.parent_id != asked.id
    back = bench.ask(SelectBranch(conversation_id=chat, message_id=asked.id))
    assert [m.id for m in back.messages] == [asked.id, again.message.id]
    assert len(back.messages[0].sibling_ids) == 2


def test_the_next_message_follows_the_shown_branch(make):
    bench = make()
    first = bench.ask(Reply(text="one"))
    second = bench.ask(Reply(conversation_id=first.conversation.id, text="two"))
    opened = bench.ask(OpenConversation(conversation_id=first.conversation.id))
    assert [m.id for m in opened.messages[::3]] == [
        opened.messages[0].id, second.message.id,
    ]  # fmt: skip
    assert len(opened.messages) == 4


def test_a_temporary_chat_is_in_no_list_and_no_search(make):
    bench = make()
    done = bench.ask(Reply(text="zebra crossing", temporary=True))
    assert done.conversation.temporary
    chat = done.conversation.id
    assert bench.ask(ListConversations()).conversations == ()
    assert bench.ask(SearchMessages(query="zebra")).hits == ()
    more = bench.ask(Reply(conversation_id=chat, text="and more"))
    assert more.conversation.temporary
    assert len(bench.ask(OpenConversation(conversation_id=chat)).messages) == 4
    bench.ask(DeleteConversation(conversation_id=chat))
    gone = bench.ask(OpenConversation(conversation_id=chat))
    assert gone.kind is FailureKind.NOT_FOUND


@pytest.mark.parametrize(
    "command",
    [
        Reply(text="   \n"),
        Reply(),
        Reply(text="x", conversation_id="no such"),
        Reply(text="x", options=ReplyOptions(temperature=9.0)),
        Reply(text="x", options=ReplyOptions(strength=7.0)),
        Reply(text="x", options=ReplyOptions(adapter="no such")),
    ],
)
def test_bad_input_fails_with_one_sentence(make, command):
    failed = make().ask(command)
    assert isinstance(failed, Failed)
    assert failed.kind in {FailureKind.BAD_INPUT, FailureKind.NOT_FOUND}
    assert failed.detail.endswith(".")
