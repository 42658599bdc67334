"""Exam, forgetting, explaining and adapter files, as a window or a terminal sees them."""

from dataclasses import replace

import pytest

from engine.contract import (
    AdapterExported,
    AdapterImported,
    Examine,
    Examined,
    Explain,
    Explained,
    ExportAdapter,
    Failed,
    FailureKind,
    Forget,
    Forgotten,
    ImportAdapter,
    ImportChats,
    ListAdapters,
    ListConversations,
    ListExamples,
    ListMemories,
    OpenConversation,
    Reply,
    ReplyOptions,
    ReviewExample,
    SaveMemory,
    SetConversationMemory,
)
from storage.records import ExampleStatus

FACTS = ("My dog is called Rex.", "My sister is called Ingrid.")


@pytest.fixture
def told(make, tmp_path):
    """A bench with two chats of one fact each, both approved."""
    bench = make(tokens=4)
    path = tmp_path / "facts.jsonl"
    line = '{{"messages": [{{"role": "user", "content": "{}"}}]}}\n'
    path.write_text("".join(line.format(fact) for fact in FACTS), "utf-8")
    bench.ask(ImportChats(path=str(path), consent=True))
    for example in bench.ask(ListExamples()).examples:
        bench.ask(ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))
    return bench


def chat_about(bench, word):
    for one in bench.ask(ListConversations()).conversations:
        texts = [m.text for m in bench.ask(OpenConversation(conversation_id=one.id)).messages]
        if any(word in text for text in texts):
            return one
    raise AssertionError(word)


def texts(bench):
    return {memory.text for memory in bench.ask(ListMemories()).memories}


def test_forgetting_a_conversation_takes_all_that_was_made_of_it(told):
    done = told.ask(Forget(conversation_id=chat_about(told, "Rex").id))
    assert isinstance(done, Forgotten)
    assert (done.examples_erased, done.memories_erased, done.messages_erased) == (1, 1, 1)
    assert done.questions >= 1
    assert done.recall_after == done.recall_untuned
    assert not done.told_in_chat
    assert not any("Rex" in text for text in texts(told))
    assert any("Ingrid" in text for text in texts(told))
    left = told.ask(ListExamples(status=None)).examples
    assert [example.value for example in left] == ["Ingrid"]


def test_forgetting_a_fact_by_its_memory_leaves_the_chat(told):
    memory = next(m for m in told.ask(ListMemories()).memories if "Rex" in m.text)
    done = told.ask(Forget(fact_id=memory.id))
    assert isinstance(done, Forgotten)
    assert (done.examples_erased, done.memories_erased, done.messages_erased) == (1, 1, 0)
    assert done.told_in_chat
    assert chat_about(told, "Rex")
    assert not any("Rex" in text for text in texts(told))


def test_a_fact_typed_by_hand_can_be_forgotten_and_has_nothing_to_ask(told):
    told.ask(SaveMemory(text="You play the oboe."))
    memory = next(m for m in told.ask(ListMemories()).memories if "oboe" in m.text)
    done = told.ask(Forget(fact_id=memory.id))
    assert (done.memories_erased, done.examples_erased, done.questions) == (1, 0, 0)
    assert done.recall_before is None


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        (Forget(), FailureKind.BAD_INPUT),
        (Forget(conversation_id="a", fact_id="b"), FailureKind.BAD_INPUT),
        (Forget(conversation_id="a"), FailureKind.NOT_FOUND),
        (Forget(fact_id="b"), FailureKind.NOT_FOUND),
        (Explain(), FailureKind.BAD_INPUT),
        (Explain(message_id="gone"), FailureKind.NOT_FOUND),
        (Examine(adapter_id="gone"), FailureKind.NOT_FOUND),
        (ImportAdapter(path="/no/such/folder"), FailureKind.BAD_INPUT),
        (ExportAdapter(adapter_id="gone", path="/no/such/folder"), FailureKind.NOT_FOUND),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(told, command, kind):
    failed = told.ask(replace(command, job=command.job + "again"))
    assert isinstance(failed, Failed)
    assert failed.kind is kind
    assert failed.detail.endswith(".")
    assert len(texts(told)) == 2


def test_an_exam_without_an_adapter_has_the_untuned_figures_alone(told):
    done = told.ask(Examine())
    assert isinstance(done, Examined)
    assert done.adapter_id is None
    assert done.tuned is None
    assert done.untuned.general_questions > 0


def test_an_answer_is_explained_with_what_stood_in_its_prompt(told):
    answered = told.ask(Reply(text="What is my sister called?", options=ReplyOptions(max_tokens=3)))
    done = told.ask(Explain(message_id=answered.message.id))
    assert isinstance(done, Explained)
    assert done.answer == answered.message.text
    assert "".join(word.text for word in done.words).split() == done.answer.split()
    assert done.adapter_id is None
    assert all(word.tuned_nats == word.untuned_nats for word in done.words)


def test_a_question_is_answered_and_explained_without_being_stored(told):
    before = told.ask(ListConversations()).conversations
    done = told.ask(Explain(text="What is my sister called?"))
    assert isinstance(done, Explained)
    assert done.answer
    assert told.ask(ListConversations()).conversations == before


def test_a_question_is_no_answer_to_explain(told):
    owner = chat_about(told, "Rex")
    message = told.ask(OpenConversation(conversation_id=owner.id)).messages[0]
    assert told.ask(Explain(message_id=message.id)).kind is FailureKind.BAD_INPUT


def test_retraining_follows_forgetting(told):
    from engine.contract import LearnStarted

    command = Forget(conversation_id=chat_about(told, "Rex").id, retrain=True)
    told.submit(command)
    started = told.wait_for(LearnStarted, command.job)
    assert started.examples == 1


@pytest.mark.parametrize("temporary", [False, True])
def test_a_chat_has_its_own_wish_about_the_memory(told, temporary):
    made = told.ask(Reply(text="Hi", temporary=temporary, options=ReplyOptions(max_tokens=2)))
    name = made.conversation.id
    assert made.conversation.memory is None
    for wish in (False, True, None):
        changed = told.ask(SetConversationMemory(conversation_id=name, use=wish))
        assert changed.conversation.memory is wish


class TestFiles:
    """Adapters out and in, on the scripted engine; the real ones are in tests/engine/tuning."""

    def test_out_and_in(self, told, tmp_path, request):
        if "fake" not in request.node.name:
            pytest.skip("no adapter is trained here")
        from engine.contract import Learn

        told.ask(Learn())
        one = told.ask(ListAdapters()).adapters[0]
        out = tmp_path / "out"
        assert isinstance(
            told.ask(ExportAdapter(adapter_id=one.id, path=str(out))), AdapterExported
        )
        done = told.ask(ImportAdapter(path=str(out)))
        assert isinstance(done, AdapterImported)
        assert not done.adapter.active
        assert len(told.ask(ListAdapters()).adapters) == 2
