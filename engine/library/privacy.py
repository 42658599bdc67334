"""What is stored of the user, where, and how large."""

from dataclasses import asdict

from engine.contract import PrivacyRead, ReadPrivacy, StoredItem
from engine.session import Session
from storage.store import Store

__all__ = ["read_privacy"]

_AUDIT_LINES = 500


def read_privacy(store: Store, session: Session, command: ReadPrivacy) -> PrivacyRead:
    """Counts and sizes, and the newest lines of the audit trail."""
    return PrivacyRead(
        job=command.job,
        profile_path=str(session.paths.root),
        key_slots=session.slots(),
        items=tuple(StoredItem(**asdict(figure)) for figure in store.figures()),
        audit=store.audit.list(_AUDIT_LINES),
    )
