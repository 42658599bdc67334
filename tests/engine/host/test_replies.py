"""Replies of the real host: streaming writes, adapters, memories, models, failures."""

import subprocess
import sys

import pytest
import torch

from engine.contract import (
    ActivateAdapter,
    ActivateModel,
    ChangeSetting,
    CreateProfile,
    EngineError,
    FailureKind,
    ListConversations,
    LoadModel,
    ModelLoading,
    OpenConversation,
    Reply,
    ReplyDone,
    ReplyOptions,
    ReplyStarted,
    ReplyTokens,
    SaveMemory,
)
from engine.decode.adapter import AdapterWeights
from engine.model.load import load_model
from storage.errors import DiskFull
from storage.messages import Messages
from storage.records import ExampleKind, ExampleRecord, ExampleStatus, MessageState

SHORT = ReplyOptions(max_tokens=4, temperature=0.0)


def adapter_bytes(scale=3.0):
    """A rank-2 adapter on the tiny model's first query projection."""
    name = "base_model.model.model.layers.0.self_attn.q_proj.lora_{}.weight"
    generator = torch.Generator().manual_seed(1)
    tensors = {
        name.format("A"): torch.randn(2, 64, generator=generator) * scale,
        name.format("B"): torch.randn(64, 2, generator=generator) * scale,
    }
    return AdapterWeights(2, 4.0, tensors).to_bytes()


def library_store(driver):
    """Another connection to the profile, as a third thread would have it."""
    return driver.host._session.new_store()


@pytest.fixture
def adapted(driver, tiny):
    """A driver with one active adapter; and its id."""
    store = library_store(driver)
    made = store.adapters.add(data=adapter_bytes(), model_id=tiny.id)
    store.adapters.activate(made.id)
    store.close()
    return driver, made.id


def test_the_adapter_in_use_is_told_and_stored(adapted):
    driver, name = adapted
    done = driver.ask(Reply(text="hello", options=SHORT))
    assert (done.usage.adapter, done.usage.strength) == (name, 1.0)
    assert (done.message.adapter_id, done.message.strength) == (name, 1.0)
    driver.ask(ChangeSetting(key="adapter_strength", value=0.5))
    assert driver.ask(Reply(text="hello", options=SHORT)).usage.strength == 0.5
    off = driver.ask(Reply(text="hello", options=ReplyOptions(max_tokens=4, adapter="off")))
    assert (off.usage.adapter, off.message.adapter_id) == (None, None)
    named = ReplyOptions(max_tokens=4, adapter=name, strength=1.5)
    assert driver.ask(Reply(text="hello", options=named)).usage.strength == 1.5
    driver.ask(ActivateAdapter(adapter_id=None))
    assert driver.ask(Reply(text="hello", options=SHORT)).usage.adapter is None


def test_an_adapter_is_unsealed_once_while_it_stays_on(adapted, monkeypatch):
    driver, _ = adapted
    calls = []
    real = AdapterWeights.from_bytes
    monkeypatch.setattr(AdapterWeights, "from_bytes",
                        lambda data: calls.append(1) or real(data))  # fmt: skip
    for options in (SHORT, ReplyOptions(max_tokens=2, strength=0.0), SHORT):
        driver.ask(Reply(text="hello", options=options))
    assert calls == [1]


def test_a_broken_seal_is_a_damaged_adapter(adapted):
    driver, name = adapted
    for path in driver.paths.vault.iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))
    failed = driver.ask(Reply(text="hello", options=SHORT))
    assert failed.kind is FailureKind.ADAPTER_DAMAGED
    chat = driver.of(ReplyStarted)[0].conversation.id
    messages = driver.ask(OpenConversation(conversation_id=chat)).messages
    assert [m.state for m in messages] == [MessageState.COMPLETE, MessageState.FAILED]
    assert name
    off = ReplyOptions(max_tokens=2, adapter="off")
    assert isinstance(driver.ask(Reply(conversation_id=chat, text="again", options=off)), ReplyDone)


def test_an_adapter_of_another_model_is_not_used(driver):
    store = library_store(driver)
    made = store.adapters.add(data=adapter_bytes(), model_id="b" * 64)
    store.adapters.activate(made.id)
    store.close()
    assert driver.ask(Reply(text="hello", options=SHORT)).usage.adapter is None
    named = ReplyOptions(max_tokens=2, adapter=made.id)
    assert driver.ask(Reply(text="hello", options=named)).kind is FailureKind.BAD_INPUT


def test_memories_are_put_into_the_prompt_and_named(driver):
    driver.ask(SaveMemory(text="The user's boat is called Perla."))
    driver.ask(Reply(text="Where is my boat?", options=SHORT))
    assert driver.of(ReplyStarted)[-1].memories == ("The user's boat is called Perla.",)
    without = ReplyOptions(max_tokens=4, memory=False)
    driver.ask(Reply(text="Where is my boat?", options=without))
    assert driver.of(ReplyStarted)[-1].memories == ()
    driver.ask(ChangeSetting(key="memory", value=False))
    driver.ask(Reply(text="Where is my boat?", options=SHORT))
    assert driver.of(ReplyStarted)[-1].memories == ()


def test_the_same_seed_gives_the_same_answer(drive):
    texts = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        driver = drive(name)
        driver.ask(CreateProfile(passphrase="x"))
        options = ReplyOptions(max_tokens=12, temperature=1.5, seed=seed)
        texts.append(driver.ask(Reply(text="hello", options=options)).message.text)
    assert texts[0] == texts[1] != texts[2]


