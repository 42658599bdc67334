"""The key file: ways in, wrong ways, damage, crashes between its two copies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import key_document, recovery_key
from storage.data_key import DataKey, derive
from storage.errors import KeyMissing, ProfileTooNew, RecoveryTypo, StoreError, WrongKey
from storage.passphrase_slot import CHEAP_COST, Argon2Cost, calibrate, stretch
from storage.profile import ProfilePaths
from storage.wrapping import unwrap, wrap
from tests.storage.support import FakeKeyring, cheap_key_file, safe_keyring, snapshot


def test_passphrase_and_recovery_open_the_same_key(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    key, recovery = file.create(passphrase="correct horse")
    assert file.slots == {"passphrase", "recovery"}
    assert file.unlock_passphrase("correct horse").secret == key.secret
    assert file.unlock_recovery(recovery.lower().replace("-", " ")).secret == key.secret


def test_keyring_opens_the_same_key(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths, safe_keyring(FakeKeyring()))
    key, _ = file.create(passphrase=None)
    assert file.slots == {"keyring", "recovery"}
    assert file.unlock_keyring().secret == key.secret


def test_wrong_ways_in_are_told_apart_and_change_nothing(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    _, recovery = file.create(passphrase="right")
    before = snapshot(paths.root)
    with pytest.raises(WrongKey, match="passphrase"):
        file.unlock_passphrase("wrong")
    with pytest.raises(RecoveryTypo):
        file.unlock_recovery(recovery[:-1] + ("A" if recovery[-1] != "A" else "B"))
    other = recovery_key.to_text(recovery_key.generate_secret())
    with pytest.raises(WrongKey, match="another profile") as caught:
        file.unlock_recovery(other)
    assert not isinstance(caught.value, RecoveryTypo)
    with pytest.raises(KeyMissing):
        file.unlock_keyring()
    assert snapshot(paths.root) == before


def test_the_same_passphrase_in_another_unicode_form_opens(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    key, _ = file.create(passphrase="caf\u00e9")
    assert file.unlock_passphrase("cafe\u0301").secret == key.secret


def test_changing_the_passphrase_ends_the_old_one_in_both_copies(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    key, recovery = file.create(passphrase="old")
    file.set_passphrase(key, "new")
    assert file.unlock_passphrase("new").secret == key.secret
    assert file.unlock_recovery(recovery).secret == key.secret
    paths.key_file.unlink()
    with pytest.raises(WrongKey):
        file.unlock_passphrase("old")


def test_passphrase_lock_drops_the_keyring_and_back(paths: ProfilePaths) -> None:
    backend = FakeKeyring()
    file = cheap_key_file(paths, safe_keyring(backend))
    key, _ = file.create(passphrase=None)
    file.set_passphrase(key, "lock")
    assert file.slots == {"passphrase", "recovery"}
    assert backend.entries == {}
    file.use_keyring(key)
    assert file.slots == {"keyring", "recovery"}
    assert file.unlock_keyring().secret == key.secret
    with pytest.raises(KeyMissing):
        file.unlock_passphrase("lock")


def test_renewing_the_keyring_entry_leaves_just_one(paths: ProfilePaths) -> None:
    backend = FakeKeyring()
    file = cheap_key_file(paths, safe_keyring(backend))
    key, _ = file.create(passphrase=None)
    file.use_keyring(key)
    assert len(backend.entries) == 1
    assert file.unlock_keyring().secret == key.secret


def test_another_key_cannot_be_put_into_the_slots(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    file.create(passphrase="mine")
    before = snapshot(paths.root)
    with pytest.raises(WrongKey):
        file.set_passphrase(DataKey.generate(), "theirs")
    assert snapshot(paths.root) == before


def test_empty_passphrase_and_second_creation_are_refused(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    with pytest.raises(StoreError, match="empty"):
        file.create(passphrase="")
    assert not file.exists
    file.create(passphrase="x")
    with pytest.raises(StoreError, match="already"):
        file.create(passphrase="y")


def test_a_crash_between_file_and_copy_opens_with_the_new_alone(
    paths: ProfilePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cheap_key_file(paths)
    key, _ = file.create(passphrase="old")
    stale = key_document.copy_of(paths.key_file).read_bytes()
    file.set_passphrase(key, "new")
    key_document.copy_of(paths.key_file).write_bytes(stale)
    with pytest.raises(WrongKey):
        file.unlock_passphrase("old")
    assert file.unlock_passphrase("new").secret == key.secret
    assert key_document.copy_of(paths.key_file).read_bytes() == paths.key_file.read_bytes()


def test_every_flipped_byte_is_found_and_the_copy_opens(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    key, recovery = file.create(passphrase="x")
    whole = paths.key_file.read_bytes()
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 0x11
        paths.key_file.write_bytes(flipped)
        assert file.unlock_recovery(recovery).secret == key.secret
        assert paths.key_file.read_bytes() == whole, f"byte {at} was not put right"


def test_both_copies_damaged_is_a_missing_key_and_changes_nothing(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    file.create(passphrase="x")
    for place in (paths.key_file, key_document.copy_of(paths.key_file)):
        place.write_bytes(place.read_bytes()[:-40])
    before = snapshot(paths.root)
    assert len(file.problems()) == 2
    with pytest.raises(KeyMissing, match="damaged"):
        file.unlock_passphrase("x")
    assert snapshot(paths.root) == before


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"\xff\xfe", b"[" * 50_000, b'{"a":1}'])
def test_garbage_key_files_are_refused(paths: ProfilePaths, content: bytes) -> None:
    paths.prepare()
    paths.key_file.write_bytes(content)
    with pytest.raises(KeyMissing):
        cheap_key_file(paths).unlock_passphrase("x")


def test_a_later_format_says_so(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    file.create(passphrase="x")
    body = json.loads(paths.key_file.read_bytes())
    body["version"] = 2
    del body["digest"]
    body["digest"] = key_document._digest(body)
    paths.key_file.write_text(json.dumps(body))
    with pytest.raises(ProfileTooNew):
        file.unlock_passphrase("x")


def test_a_memory_bomb_in_the_key_file_is_refused(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    file.create(passphrase="x")
    document = key_document.load(paths.key_file)
    slot = document.slots["passphrase"]
    bomb = key_document.Slot(slot.wrapped, slot.salt, (2**40, 1, 1))
    key_document.save(paths.key_file, document.with_slots(passphrase=bomb))
    with pytest.raises(StoreError, match="impossible"):
        file.unlock_passphrase("x")


def test_nothing_secret_is_printed_or_pickled(paths: ProfilePaths) -> None:
    key, _ = cheap_key_file(paths).create(passphrase="x")
    assert key.secret.hex() not in repr(key)
    with pytest.raises(TypeError):
        key.__reduce__()


def test_key_files_are_readable_by_the_owner_alone(paths: ProfilePaths) -> None:
    cheap_key_file(paths).create(passphrase="x")
    for place in (paths.key_file, key_document.copy_of(paths.key_file)):
        assert place.stat().st_mode & 0o077 == 0


def test_derived_keys_differ_by_purpose_and_are_fixed_for_ever() -> None:
    key = DataKey(bytes(range(32)))
    assert key.database_key != key.file_key
    assert derive(key.secret, "check", 16) == key.check
    assert key.database_key.hex() == derive(bytes(range(32)), "database").hex()
    assert key.matches(DataKey(bytes(range(32))).check)
    assert not key.matches(DataKey.generate().check)


def test_wrapped_bytes_open_only_with_their_binding() -> None:
    wrapped = wrap(b"k" * 32, b"secret", b"here")
    assert unwrap(b"k" * 32, wrapped, b"here") == b"secret"
    for key, content, binding in (
        (b"j" * 32, wrapped, b"here"),
        (b"k" * 32, wrapped, b"there"),
        (b"k" * 32, wrapped[:-1], b"here"),
        (b"k" * 32, b"", b"here"),
    ):
        with pytest.raises(WrongKey):
            unwrap(key, content, binding)


@given(st.binary(min_size=20, max_size=20))
def test_recovery_keys_read_back(secret: bytes) -> None:
    text = recovery_key.to_text(secret)
    assert recovery_key.from_text(text) == secret
    assert recovery_key.from_text(text.lower().replace("1", "l").replace("0", "o")) == secret


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.integers(1, 31))
def test_one_wrong_character_is_a_typo(secret: bytes, place: int, shift: int) -> None:
    body = list(recovery_key.to_text(secret).replace("-", ""))
    alphabet = recovery_key._ALPHABET
    body[place] = alphabet[(alphabet.index(body[place]) + shift) % 32]
    with pytest.raises(RecoveryTypo):
        recovery_key.from_text("".join(body))


@pytest.mark.parametrize("text", ["", "ABC", "U" * 36, "é" * 36, "0" * 37])
def test_what_is_no_recovery_key_is_a_typo(text: str) -> None:
    with pytest.raises(RecoveryTypo):
        recovery_key.from_text(text)


def test_stretching_depends_on_everything() -> None:
    salt, cost = b"s" * 16, Argon2Cost(64, 1, 1)
    made = {
        stretch("a", salt, cost), stretch("b", salt, cost), stretch("a", b"t" * 16, cost),
        stretch("a", salt, Argon2Cost(128, 1, 1)), stretch("a", salt, Argon2Cost(64, 2, 1)),
    }  # fmt: skip
    assert len(made) == 5


def test_calibration_lowers_memory_on_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "storage.passphrase_slot._measure", lambda cost: cost.memory_kib / (64 * 1024)
    )
    assert calibrate().memory_kib == 64 * 1024
    assert calibrate().passes == 1


def test_calibration_adds_passes_on_a_fast_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.passphrase_slot._measure", lambda cost: 0.1)
    cost = calibrate()
    assert cost.memory_kib == 256 * 1024
    assert 5 <= cost.passes <= 10


def test_calibration_survives_a_machine_without_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("storage.passphrase_slot._measure", lambda cost: float("inf"))
    assert calibrate() == Argon2Cost(64 * 1024, 1, calibrate().lanes)


def test_the_cheap_cost_is_never_what_calibration_gives() -> None:
    assert CHEAP_COST.memory_kib < 1024


def test_set_aside_makes_room_for_a_new_key_file(paths: ProfilePaths) -> None:
    file = cheap_key_file(paths)
    file.create(passphrase="x")
    content = paths.key_file.read_bytes()
    file.set_aside()
    assert not file.exists
    kept = list(paths.root.glob("keys.json.unused-*"))
    assert [path.read_bytes() for path in kept] == [content]
