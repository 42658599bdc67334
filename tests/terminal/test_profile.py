"""Making and opening a profile from the terminal."""

import pytest

from engine.fake import FAKE_RECOVERY_KEY, FakeEngine, FakeScript

FAST = {"first_token_s": 0.0, "token_s": 0.0, "load_s": 0.0, "samples": False, "answer": "Yes."}


def engine_in(state, **extra):
    return FakeEngine(state, FakeScript(**FAST, **extra))


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "pass.txt"
    path.write_text("correct horse\r\nsecond line\n", encoding="utf-8")
    return path


def test_chat_makes_a_new_profile_and_tells_the_recovery_key_once(terminal, secret):
    engine = engine_in("new", keyring_available=False)
    done = terminal("chat", "--passphrase-file", secret, "hello", engine=engine)
    assert (done.code, done.out) == (0, "Yes.\n")
    assert done.err.count(FAKE_RECOVERY_KEY) == 1
    assert engine.world.passphrase == "correct horse"


def test_without_a_passphrase_the_keyring_has_the_key(terminal):
    engine = engine_in("new")
    assert terminal("chat", "hello", engine=engine).code == 0
    assert engine.world.passphrase is None


def test_no_keyring_and_no_file_says_to_give_the_file(terminal):
    engine = engine_in("new", keyring_available=False)
    assert "--passphrase-file" in terminal("chat", "hello", engine=engine).sentence
    assert engine.world.state == "new"


@pytest.mark.parametrize(
    "words", [["adapters", "list"], ["search", "x"], ["export", "none.jsonl"]]
)
def test_reading_commands_make_no_profile(terminal, words):
    engine = engine_in("new")
    assert "no profile" in terminal(*words, engine=engine).sentence
    assert engine.world.state == "new"


def test_a_locked_profile_opens_by_its_passphrase(terminal, secret):
    engine = engine_in("locked", passphrase="correct horse")
    assert terminal("chat", "--passphrase-file", secret, "hi", engine=engine).out == "Yes.\n"


def test_a_locked_profile_opens_by_the_keyring(terminal):
    assert terminal("chat", "hi", engine=engine_in("locked")).out == "Yes.\n"


def test_a_locked_profile_without_passphrase(terminal):
    engine = engine_in("locked", passphrase="other")
    assert "--passphrase-file" in terminal("chat", "hi", engine=engine).sentence


def test_a_wrong_passphrase(terminal, secret):
    engine = engine_in("locked", passphrase="other")
    done = terminal("chat", "--passphrase-file", secret, "hi", engine=engine)
    assert "not the right passphrase" in done.sentence
    assert engine.world.state == "locked"


def test_a_passphrase_for_a_profile_of_the_keyring(terminal, secret):
    done = terminal("chat", "--passphrase-file", secret, "hi", engine=engine_in("locked"))
    assert "leave out" in done.sentence


@pytest.mark.parametrize(
    ("state", "words"),
    [("damaged", "damaged"), ("in_use", "already open"), ("key_missing", "recovery key")],
)
def test_a_profile_that_cannot_be_opened_says_why(terminal, state, words):
    assert words in terminal("chat", "hi", engine=engine_in(state)).sentence


def test_passphrase_files_that_cannot_be_used(terminal, tmp_path):
    (tmp_path / "empty").write_text("\nsecret\n", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xfd")
    for name, word in (("none", "cannot be read"), ("empty", "empty"), ("binary", "UTF-8")):
        engine = engine_in("new")
        done = terminal("chat", "--passphrase-file", tmp_path / name, "hi", engine=engine)
        assert word in done.sentence
        assert "secret" not in done.err
        assert engine.world.state == "new"
