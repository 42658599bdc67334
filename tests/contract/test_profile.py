"""Making, locking and opening a profile; what a locked one refuses."""

from engine.contract import (
    ChangePassphrase,
    ChangeSetting,
    CreateProfile,
    Diagnose,
    Diagnosed,
    Done,
    Failed,
    FailureKind,
    Learn,
    ListConversations,
    ListModels,
    LoadModel,
    OpenConversation,
    PrivacyRead,
    ProfileCreated,
    ProfileUnlocked,
    ReadPrivacy,
    ReadSettings,
    ReadStatus,
    Reply,
    ReplyStarted,
    ReplyTokens,
    SearchMessages,
    Stop,
    Unlock,
)
from storage.records import MessageState


def test_a_new_profile_is_made_and_open(created):
    bench, event = created
    assert isinstance(event, ProfileCreated)
    assert event.recovery_key
    status = bench.ask(ReadStatus())
    assert (status.state, set(status.key_slots)) == ("open", {"passphrase", "recovery"})


def test_a_second_profile_is_refused(created, passphrase):
    bench, _ = created
    refused = bench.ask(CreateProfile(passphrase=passphrase))
    assert refused.kind is FailureKind.BAD_INPUT


def test_without_a_keyring_a_passphrase_is_asked_for(make):
    bench = make(state="new", keyring=False)
    refused = bench.ask(CreateProfile())
    assert refused.kind is FailureKind.KEYRING_UNAVAILABLE
    assert bench.ask(ReadStatus()).state == "new"
    assert isinstance(bench.ask(CreateProfile(passphrase="x")), ProfileCreated)


def test_unlocking_an_open_profile_proves_the_key_and_disturbs_nothing(make, passphrase):
    bench = make(token_s=0.02)
    streaming = Reply(text="a story")
    bench.submit(streaming)
    bench.wait_for(ReplyTokens, streaming.job)
    assert bench.ask(Unlock(passphrase="wrong")).kind is FailureKind.WRONG_KEY
    assert isinstance(bench.ask(Unlock(passphrase=passphrase)), ProfileUnlocked)
    chat = bench.wait_for(ReplyStarted, streaming.job).conversation.id
    answer = bench.ask(OpenConversation(conversation_id=chat)).messages[-1]
    assert answer.state is MessageState.STREAMING
    bench.submit(Stop(target=streaming.job))
    bench.end(streaming.job)


def test_the_recovery_key_opens(created):
    bench, event = created
    assert isinstance(bench.ask(Unlock(recovery_key=event.recovery_key)), ProfileUnlocked)


def test_nothing_works_before_a_profile_is_made(make):
    bench = make(state="new")
    assert bench.ask(ReadStatus()).state == "new"
    for command in (ListConversations(), SearchMessages(query="x"), Unlock(), Reply(text="x")):
        assert bench.ask(command).kind is FailureKind.LOCKED


def test_a_locked_profile_refuses_everything_but_opening(make):
    bench = make(state="locked")
    assert bench.ask(ReadStatus()).state == "locked"
    for command in (
        ListConversations(), ReadSettings(), ReadPrivacy(), ListModels(), Reply(text="hello"),
        LoadModel(), Learn(), ChangeSetting(key="theme", value="dark"),
    ):  # fmt: skip
        failed = bench.ask(command)
        assert isinstance(failed, Failed)
        assert failed.kind is FailureKind.LOCKED


def test_a_locked_profile_can_be_diagnosed(make):
    assert isinstance(make(state="locked").ask(Diagnose()), Diagnosed)


def test_a_wrong_passphrase_is_told_and_the_right_one_opens(make, passphrase):
    bench = make(state="locked")
    wrong = bench.ask(Unlock(passphrase="not this one"))
    assert wrong.kind is FailureKind.WRONG_KEY
    assert bench.ask(ReadStatus()).state == "locked"
    assert isinstance(bench.ask(Unlock(passphrase=passphrase)), ProfileUnlocked)
    assert bench.ask(ReadStatus()).state == "open"


def test_the_passphrase_can_be_changed(make, passphrase):
    bench = make()
    wrong = bench.ask(ChangePassphrase(current="other", new="new one"))
    assert wrong.kind is FailureKind.WRONG_KEY
    assert isinstance(bench.ask(ChangePassphrase(current=passphrase, new="new one")), Done)
    assert bench.ask(Unlock(passphrase=passphrase)).kind is FailureKind.WRONG_KEY
    assert isinstance(bench.ask(Unlock(passphrase="new one")), ProfileUnlocked)


def test_settings_are_checked_and_kept(make):
    bench = make()
    bad = bench.ask(ChangeSetting(key="temperature", value=99.0))
    assert bad.kind is FailureKind.BAD_INPUT
    unknown = bench.ask(ChangeSetting(key="no such", value=1))
    assert unknown.kind is FailureKind.BAD_INPUT
    assert isinstance(bench.ask(ChangeSetting(key="temperature", value=0.0)), Done)
    assert dict(bench.ask(ReadSettings()).values)["temperature"] == 0.0


def test_privacy_counts_what_is_stored(make):
    bench = make()
    bench.ask(Reply(text="count me"))
    read = bench.ask(ReadPrivacy())
    assert isinstance(read, PrivacyRead)
    assert {item.name: item.count for item in read.items}["messages"] == 2
