"""Lists, search, marks, memories, adapters, models, import and export."""

import json

import pytest

from engine.contract import (
    Acknowledged,
    ActivateAdapter,
    ActivateModel,
    AdaptersListed,
    ChatsExported,
    ChatsImported,
    DeleteConversation,
    DeleteMemory,
    ExportChats,
    FailureKind,
    ImportChats,
    ListAdapters,
    ListConversations,
    ListMemories,
    ListModels,
    OpenConversation,
    PinConversation,
    RateMessage,
    ReadSettings,
    RenameConversation,
    Reply,
    ReplyTokens,
    RestoreConversation,
    RollBackAdapter,
    SaveMemory,
    SearchMessages,
    SetConversationConsent,
    SetMessageConsent,
    Stop,
    Stopped,
)


@pytest.fixture
def lines(tmp_path):
    """Two chats in a file."""
    chats = [
        {"messages": [{"role": "user", "content": "My boat is called Perla."},
                      {"role": "assistant", "content": "A fine name."}], "title": "Boats"},
        {"messages": [{"role": "user", "content": "我住在杭州。"}]},
    ]  # fmt: skip
    path = tmp_path / "chats.jsonl"
    path.write_text("\n".join(json.dumps(chat) for chat in chats), "utf-8")
    return path


def test_import_export_and_search(make, lines, tmp_path):
    bench = make()
    done = bench.ask(ImportChats(path=str(lines)))
    assert isinstance(done, ChatsImported)
    assert (done.conversations, done.messages, done.skipped) == (2, 3, 0)
    hits = bench.ask(SearchMessages(query="perla")).hits
    assert [hit.title for hit in hits] == ["Boats"]
    assert "\ue000" in hits[0].snippet
    assert len(bench.ask(SearchMessages(query="杭州")).hits) == 1
    out = tmp_path / "out.jsonl"
    exported = bench.ask(ExportChats(path=str(out)))
    assert isinstance(exported, ChatsExported)
    assert (exported.conversations, exported.messages) == (2, 3)
    texts = {m["content"] for line in out.read_text("utf-8").splitlines()
             for m in json.loads(line)["messages"]}  # fmt: skip
    assert texts == {"My boat is called Perla.", "A fine name.", "我住在杭州。"}


def test_import_with_consent_allows_learning(make, lines):
    bench = make()
    bench.ask(ImportChats(path=str(lines), consent=True))
    assert all(c.consent for c in bench.ask(ListConversations()).conversations)
    assert dict(bench.ask(ReadSettings()).values)["learning_consent"] is True


@pytest.mark.parametrize("text", ["", "{", '{"messages": [{"role": "user"}]}\n'])
def test_a_broken_import_changes_nothing(make, tmp_path, text):
    bench = make()
    path = tmp_path / "broken.jsonl"
    good = json.dumps({"messages": [{"role": "user", "content": "fine"}]})
    path.write_text(f"{good}\n{text}" if text else "", "utf-8")
    failed = bench.ask(ImportChats(path=str(path)))
    assert failed.kind is FailureKind.BAD_INPUT
    assert bench.ask(ListConversations()).conversations == ()


def test_an_import_beside_a_streaming_and_a_waiting_reply(make, lines):
    bench = make(token_s=0.02)
    streaming, waiting = Reply(text="one"), Reply(text="two")
    bench.submit(streaming)
    bench.submit(waiting)
    bench.wait_for(ReplyTokens, streaming.job)
    assert bench.ask(ImportChats(path=str(lines))).conversations == 2
    assert not bench.of(waiting.job)
    bench.submit(Stop(target=waiting.job))
    bench.submit(Stop(target=streaming.job))
    for job in (waiting.job, streaming.job):
        assert isinstance(bench.end(job), Stopped)


def test_a_missing_file_is_told(make, tmp_path):
    failed = make().ask(ImportChats(path=str(tmp_path / "none.jsonl")))
    assert failed.kind is FailureKind.BAD_INPUT


def test_conversations_are_renamed_pinned_deleted_and_restored(make):
    bench = make()
    old = bench.ask(Reply(text="the old one")).conversation.id
    new = bench.ask(Reply(text="the new one")).conversation.id

    def listed():
        return [c.id for c in bench.ask(ListConversations()).conversations]

    assert listed() == [new, old]
    bench.ask(PinConversation(conversation_id=old, pinned=True))
    assert listed() == [old, new]
    renamed = bench.ask(RenameConversation(conversation_id=old, title="Another title"))
    assert renamed.conversation.title == "Another title"
    bench.ask(DeleteConversation(conversation_id=old))
    assert listed() == [new]
    assert bench.ask(SearchMessages(query="old")).hits == ()
    bench.ask(RestoreConversation(conversation_id=old))
    assert listed() == [old, new]
    bench.ask(DeleteConversation(conversation_id=old, forever=True))
    assert listed() == [new]
    assert bench.ask(OpenConversation(conversation_id=old)).kind is FailureKind.NOT_FOUND


def test_marks_on_messages(make):
    bench = make()
    done = bench.ask(Reply(text="rate this"))
    chat = done.conversation.id
    assert isinstance(bench.ask(RateMessage(message_id=done.message.id, rating=1)), Acknowledged)
    bad = bench.ask(RateMessage(message_id=done.message.id, rating=5))
    assert bad.kind is FailureKind.BAD_INPUT
    question = bench.ask(OpenConversation(conversation_id=chat)).messages[0]
    bench.ask(SetMessageConsent(message_id=question.id, allowed=False))
    changed = bench.ask(SetConversationConsent(conversation_id=chat, allowed=True))
    assert changed.conversation.consent
    opened = bench.ask(OpenConversation(conversation_id=chat))
    assert [(m.consent, m.rating) for m in opened.messages] == [(False, 0), (None, 1)]


def test_memories_are_added_changed_and_deleted(make):
    bench = make()
    bench.ask(SaveMemory(text="I like tea."))
    memory = bench.ask(ListMemories()).memories[0]
    bench.ask(SaveMemory(memory_id=memory.id, text="I like coffee.", enabled=False))
    changed = bench.ask(ListMemories()).memories[0]
    assert (changed.id, changed.text, changed.enabled) == (memory.id, "I like coffee.", False)
    assert bench.ask(SaveMemory(text="  ")).kind is FailureKind.BAD_INPUT
    bench.ask(DeleteMemory(memory_id=memory.id))
    assert bench.ask(ListMemories()).memories == ()
    gone = bench.ask(DeleteMemory(memory_id=memory.id))
    assert gone.kind is FailureKind.NOT_FOUND


def test_adapters_that_are_not_there(make):
    bench = make()
    assert bench.ask(ListAdapters()).adapters == ()
    missing = bench.ask(ActivateAdapter(adapter_id="none"))
    assert missing.kind is FailureKind.NOT_FOUND
    assert isinstance(bench.ask(ActivateAdapter(adapter_id=None)), AdaptersListed)


def test_nothing_to_roll_back_to(make):
    back = make().ask(RollBackAdapter())
    assert back.kind is FailureKind.NOT_FOUND


def test_models_are_listed_and_chosen(make):
    bench = make()
    (only,) = bench.ask(ListModels()).models
    assert only.active
    assert only.weights_bytes > 0
    assert isinstance(bench.ask(ActivateModel(model_id=only.model.id)), Acknowledged)
    assert bench.ask(ActivateModel(model_id="none")).kind is FailureKind.NOT_FOUND
