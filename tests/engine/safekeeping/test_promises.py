"""What the privacy page promises beside its settings: temporary chats, sizes, the trail."""

import pytest

from engine.contract import (
    ChangeSetting,
    CreateProfile,
    Done,
    ExportChats,
    ListExamples,
    OpenConversation,
    ReadPrivacy,
    Reply,
    ReplyOptions,
    ReviewExample,
    SaveMemory,
    SearchMessages,
    SetConversationConsent,
    SetMessageConsent,
    Unlock,
)
from engine.model.describe import describe_gguf
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from tests.storage.support import canary_hits, plain_pages
from tests.support.host_driver import HostDriver
from tests.support.tiny_gguf import TinyGguf

WORD = "Quokkabramble"
SHORT = ReplyOptions(max_tokens=4, temperature=0.0)


@pytest.fixture
def paths(tmp_path):
    return ProfilePaths(tmp_path / "profile")


@pytest.fixture
def driver(paths, tmp_path_factory, monkeypatch):
    """A host on a new profile, answering with a tiny model."""
    file = TinyGguf().write(tmp_path_factory.mktemp("model") / "tiny.gguf")
    monkeypatch.setattr("engine.library.models.embedded_model",
                        lambda: describe_gguf(file, "a" * 64))  # fmt: skip
    with HostDriver(paths) as made:
        made.ask(CreateProfile(passphrase="a"))
        yield made


def say(driver, text, **how):
    done = driver.ask(Reply(text=text, options=SHORT, **how))
    assert isinstance(done, Done), done
    return done


def pages(paths):
    """All of the database in the clear, freed pages and the log included."""
    key = KeyFile(paths.key_file, cost=CHEAP_COST).unlock_passphrase("a")
    return plain_pages(paths.database, key)


def actions(driver):
    return [line.action for line in driver.ask(ReadPrivacy()).audit]


def test_a_temporary_chat_reaches_no_page_of_the_database(driver, paths):
    say(driver, "This one is kept: Zwiebelturm.")
    first = say(driver, f"{WORD} and nothing else", temporary=True)
    say(driver, f"Again {WORD}", temporary=True, conversation_id=first.conversation.id)
    assert driver.ask(SearchMessages(query=WORD)).hits == ()
    found = pages(paths)
    assert b"Zwiebelturm" in found
    assert WORD.encode() not in found
    assert canary_hits(paths.root, [WORD]) == []


def test_a_temporary_chat_is_never_learned_from(driver):
    driver.ask(ChangeSetting(key="learning_consent", value=True))
    say(driver, "My dog's name is Biscuit.", temporary=True)
    assert driver.ask(ListExamples()).examples == ()


def test_every_file_of_the_profile_is_listed_with_its_size(driver, paths):
    say(driver, f"{WORD} is here.")
    driver.ask(SaveMemory(text="I live in Ghent."))
    read = driver.ask(ReadPrivacy())
    listed = {item.name: item for item in read.items}
    assert (listed["conversations"].count, listed["messages"].count) == (1, 2)
    assert listed["memories"].count == 1
    names = {item.path.split("/")[0] for item in read.items}
    unlisted = [path for path in paths.root.rglob("*") if path.is_file()
                and not path.relative_to(paths.root).parts[0].startswith(tuple(names))]  # fmt: skip
    assert unlisted == [paths.instance_lock]
    for item in read.items:
        files = [path for path in paths.root.glob(f"{item.path}*") if path.is_file()]
        files += [path for path in (paths.root / item.path).rglob("*") if path.is_file()]
        if item.size_bytes:
            assert item.size_bytes == sum(path.stat().st_size for path in files), item.name


def test_the_trail_tells_each_act_once_and_never_a_word(driver, tmp_path):
    driver.ask(ChangeSetting(key="learning_consent", value=True))
    chat = say(driver, "My dog's name is Biscuit.").conversation.id
    driver.ask(SetConversationConsent(conversation_id=chat, allowed=True))
    example = driver.ask(ListExamples()).examples[0].id
    driver.ask(ReviewExample(example_id=example, status="approved"))
    driver.ask(SetConversationConsent(conversation_id=chat, allowed=False))
    driver.ask(ExportChats(path=str(tmp_path / "out.jsonl"), format="jsonl"))
    driver.ask(ChangeSetting(key="learning_consent", value=False))
    trail = actions(driver)
    assert trail[:6] == ["learning_off", "chats_exported", "consent_withdrawn", "example_approved",
                         "consent_given", "learning_on"]  # fmt: skip
    lines = driver.ask(ReadPrivacy()).audit
    assert all("Biscuit" not in line.detail for line in lines)
    times = [line.at for line in lines]
    assert times == sorted(times, reverse=True)


def test_a_message_that_is_kept_out_is_not_proposed(driver):
    driver.ask(ChangeSetting(key="learning_consent", value=True))
    chat = say(driver, "My dog's name is Biscuit.").conversation.id
    opened = driver.ask(OpenConversation(conversation_id=chat))
    asked = opened.messages[0].id
    driver.ask(SetConversationConsent(conversation_id=chat, allowed=True))
    assert driver.ask(ListExamples()).examples
    driver.ask(SetMessageConsent(message_id=asked, allowed=False))
    assert driver.ask(ListExamples()).examples == ()


def test_a_lock_asks_for_the_passphrase_again(driver, paths):
    say(driver, f"{WORD} is here.")
    driver.__exit__(None, None, None)
    with HostDriver(paths) as again:
        assert not isinstance(again.ask(SearchMessages(query=WORD)), Done)
        assert not isinstance(again.ask(Unlock(passphrase="b")), Done)
        assert isinstance(again.ask(Unlock(passphrase="a")), Done)
        assert len(again.ask(SearchMessages(query=WORD)).hits) == 1
