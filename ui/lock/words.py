"""What the lock page says in each state."""

from PySide6.QtCore import QCoreApplication

from ui.lock.presenter import Screen

__all__ = ["heading_text", "help_text"]


def heading_text(screen: Screen) -> str:
    """What is the matter, in a few words."""
    translate = QCoreApplication.translate
    return {
        Screen.WAITING: translate("LockWords", "One moment…"),
        Screen.PASSPHRASE: translate("LockWords", "Confidant is locked"),
        Screen.RECOVERY: translate("LockWords", "Open with the recovery key"),
        Screen.KEYRING: translate("LockWords", "Waiting for the system keyring"),
        Screen.KEY_MISSING: translate("LockWords", "The key to your data is not here"),
        Screen.DAMAGED: translate("LockWords", "Your data could not be read"),
        Screen.IN_USE: translate("LockWords", "Confidant is already open"),
    }[screen]


def help_text(screen: Screen, *, can_recover: bool) -> str:
    """What to do next."""
    if screen is Screen.KEY_MISSING and not can_recover:
        return QCoreApplication.translate(
            "LockWords",
            "Nothing was changed and nothing new was made. The file with the wrapped key is "
            "missing from the profile folder; put it back from a copy, then try again.",
        )
    return _usual_help(screen)


def _usual_help(screen: Screen) -> str:
    translate = QCoreApplication.translate
    return {
        Screen.WAITING: "",
        Screen.PASSPHRASE: translate("LockWords", "Type your passphrase to go on."),
        Screen.RECOVERY: translate(
            "LockWords",
            "Type the key you were given at set-up. Afterwards you can set a new passphrase on "
            "the Privacy page.",
        ),
        Screen.KEYRING: translate(
            "LockWords", "Unlock the keyring of your system, then try again."
        ),
        Screen.KEY_MISSING: translate(
            "LockWords",
            "Nothing was changed and nothing new was made. Your recovery key opens the profile.",
        ),
        Screen.DAMAGED: translate(
            "LockWords",
            "Nothing was changed. The newest backup that passes every check can take the place of "
            "the damaged file, which is kept beside it under a new name.",
        ),
        Screen.IN_USE: translate(
            "LockWords", "Go to its window, or close it there and try again here."
        ),
    }[screen]
