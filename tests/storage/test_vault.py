"""Sealed files: every change is found, orphans are swept, keys die with their rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import NotFound, SealBroken
from storage.profile import ProfilePaths
from storage.sealed_stream import CHUNK_BYTES, seal, sealed_size, unseal
from storage.store import Store

KEY = b"k" * 32


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
def test_sealed_bytes_open_again(size: int) -> None:
    data = bytes(index % 251 for index in range(size))
    sealed = b"".join(seal(KEY, data, b"binding"))
    assert len(sealed) == sealed_size(size)
    assert unseal(KEY, sealed, b"binding") == data


@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(1, 255))
def test_any_changed_byte_is_found(data: bytes, at: int, change: int) -> None:
    sealed = bytearray(b"".join(seal(KEY, data, b"b")))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        unseal(KEY, bytes(sealed), b"b")


@given(st.binary(min_size=1, max_size=100), st.integers(1, 200))
def test_any_cut_or_addition_is_found(data: bytes, cut: int) -> None:
    sealed = b"".join(seal(KEY, data, b"b"))
    with pytest.raises(SealBroken):
        unseal(KEY, sealed[: -min(cut, len(sealed))], b"b")
    with pytest.raises(SealBroken):
        unseal(KEY, sealed + b"\0" * cut, b"b")


def test_chunks_cannot_be_moved_left_out_or_repeated() -> None:
    header, *chunks = seal(KEY, b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c", b"b")
    first, second, last = chunks
    for order in (
        [second, first, last], [first, last], [first, second], [first, first, second, last], [last],
        [],
    ):  # fmt: skip
        with pytest.raises(SealBroken):
            unseal(KEY, b"".join([header, *order]), b"b")


def test_files_cannot_stand_in_for_each_other(store: Store, paths: ProfilePaths) -> None:
    a, b = store.vault.seal("adapter", b"one"), store.vault.seal("adapter", b"two")
    store.vault.seal("checkpoint", b"three")
    place_a, place_b = (paths.vault / f"{name}.sealed" for name in (a, b))
    swapped = place_a.read_bytes(), place_b.read_bytes()
    place_b.write_bytes(swapped[0])
    place_a.write_bytes(swapped[1])
    for name in (a, b):
        with pytest.raises(SealBroken):
            store.vault.open(name)
    assert len(store.check()) == 2


def test_a_key_moved_to_another_row_or_kind_does_not_open(store: Store) -> None:
    a, b = store.vault.seal("adapter", b"one"), store.vault.seal("adapter", b"two")
    keys = dict(store._db.rows("SELECT id, wrapped_key FROM files"))
    store._db.execute("UPDATE files SET wrapped_key = ? WHERE id = ?", (keys[b], a))
    store._db.execute("UPDATE files SET kind = 'checkpoint' WHERE id = ?", (b,))
    for name in (a, b):
        with pytest.raises(SealBroken):
            store.vault.open(name)


def test_files_hold_nothing_in_the_clear(store: Store, paths: ProfilePaths) -> None:
    file_id = store.vault.seal("adapter", b"distinctive content " * 100)
    content = (paths.vault / f"{file_id}.sealed").read_bytes()
    assert b"distinctive" not in content
    assert store.vault.open(file_id) == b"distinctive content " * 100


def test_destroying_removes_row_and_file(store: Store, paths: ProfilePaths) -> None:
    kept, gone = store.vault.seal("adapter", b"a"), store.vault.seal("checkpoint", b"b")
    store.vault.destroy(gone)
    store.vault.destroy("never there")
    with pytest.raises(NotFound):
        store.vault.open(gone)
    assert [path.stem for path in paths.vault.iterdir()] == [kept]
    assert store.vault.sizes() == {"adapter": (1, sealed_size(1))}


def test_a_destruction_that_is_undone_keeps_the_file(store: Store) -> None:
    file_id = store.vault.seal("adapter", b"a")

    def destroy_and_fail() -> None:
        with store.transaction():
            store.vault.destroy(file_id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        destroy_and_fail()
    assert store.vault.open(file_id) == b"a"


def test_orphans_are_swept_and_nothing_else(store: Store, paths: ProfilePaths) -> None:
    kept = store.vault.seal("adapter", b"a")
    (paths.vault / ("0" * 32 + ".sealed")).write_bytes(b"orphan")
    (paths.vault / "half.sealed.partial").write_bytes(b"half")
    assert store.vault.sweep() == 2
    assert [path.stem for path in paths.vault.iterdir()] == [kept]
    assert store.vault.sweep() == 0


def test_listing_by_kind_newest_first(store: Store) -> None:
    a, b = store.vault.seal("checkpoint", b"1"), store.vault.seal("checkpoint", b"22")
    store.vault.seal("adapter", b"3")
    files = store.vault.list("checkpoint")
    assert [(file.id, file.size_bytes) for file in files] == [(b, 2), (a, 1)]
    assert len(store.vault.list()) == 3
