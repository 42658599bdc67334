"""Distinctive words of a whole life of a profile are in no file, whatever happens to it."""

import time
from pathlib import Path

from storage.profile import ProfilePaths
from storage.records import ExampleKind, ExampleRecord, MessageState, Role
from storage.store import Store
from tests.storage.support import canary_hits, cheap_key_file, start

WORDS = ["Quokkabramble", "Zwiebelturm7731", "独一无二的词语甲乙丙", "PassphraseCanary99"]
LIVER = Path(__file__).with_name("live_with_words.py")


def test_the_scanner_finds_words_in_every_form(tmp_path: Path) -> None:
    import base64

    for number, word in enumerate(WORDS):
        (tmp_path / f"plain{number}").write_bytes(b"x" * number + word.encode() + b"y")
        (tmp_path / f"wide{number}").write_bytes(b"x" + word.encode("utf-16-le"))
        (tmp_path / f"big{number}").write_bytes(word.encode("utf-16-be"))
        for lead in range(4):
            coded = base64.b64encode(b"z" * lead + word.encode() + b"tail")
            (tmp_path / f"coded{number}{lead}").write_bytes(coded)
    (tmp_path / "clean").write_bytes(b"nothing")
    assert len(canary_hits(tmp_path, WORDS)) == 7 * len(WORDS)


def test_no_word_is_in_any_file_after_use_and_kill(paths: ProfilePaths, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    liver = start(LIVER, paths.root, temporary, *WORDS)
    assert liver.stdout is not None
    assert liver.stdout.readline().strip() == "lived"
    time.sleep(0.05)
    assert canary_hits(tmp_path, WORDS) == []
    liver.kill()
    liver.wait()
    liver.stdout.close()
    assert canary_hits(tmp_path, WORDS) == []
    key = cheap_key_file(paths).unlock_passphrase(WORDS[3])
    store = Store.open(paths, key)
    assert len(store.messages.search(WORDS[0])) > 0
    assert len(store.messages.search(WORDS[2][3:6])) > 0
    store.backup()
    store.close()
    assert canary_hits(tmp_path, WORDS) == []


def test_what_is_printed_of_records_and_errors_holds_no_word(store: Store) -> None:
    chat = store.conversations.create(WORDS[0])
    message = store.messages.add(
        chat.id, parent_id=None, role=Role.USER, text=WORDS[0], state=MessageState.COMPLETE
    )
    memory = store.memories.add(WORDS[0])
    example = store.examples.add(
        ExampleRecord(id="", kind=ExampleKind.FACT, noun=WORDS[0], question=WORDS[0],
                      answer=WORDS[0], value=WORDS[0], source_text=WORDS[0])
    )  # fmt: skip
    shown = repr((chat, message, memory, example, store.messages.search(WORDS[0])))
    assert WORDS[0] not in shown
