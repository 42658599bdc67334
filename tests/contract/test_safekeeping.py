"""Keys, backups, erasing everything and how long conversations are kept: on both engines."""

import pytest

from engine.contract import (
    ERASE_WORD,
    BackUp,
    ChangeKeys,
    CreateProfile,
    Done,
    EraseAll,
    FailureKind,
    KeysChanged,
    Learn,
    ListConversations,
    OpenConversation,
    ProfileReplaced,
    ReadPrivacy,
    ReadSettings,
    ReadStatus,
    Reply,
    ReplyTokens,
    RestoreBackup,
    SetRetention,
    Stop,
    Unlock,
)


def test_new_keys_keep_the_passphrase_and_give_a_new_recovery_key(make, passphrase):
    bench = make()
    chat = bench.ask(Reply(text="kept through it")).conversation.id
    changed = bench.ask(ChangeKeys(current=passphrase))
    assert isinstance(changed, KeysChanged)
    assert changed.recovery_key
    assert changed.recovery_key not in repr(changed)
    assert len(bench.ask(OpenConversation(conversation_id=chat)).messages) == 2
    assert isinstance(bench.ask(Reply(conversation_id=chat, text="and after")), Done)
    assert isinstance(bench.ask(Unlock(passphrase=passphrase)), Done)
    assert isinstance(bench.ask(Unlock(recovery_key=changed.recovery_key)), Done)
    assert "keys_changed" in {line.action for line in bench.ask(ReadPrivacy()).audit}


def test_new_keys_can_come_with_a_new_passphrase(make, passphrase):
    bench = make()
    assert isinstance(bench.ask(ChangeKeys(current=passphrase, new="another")), KeysChanged)
    assert bench.ask(Unlock(passphrase=passphrase)).kind is FailureKind.WRONG_KEY
    assert isinstance(bench.ask(Unlock(passphrase="another")), Done)


def test_new_keys_need_proof(make, passphrase):
    bench = make()
    assert bench.ask(ChangeKeys(current="wrong")).kind is FailureKind.WRONG_KEY
    assert isinstance(bench.ask(Unlock(passphrase=passphrase)), Done)


def test_the_recovery_key_alone_does_not_say_how_to_lock(created):
    bench, event = created
    asked = bench.ask(ChangeKeys(recovery_key=event.recovery_key))
    assert asked.kind is FailureKind.BAD_INPUT
    changed = bench.ask(ChangeKeys(recovery_key=event.recovery_key, new="new one"))
    assert isinstance(changed, KeysChanged)
    assert isinstance(bench.ask(Unlock(passphrase="new one")), Done)


def test_erasing_everything_needs_the_typed_word(make, passphrase):
    bench = make()
    bench.ask(Reply(text="stays"))
    for untyped in ("", "erase", ERASE_WORD + "!"):
        refused = bench.ask(EraseAll(confirmation=untyped))
        assert refused.kind is FailureKind.BAD_INPUT
    assert len(bench.ask(ListConversations()).conversations) == 1


def test_after_erasing_everything_the_profile_is_new(make, passphrase):
    bench = make()
    bench.ask(Reply(text="goes"))
    replaced = bench.ask(EraseAll(confirmation=ERASE_WORD))
    assert isinstance(replaced, ProfileReplaced)
    assert replaced.erased
    status = bench.ask(ReadStatus())
    assert (status.state, status.key_slots) == ("new", ())
    assert bench.ask(ListConversations()).kind is FailureKind.LOCKED
    assert bench.ask(Unlock(passphrase=passphrase)).kind is FailureKind.LOCKED
    assert isinstance(bench.ask(CreateProfile(passphrase="second life")), Done)
    assert bench.ask(ListConversations()).conversations == ()


def test_backups_are_listed_and_restored(make):
    bench = make()
    assert isinstance(bench.ask(BackUp()), Done)
    newest = bench.ask(ReadPrivacy()).backups[0]
    assert newest.made_at > 0
    assert newest.size_bytes > 0
    replaced = bench.ask(RestoreBackup(name=newest.name))
    assert isinstance(replaced, ProfileReplaced)
    assert not replaced.erased
    assert bench.ask(RestoreBackup(name="no such")).kind is FailureKind.NOT_FOUND
    assert isinstance(bench.ask(Reply(text="life goes on")), Done)


def test_how_long_a_conversation_is_kept_can_be_chosen(make):
    bench = make()
    chat = bench.ask(Reply(text="hello")).conversation.id
    assert bench.ask(ListConversations()).conversations[0].retention_days is None
    for days in (30, 0, None):
        changed = bench.ask(SetRetention(conversation_id=chat, days=days))
        assert changed.conversation.retention_days == days
    assert bench.ask(SetRetention(conversation_id="none", days=1)).kind is FailureKind.NOT_FOUND
    assert dict(bench.ask(ReadSettings()).values)["retention_days"] == 0


@pytest.mark.parametrize("command", [
    ChangeKeys(), EraseAll(confirmation=ERASE_WORD), BackUp(), RestoreBackup(name="x"),
    SetRetention(conversation_id="x", days=1),
], ids=lambda command: type(command).__name__)  # fmt: skip
def test_a_locked_profile_refuses_them(make, command):
    bench = make(state="locked")
    assert bench.ask(command).kind is FailureKind.LOCKED
    assert bench.ask(ReadStatus()).state == "locked"


def test_nothing_is_replaced_under_a_running_answer(make, passphrase, monkeypatch, request):
    if "host" not in request.node.callspec.id:
        pytest.skip("the scripted engine has no files")
    monkeypatch.setattr("engine.session._PATIENCE_S", 0.1)
    bench = make(token_s=0.02)
    streaming = Reply(text="a long one")
    bench.submit(streaming)
    bench.wait_for(ReplyTokens, streaming.job)
    for command in (
        ChangeKeys(current=passphrase), EraseAll(confirmation=ERASE_WORD), RestoreBackup(name="x"),
    ):  # fmt: skip
        refused = bench.ask(command)
        assert refused.kind is FailureKind.BAD_INPUT
        assert "at work" in refused.detail
    bench.submit(Stop(target=streaming.job))
    bench.end(streaming.job)
    assert isinstance(bench.ask(ChangeKeys(current=passphrase)), KeysChanged)
    assert bench.ask(Learn()).kind is FailureKind.BAD_INPUT
