"""Opens the profile for a command, or makes it where the command may."""

from pathlib import Path

from engine.contract import (
    CreateProfile,
    ProfileCreated,
    ProfileUnlocked,
    ReadStatus,
    StatusRead,
    Unlock,
)
from ui.terminal.console import Console
from ui.terminal.session import CommandError, Session

_NEED_FILE = "give --passphrase-file FILE with the passphrase on the first line of FILE."


def read_passphrase(path: Path | None) -> str | None:
    """The first line of the passphrase file, without its line end; None without a file.

    Raises:
        CommandError: when the file cannot be read, is not UTF-8 text, or begins with an empty line.
    """
    if path is None:
        return None
    try:
        with path.open(encoding="utf-8-sig") as file:
            passphrase = file.readline(65536).rstrip("\r\n")
    except OSError as error:
        raise CommandError(f"The passphrase file cannot be read ({error.strerror}); "
                           "check the path after --passphrase-file.") from None
    except UnicodeDecodeError:
        raise CommandError("The passphrase file is not UTF-8 text; save it as such.") from None
    if not passphrase:
        raise CommandError("The first line of the passphrase file is empty; "
                           "write the passphrase there.")
    return passphrase


def open_profile(
    session: Session, passphrase: str | None, console: Console, *, create: bool
) -> None:
    """Opens the profile; with `create` a missing one is made and its recovery key told once.

    Raises:
        CommandError: when it cannot be opened; the sentence says what to do.
    """
    status = session.run(ReadStatus(), StatusRead)
    match status.state:
        case "open":
            return
        case "new" if create:
            _create(session, status, passphrase, console)
        case "new":
            raise CommandError(f"There is no profile in {status.profile_path} yet; the commands "
                               "chat, ask, import, learn and skill teach make one.")
        case "locked":
            _unlock(session, status, passphrase)
        case _:
            raise CommandError(status.detail)


def _create(
    session: Session, status: StatusRead, passphrase: str | None, console: Console
) -> None:
    if passphrase is None and not status.keyring_available:
        raise CommandError("A new profile needs a key and this system has no keyring to keep it; "
                           + _NEED_FILE)
    created = session.run(CreateProfile(passphrase=passphrase), ProfileCreated)
    console.note(f"A new profile was made in {status.profile_path}. Write down its recovery key, "
                 "which opens it if the passphrase or the keyring is lost and is shown only now:")
    console.note(f"    {created.recovery_key}")


def _unlock(session: Session, status: StatusRead, passphrase: str | None) -> None:
    if passphrase is None and "keyring" not in status.key_slots:
        raise CommandError("This profile is locked with a passphrase; " + _NEED_FILE)
    if passphrase is not None and "passphrase" not in status.key_slots:
        raise CommandError("This profile has no passphrase, its key is in the system keyring; "
                           "leave out --passphrase-file.")
    session.run(Unlock(passphrase=passphrase), ProfileUnlocked)
