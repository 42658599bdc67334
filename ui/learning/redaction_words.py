"""Kinds of redacted text in words, alone and counted."""

from PySide6.QtCore import QCoreApplication

__all__ = ["redacted_text", "redaction_text"]


def _one(kind: str) -> str:
    translate = QCoreApplication.translate
    return {
        "phone": translate("RedactionWords", "a phone number"),
        "email": translate("RedactionWords", "an e-mail address"),
        "card": translate("RedactionWords", "a card number"),
        "iban": translate("RedactionWords", "a bank account"),
        "ssn": translate("RedactionWords", "a social security number"),
        "id_number": translate("RedactionWords", "an ID number"),
        "ip": translate("RedactionWords", "a network address"),
        "url": translate("RedactionWords", "a web address"),
        "secret": translate("RedactionWords", "a secret"),
    }.get(kind, kind)


def _many(kind: str) -> str:
    translate = QCoreApplication.translate
    return {
        "phone": translate("RedactionWords", "phone numbers"),
        "email": translate("RedactionWords", "e-mail addresses"),
        "card": translate("RedactionWords", "card numbers"),
        "iban": translate("RedactionWords", "bank accounts"),
        "ssn": translate("RedactionWords", "social security numbers"),
        "id_number": translate("RedactionWords", "ID numbers"),
        "ip": translate("RedactionWords", "network addresses"),
        "url": translate("RedactionWords", "web addresses"),
        "secret": translate("RedactionWords", "secrets"),
    }.get(kind, kind)


def redacted_text(kinds: tuple[str, ...]) -> str:
    """What was taken out of one example before it came here."""
    names = ", ".join(dict.fromkeys(_one(kind.lower()) for kind in kinds))
    return QCoreApplication.translate("RedactionWords", "Removed: {names}").format(names=names)


def redaction_text(count: int, kind: str) -> str:
    """How many examples hold a kind of redacted text."""
    if count == 1:
        text = QCoreApplication.translate("RedactionWords", "1 holds {name}")
        return text.format(name=_one(kind.lower()))
    text = QCoreApplication.translate("RedactionWords", "{count} hold {name}")
    return text.format(count=count, name=_many(kind.lower()))
