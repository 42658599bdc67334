"""Making a new profile, also where an earlier attempt was cut off."""

from storage.data_key import DataKey
from storage.files import PARTIAL_SUFFIX, sync_folder
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.store import Store


def profile_exists(paths: ProfilePaths) -> bool:
    """Whether there is a profile: a database, a copy of one, a sealed file, or a finished key file.

    What a set-up leaves that was cut off halfway is none; its mark still stands.
    """
    copies = paths.root.glob(paths.database.name + "*")
    if any(PARTIAL_SUFFIX not in path.name for path in copies):
        return True
    if any(any(folder.glob("*")) for folder in (paths.backups, paths.vault)):
        return True
    return KeyFile(paths.key_file).exists and not paths.setup_mark.exists()


def create_profile(
    paths: ProfilePaths, key_file: KeyFile, *, passphrase: str | None
) -> tuple[Store, DataKey, str]:
    """Makes key file and database; returns the open store, the key, and the recovery key to show.

    A key file that no data was ever encrypted with is set aside. Raises `StoreError` when there
    is a profile already, `KeyringUnavailable` when there is neither passphrase nor safe keyring.
    """
    paths.prepare()
    if key_file.exists and not profile_exists(paths):
        key_file.set_aside()
    if not key_file.exists and not profile_exists(paths):
        paths.setup_mark.touch()
        sync_folder(paths.root)
    key, recovery = key_file.create(passphrase=passphrase)
    store = Store.create(paths, key)
    paths.setup_mark.unlink(missing_ok=True)
    return store, key, recovery
