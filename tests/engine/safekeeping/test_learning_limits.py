"""What the user keeps out of learning really stays out: kinds, words, consent."""

import pytest

from engine.contract import ChangeSetting
from engine.library.profile import change_setting
from engine.tuning.collect import collect
from engine.tuning.leaks import probes_of
from storage.records import AdapterState, ExampleStatus, Role
from storage.settings import REDACTED_KINDS
from storage.store import Store

MAIL = "ada.lovelace@example.com"
TEXTS = {
    "email": f"My dog's name is Rex and my e-mail is {MAIL}.",
    "phone": "My dog's name is Rex, call me at +49 30 12345678.",
    "url": "My dog's name is Rex, see https://example.com/rex for pictures.",
    "card": "My dog's name is Rex and my card is 4111 1111 1111 1111.",
    "iban": "My dog's name is Rex, my account is DE89 3704 0044 0532 0130 00.",
    "ssn": "My dog's name is Rex and my SSN is 536-90-4399.",
    "id_number": "My dog's name is Rex, 我的身份证号是 11010519491231002X。",
    "ip": "My dog's name is Rex and my server is 192.168.17.4.",
}


@pytest.fixture
def store():
    made = Store.temporary()
    made.settings.set("learning_consent", True)
    yield made
    made.close()


def say(store, text, consent=True):
    chat = store.conversations.create("x", consent=consent).id
    return store.messages.add(chat, parent_id=None, role=Role.USER, text=text).id


def sources(store):
    return [example.source_text for example in store.examples.list()]


def test_every_kind_has_a_text_here():
    assert set(TEXTS) == set(REDACTED_KINDS)


@pytest.mark.parametrize("kind", REDACTED_KINDS)
def test_a_kind_is_left_out_unless_it_is_let_in(store, kind):
    text = TEXTS[kind]
    say(store, text)
    collect(store)
    assert sources(store)
    assert all(f"[{kind}]" in source for source in sources(store))
    store.settings.set(f"redact_{kind}", False)
    say(store, text.replace("Rex", "Bello"))
    collect(store)
    assert sources(store)[0] == text.replace("Rex", "Bello")


def test_a_secret_is_left_out_whatever_is_let_in(store):
    for kind in REDACTED_KINDS:
        store.settings.set(f"redact_{kind}", False)
    say(store, "My dog's name is Rex and my password is hunter2-blue.")
    collect(store)
    assert sources(store)
    assert not any("hunter2" in source for source in sources(store))


def test_what_is_let_in_is_no_leak(store):
    say(store, TEXTS["email"] + " My password is hunter2-blue.")
    collect(store)
    strict = [probe.secret for probe in probes_of(store, store.examples.list())]
    store.settings.set("redact_email", False)
    loose = [probe.secret for probe in probes_of(store, store.examples.list())]
    assert MAIL in strict
    assert MAIL not in loose
    assert any("hunter2" in value for value in loose)


def test_without_consent_nothing_is_collected(store):
    store.settings.set("learning_consent", False)
    say(store, TEXTS["email"])
    assert collect(store) == 0
    assert sources(store) == []


def test_a_conversation_without_consent_is_not_collected(store):
    say(store, TEXTS["email"], consent=False)
    assert collect(store) == 0


def test_a_forbidden_word_keeps_a_message_out(store):
    store.settings.set("never_learn", "rex")
    say(store, TEXTS["url"])
    assert collect(store) == 0


def test_a_word_forbidden_later_reaches_what_was_learned(store):
    say(store, TEXTS["url"])
    collect(store)
    example = store.examples.list()[0]
    store.examples.update(example.id, status=ExampleStatus.APPROVED)
    memory = store.memories.add(example.answer, example_id=example.id).id
    adapter = store.adapters.add(data=b"w", model_id="m", example_ids=[example.id]).id
    store.adapters.activate(adapter)
    change_setting(store, ChangeSetting(key="never_learn", value="Unrelated"))
    assert store.adapters.active() is not None
    change_setting(store, ChangeSetting(key="never_learn", value="Unrelated\nREX"))
    assert store.examples.get(example.id).status is ExampleStatus.NEVER
    assert memory not in {record.id for record in store.memories.list()}
    assert store.adapters.active() is None
    assert store.adapters.get(adapter).state is AdapterState.RETIRED
