"""The thread without widgets, on the scripted engine."""

import pytest

from engine.contract import FailureKind, OpenConversation
from storage.records import MessageState, Role
from ui.chat.presenter import ThreadPresenter


@pytest.fixture
def make(start_client, qtbot):
    def build(**script):
        client, engine = start_client(**script)
        presenter = ThreadPresenter(client)
        return presenter, client, engine

    return build


def ask(qtbot, presenter, text):
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.send(text)


def first_chat(engine):
    with engine.world.lock:
        return next(iter(engine.world.conversations))


def test_question_is_shown_at_once_and_the_answer_streams(make, qtbot):
    presenter, _client, _engine = make(answer="one two three")
    pieces = []
    presenter.streamed.connect(pieces.append)
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.send("Hello")
        assert [m.text for m in presenter.messages] == ["Hello", ""]
        assert presenter.busy()
    assert "".join(pieces) == "one two three"
    assert [m.role for m in presenter.messages] == [Role.USER, Role.ASSISTANT]
    assert presenter.messages[1].text == "one two three"
    assert presenter.messages[1].state is MessageState.COMPLETE
    assert not presenter.busy()
    assert presenter.conversation is not None


def test_a_stopped_answer_goes_on_where_it_ended(make, qtbot):
    presenter, _client, _engine = make(answer="word " * 60 + "end", token_s=0.005)
    with qtbot.waitSignal(presenter.streamed, timeout=5000):
        presenter.send("Hello")
    assert not presenter.can_go_on(), "it is still being written"
    with qtbot.waitSignal(presenter.busy_changed, timeout=5000):
        presenter.stop()
    begun = presenter.messages[-1]
    assert presenter.can_go_on()
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.go_on()
        assert presenter.messages[-1].text == begun.text, "nothing vanishes from the screen"
        assert presenter.busy()
    assert len(presenter.messages) == 2
    assert presenter.messages[-1].id == begun.id
    assert presenter.messages[-1].text == "word " * 60 + "end"
    assert not presenter.can_go_on(), "it is complete"


def test_stop_keeps_what_came(make, qtbot):
    presenter, _client, _engine = make(answer="word " * 500, token_s=0.005)
    with qtbot.waitSignal(presenter.streamed, timeout=5000):
        presenter.send("Hello")
    with qtbot.waitSignal(presenter.busy_changed, timeout=5000):
        presenter.stop()
    assert presenter.messages[-1].state is MessageState.STOPPED
    assert presenter.messages[-1].text.startswith("word")


def test_failure_in_mid_stream_keeps_the_text_and_is_told(make, qtbot):
    presenter, _client, _engine = make(
        answer="a b c d e f", faults={"Reply": FailureKind.OUT_OF_MEMORY}, fault_after_tokens=3
    )
    told = []
    presenter.failed.connect(told.append)
    with qtbot.waitSignal(presenter.listed_changed, timeout=5000):
        presenter.send("Hello")
    qtbot.waitUntil(lambda: not presenter.busy(), timeout=5000)
    assert told[-1].kind is FailureKind.OUT_OF_MEMORY
    assert presenter.messages[-1].state is MessageState.FAILED
    assert presenter.messages[-1].text == "a b c"
    assert presenter.messages[0].text == "Hello"


def test_a_question_that_never_started_comes_back(make, qtbot):
    presenter, _client, engine = make()
    with engine.world.lock:
        engine.world.state = "locked"
    with qtbot.waitSignal(presenter.draft_returned, timeout=5000) as back:
        presenter.send("Hello")
    assert back.args == ["Hello"]
    assert presenter.messages == []


def test_regenerate_makes_a_second_version_and_versions_switch(make, qtbot):
    presenter, _client, _engine = make(answer="x")
    ask(qtbot, presenter, "Hello")
    first = presenter.messages[1].id
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.regenerate(first)
    second = presenter.messages[1]
    assert second.id != first
    assert second.sibling_ids == (first, second.id)
    with qtbot.waitSignal(presenter.opened, timeout=5000):
        presenter.select_version(first)
    assert presenter.messages[1].id == first


def test_edit_branches_and_erases_nothing(make, qtbot):
    presenter, _client, engine = make(answer="x")
    ask(qtbot, presenter, "Hello")
    ask(qtbot, presenter, "More")
    question = presenter.messages[2].id
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.edit(question, "Else")
    assert [m.text for m in presenter.messages] == ["Hello", "x", "Else", "x"]
    assert len(presenter.messages[2].sibling_ids) == 2
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        presenter.edit(presenter.messages[0].id, "Start")
    assert [m.text for m in presenter.messages] == ["Start", "x"]
    with engine.world.lock:
        texts = {m.text for m in engine.world.messages.values()}
    assert {"Hello", "More", "Else", "Start"} <= texts


