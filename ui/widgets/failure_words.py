"""What to do after a failure, in the language of the window where that is not English."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.contract import FailureKind

__all__ = ["failure_sentence"]

_SENTENCES = {
    FailureKind.LOCKED: QT_TRANSLATE_NOOP(
        "FailureSentences", "Unlock the profile first, then try it again."
    ),
    FailureKind.WRONG_KEY: QT_TRANSLATE_NOOP(
        "FailureSentences", "This passphrase or key does not fit; look at each letter again."
    ),
    FailureKind.KEY_MISSING: QT_TRANSLATE_NOOP(
        "FailureSentences", "Use the recovery key; without a key nothing can be opened."
    ),
    FailureKind.KEYRING_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "FailureSentences", "Set a passphrase, or unlock the system's keyring and try it again."
    ),
    FailureKind.DATABASE_DAMAGED: QT_TRANSLATE_NOOP(
        "FailureSentences", "Restore a backup; the damaged file is kept beside it."
    ),
    FailureKind.IN_USE: QT_TRANSLATE_NOOP(
        "FailureSentences", "Close the other window or command that uses this profile."
    ),
    FailureKind.BAD_INPUT: QT_TRANSLATE_NOOP(
        "FailureSentences", "Change what you entered or chose, then try it again."
    ),
    FailureKind.UNSUPPORTED_MODEL: QT_TRANSLATE_NOOP(
        "FailureSentences", "Choose another model on the Models page."
    ),
    FailureKind.ADAPTER_DAMAGED: QT_TRANSLATE_NOOP(
        "FailureSentences", "Choose another version on the Learning page, or learn anew."
    ),
    FailureKind.NOT_FOUND: QT_TRANSLATE_NOOP(
        "FailureSentences", "Somebody or something deleted it meanwhile; open the list anew."
    ),
    FailureKind.OUT_OF_MEMORY: QT_TRANSLATE_NOOP(
        "FailureSentences", "Close other programs, or choose a smaller model."
    ),
    FailureKind.DISK_FULL: QT_TRANSLATE_NOOP(
        "FailureSentences", "Make room on the disk, then try it again."
    ),
    FailureKind.SHUTTING_DOWN: QT_TRANSLATE_NOOP(
        "FailureSentences", "Start Confidant again to go on."
    ),
    FailureKind.BUG: QT_TRANSLATE_NOOP(
        "FailureSentences", "Your chats are stored. If it happens again, restart Confidant."
    ),
}


def failure_sentence(kind: FailureKind) -> str:
    """One general sentence by kind; empty in English, which the engine's own sentence is in."""
    source = str(_SENTENCES[kind])
    translated = QCoreApplication.translate("FailureSentences", source)
    return "" if translated == source else translated
