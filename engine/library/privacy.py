"""What is stored of the user, where, and how large."""

from dataclasses import asdict
from pathlib import Path

from engine.contract import BackupInfo, PrivacyRead, ReadPrivacy, StoredItem
from engine.offline import guard, watch
from engine.session import Session
from storage.store import Store

__all__ = ["note_refused", "read_privacy"]

_AUDIT_LINES = 500


def read_privacy(store: Store, session: Session, command: ReadPrivacy) -> PrivacyRead:
    """Counts and sizes, and the newest lines of the audit trail."""
    note_refused(store)
    return PrivacyRead(
        job=command.job,
        profile_path=str(session.paths.root),
        key_slots=session.slots(),
        items=tuple(StoredItem(**asdict(figure)) for figure in store.figures()),
        audit=store.audit.list(_AUDIT_LINES),
        backups=tuple(_info(path) for path in store.backups()),
        clock_is_doubtful=store.retention.clock_is_doubtful,
        network_guard=guard.present().kind,
        refused_connections=store.ledger.refused,
    )


def note_refused(store: Store) -> None:
    """Writes into the ledger what was refused since it was last written."""
    store.ledger.add_refused(watch.take_uncounted())


def _info(path: Path) -> BackupInfo:
    found = path.stat()
    return BackupInfo(name=path.name, made_at=found.st_mtime, size_bytes=found.st_size)