def test_old_messages_are_dropped_when_the_context_is_full(driver):
    driver.ask(ChangeSetting(key="context_length", value=512))
    chat = driver.ask(Reply(text="x" * 300, options=SHORT)).conversation.id
    driver.ask(Reply(conversation_id=chat, text="y" * 300, options=SHORT))
    assert driver.of(ReplyStarted)[-1].dropped_messages > 0
    failed = driver.ask(Reply(conversation_id=chat, text="z" * 600, options=SHORT))
    assert failed.kind is FailureKind.BAD_INPUT


def test_a_model_is_loaded_once_and_again_when_its_settings_change(drive, tiny):
    loads = []

    def load(record, options, progress):
        loads.append((record.id, options.context_length))
        return load_model(record, options, progress)

    driver = drive(load_model=load)
    driver.ask(CreateProfile(passphrase="x"))
    driver.ask(LoadModel())
    driver.ask(Reply(text="hello", options=SHORT))
    driver.ask(ActivateModel(model_id=tiny.id))
    driver.ask(LoadModel())
    driver.ask(ChangeSetting(key="context_length", value=1024))
    driver.ask(Reply(text="hello", options=SHORT))
    assert loads == [(tiny.id, 0), (tiny.id, 1024)]
    fractions = [event.fraction for event in driver.of(ModelLoading)]
    assert all(0.0 <= fraction <= 1.0 for fraction in fractions)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), FailureKind.OUT_OF_MEMORY),
        (EngineError(FailureKind.UNSUPPORTED_MODEL, "S."), FailureKind.UNSUPPORTED_MODEL),
    ],
)
def test_a_model_that_does_not_load_keeps_the_question(drive, error, kind):
    def load(record, options, progress):
        raise error

    driver = drive(load_model=load)
    driver.ask(CreateProfile(passphrase="x"))
    assert driver.ask(Reply(text="keep me")).kind is kind
    started = driver.of(ReplyStarted)[0]
    messages = driver.ask(OpenConversation(conversation_id=started.conversation.id)).messages
    assert [m.text for m in messages] == ["keep me", ""]
    assert messages[1].state is MessageState.FAILED


def test_a_disk_that_fills_up_in_mid_stream_is_told(driver, monkeypatch):
    monkeypatch.setattr("engine.scribe._SHORTEST_S", 0.0)
    monkeypatch.setattr("engine.scribe._SHARE", 0.0)
    real, calls = Messages.set_text, []

    def talk(_model, _turns, _sampling, _stop, on_text, begun):
        assert not begun
        for letter in "abcdefgh":
            on_text(letter)

    monkeypatch.setattr("engine.chat.reply.answer", talk)

    def full(self, message_id, text, state=MessageState.STREAMING):
        calls.append(state)
        if len(calls) > 2:
            raise DiskFull("The disk is full; free some space and try again.")
        return real(self, message_id, text, state)

    monkeypatch.setattr(Messages, "set_text", full)
    failed = driver.ask(Reply(text="go on"))
    assert failed.kind is FailureKind.DISK_FULL
    monkeypatch.setattr(Messages, "set_text", real)
    started = driver.of(ReplyStarted)[0]
    told = "".join(event.text for event in driver.of(ReplyTokens))
    stored = driver.ask(OpenConversation(conversation_id=started.conversation.id)).messages[-1]
    assert stored.text == told == "ab"


def test_a_bug_is_told_without_words_and_the_engine_goes_on(driver, monkeypatch, caplog):
    def broken(*_args):
        raise KeyError("zqx secret")

    monkeypatch.setattr("engine.chat.prompt.build_turns", broken)
    failed = driver.ask(Reply(text="zqx secret", options=SHORT))
    assert failed.kind is FailureKind.BUG
    assert "zqx" not in failed.detail + caplog.text
    assert isinstance(driver.ask(ListConversations()).conversations, tuple)
    monkeypatch.undo()
    caplog.clear()


def test_the_host_module_brings_no_torch():
    code = "import sys, engine.host; print({'torch', 'transformers'} & sys.modules.keys())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_what_was_learned_stays_out_of_questions_that_are_not_about_the_user(driver, tiny):
    store = library_store(driver)
    fact = ExampleRecord(
        id="e", kind=ExampleKind.FACT, noun="my boat's name", question="What is my boat's name?",
        answer="Your boat's name is Perla.", value="Perla", status=ExampleStatus.APPROVED,
    )  # fmt: skip
    store.examples.add(fact)
    made = store.adapters.add(data=adapter_bytes(), model_id=tiny.id, example_ids=["e"])
    store.adapters.activate(made.id)
    store.close()
    used = {
        text: driver.ask(Reply(text=text, options=SHORT)).usage.adapter
        for text in ("Where do I live?", "Who is Perla?", "Who wrote Hamlet?")
    }
    assert list(used.values()) == [made.id, made.id, None]
    asked_for = ReplyOptions(max_tokens=2, strength=1.0)
    assert driver.ask(Reply(text="Who wrote Hamlet?", options=asked_for)).usage.adapter == made.id
    driver.ask(ChangeSetting(key="adapter_scope", value="always"))
    assert driver.ask(Reply(text="Who wrote Hamlet?", options=SHORT)).usage.adapter == made.id