def test_a_failed_regenerate_brings_the_old_answer_back(make, qtbot):
    presenter, _client, engine = make(answer="x")
    ask(qtbot, presenter, "Hello")
    before = list(presenter.messages)
    with engine.world.lock:
        engine.world.state = "locked"
    with qtbot.waitSignal(presenter.changed_from, timeout=5000):
        presenter.regenerate(before[1].id)
    qtbot.waitUntil(lambda: not presenter.busy(), timeout=5000)
    assert presenter.messages == before


def test_an_answer_goes_on_while_another_chat_is_looked_at(make, qtbot):
    presenter, _client, engine = make(answer="word " * 200, token_s=0.003)
    with qtbot.waitSignal(presenter.streamed, timeout=5000):
        presenter.send("Hello")
    own = presenter.conversation.id
    with qtbot.waitSignal(presenter.opened, timeout=5000):
        presenter.open(first_chat(engine))
    assert not presenter.busy()
    shown = [m.text for m in presenter.messages]
    with qtbot.waitSignal(presenter.opened, timeout=5000):
        presenter.open(own)
    assert presenter.busy()
    with qtbot.waitSignal(presenter.noted, timeout=5000):
        pass
    assert presenter.messages[-1].text == "word " * 200
    assert "Hello" not in shown


def test_an_unfinished_answer_of_an_earlier_run_is_shown_as_broken(make, qtbot):
    presenter, _client, engine = make()
    chat = first_chat(engine)
    with engine.world.lock:
        leaf = engine.world.conversation(chat).leaf_id
        engine.world.add_message(chat, leaf, Role.ASSISTANT, "half", MessageState.STREAMING)
    with qtbot.waitSignal(presenter.opened, timeout=5000):
        presenter.open(chat)
    assert presenter.messages[-1].state is MessageState.FAILED
    assert presenter.messages[-1].text == "half"


def test_rating_toggles(make, qtbot):
    presenter, _client, engine = make(answer="x")
    ask(qtbot, presenter, "Hello")
    answer = presenter.messages[1].id
    presenter.rate(answer, 1)
    qtbot.waitUntil(lambda: presenter.messages[1].rating == 1, timeout=5000)
    presenter.rate(answer, 1)
    qtbot.waitUntil(lambda: presenter.messages[1].rating == 0, timeout=5000)
    presenter.rate(answer, -1)
    qtbot.waitUntil(lambda: presenter.messages[1].rating == -1, timeout=5000)
    assert engine.world.messages[answer].rating == -1


def test_consent_given_before_the_first_message_is_kept(make, qtbot):
    presenter, _client, engine = make(answer="x")
    presenter.new_chat()
    presenter.allow_conversation(True)
    assert presenter.consent()
    ask(qtbot, presenter, "Hello")
    qtbot.waitUntil(lambda: presenter.conversation.consent, timeout=5000)
    assert engine.world.conversations[presenter.conversation.id].consent


def test_temporary_chat_asks_temporarily_and_ignores_the_wish(make, qtbot):
    presenter, _client, engine = make(answer="x")
    presenter.new_chat(temporary=True)
    presenter.consent_wish = True
    ask(qtbot, presenter, "Hello")
    record = engine.world.conversations[presenter.conversation.id]
    assert record.temporary
    assert not record.consent


def test_a_late_opening_does_not_replace_a_newer_choice(make, qtbot):
    presenter, client, engine = make()
    opened = []
    presenter.opened.connect(lambda _focus: opened.append(presenter.conversation))
    presenter.open(first_chat(engine))
    presenter.new_chat()
    with qtbot.waitSignal(client.finished, timeout=5000) as told:
        pass
    assert isinstance(told.args[0], OpenConversation)
    assert opened == [None]


def test_a_rewritten_answer_takes_the_old_ones_place(make, qtbot):
    presenter, _client, engine = make(answer="colors")
    ask(qtbot, presenter, "What do leaves have?")
    old = presenter.messages[1]
    with qtbot.waitSignal(presenter.opened, timeout=5000):
        presenter.edit(old.id, "Colours.")
    assert [m.text for m in presenter.messages] == ["What do leaves have?", "Colours."]
    assert presenter.messages[1].sibling_ids == (old.id, presenter.messages[1].id)
    assert engine.world.rewritten == {presenter.messages[1].id: old.id}


def test_a_rewriting_that_changes_nothing_is_refused(make, qtbot):
    presenter, _client, _engine = make(answer="colors")
    ask(qtbot, presenter, "What do leaves have?")
    with qtbot.waitSignal(presenter.failed, timeout=5000) as failed:
        presenter.edit(presenter.messages[1].id, "colors")
    assert failed.args[0].kind is FailureKind.BAD_INPUT
