"""The system keyring, and only one that really keeps secrets.

`keyring` picks whatever backend it finds; some store plain text and one forgets silently. So the
backend's class must stand on a list by its exact name, and each secret is read back and compared
after it was set. A chain of backends is never used as such: its first listed member is asked
directly, so that a secret cannot slip to another member.
"""

import hmac
import secrets
from collections.abc import Iterable

import keyring
from keyring.backend import KeyringBackend

from storage.errors import KeyMissing, KeyringUnavailable

SERVICE = "Confidant"
SAFE_BACKENDS = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    }
)
_CHAINER = "keyring.backends.chainer.ChainerBackend"
_UNAVAILABLE = "This system offers no safe keyring; protect the profile with a passphrase."
_SILENT = "The system keyring did not answer; unlock it, or use the recovery key."


def class_name(backend: object) -> str:
    """Module and class of `backend`, as the list of safe ones names them."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


class SystemKeyring:
    """Sets, gets and deletes one text by name in a keyring that passed the list.

    `backend` None takes the one that `keyring` chose for this system.
    """

    def __init__(
        self, backend: KeyringBackend | None = None, safe: frozenset[str] = SAFE_BACKENDS
    ) -> None:
        self._chosen = backend
        self._safe = safe

    def status(self) -> tuple[bool, str]:
        """Whether a safe keyring is there, and the class name of what was found."""
        backend = self._find()
        name = class_name(backend if backend is not None else self._present())
        return backend is not None, name

    def set(self, name: str, text: str) -> None:
        """Stores and reads back; raises `KeyringUnavailable` when it did not keep the text."""
        backend = self._require()
        try:
            backend.set_password(SERVICE, name, text)
            kept = backend.get_password(SERVICE, name)
        except Exception:
            raise KeyringUnavailable(_SILENT) from None
        if kept is None or not hmac.compare_digest(kept.encode(), text.encode()):
            self.delete(name)
            raise KeyringUnavailable(
                "The system keyring did not keep the key; protect the profile with a passphrase."
            )

    def get(self, name: str) -> str:
        """The stored text; raises `KeyMissing` when the keyring answers that it has none."""
        backend = self._require()
        try:
            kept = backend.get_password(SERVICE, name)
        except Exception:
            raise KeyringUnavailable(_SILENT) from None
        if kept is None:
            raise KeyMissing("The keyring no longer holds the key; open with the recovery key.")
        return kept

    def delete(self, name: str) -> bool:
        """Removes the text if it can; False when the keyring is away or had none."""
        backend = self._find()
        if backend is None:
            return False
        try:
            backend.delete_password(SERVICE, name)
        except Exception:
            return False
        return True

    def probe(self) -> bool:
        """Whether a throw-away text is really kept; leaves nothing behind."""
        name = f"probe-{secrets.token_hex(8)}"
        try:
            self.set(name, secrets.token_hex(16))
        except KeyringUnavailable:
            return False
        self.delete(name)
        return True

    def _present(self) -> KeyringBackend:
        return self._chosen if self._chosen is not None else keyring.get_keyring()

    def _require(self) -> KeyringBackend:
        backend = self._find()
        if backend is None:
            raise KeyringUnavailable(_UNAVAILABLE)
        return backend

    def _find(self) -> KeyringBackend | None:
        present = self._present()
        members: Iterable[object] = [present]
        if class_name(present) == _CHAINER:
            members = present.backends  # type: ignore[attr-defined]
        for member in members:
            if isinstance(member, KeyringBackend) and class_name(member) in self._safe:
                return member
        return None


def keyring_status() -> tuple[bool, str]:
    """Whether this system has a keyring on the safe list, and the class name of what it has.

    Asks nothing of the keyring itself, so no prompt appears.
    """
    return SystemKeyring().status()
