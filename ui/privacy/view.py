"""The privacy page: what is stored, who can open it, what is learned, what goes out."""

from PySide6.QtWidgets import QWidget

from storage.settings import REDACTED_KINDS
from ui.engine_client import EngineClient
from ui.forms.record_list import RecordList
from ui.forms.setting_form import SettingForm
from ui.privacy.backups_card import BackupsCard
from ui.privacy.connections_card import ConnectionsCard
from ui.privacy.erase_card import EraseCard
from ui.privacy.export_card import ExportCard
from ui.privacy.import_card import ImportCard
from ui.privacy.item_model import AuditModel
from ui.privacy.keys_card import KeysCard
from ui.privacy.lock_card import LockCard
from ui.privacy.presenter import PrivacyPresenter
from ui.privacy.stored_card import StoredCard
from ui.widgets import Card, Notice, Page, Text

__all__ = ["PrivacyPage"]

_KEYS = (
    "learning_consent", "never_learn", "retention_days", "auto_lock_minutes",
    "clipboard_clear_seconds",
)  # fmt: skip
_REDACTED = tuple(f"redact_{kind}" for kind in REDACTED_KINDS)


class PrivacyPage(Page):
    """Everything that concerns who can see what."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Privacy"),
            self.tr("What is stored and who can open it. Only what you export gets out."),
            parent,
            name="privacyPage",
        )
        self.presenter = PrivacyPresenter(client, self)
        self._slow = Notice()
        self._slow.setObjectName("privacy.slow")
        self.add(self._slow)
        self.add(StoredCard(self.presenter))
        self.lock = LockCard(self.presenter)
        self.add(self.lock)
        self._build_settings()
        self._build_redaction()
        self.add(ConnectionsCard(self.presenter))
        self.add(ExportCard(self.presenter))
        self.add(ImportCard(self.presenter))
        self.add(BackupsCard(self.presenter))
        self._build_audit()
        self.add(KeysCard(self.presenter))
        self.add(EraseCard(self.presenter))
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads everything anew when the page is shown."""
        self.presenter.refresh()

    def _build_settings(self) -> None:
        card = Card(self.tr("Learning, keeping, locking, clipboard"))
        card.body.addWidget(SettingForm(_KEYS, self.presenter.settings))
        self._needs_passphrase = Text(
            self.tr("“Lock after” needs a passphrase; set one above."), "help"
        )
        self._needs_passphrase.setObjectName("privacy.needsPassphrase")
        card.body.addWidget(self._needs_passphrase)
        self._doubtful = Text(
            self.tr("The clock of this computer jumped. Nothing is erased for its age until the "
                    "clock has gone on from there for three days."), "help",
        )  # fmt: skip
        self._doubtful.setObjectName("privacy.doubtfulClock")
        card.body.addWidget(self._doubtful)
        self.add(card)

    def _build_redaction(self) -> None:
        card = Card(
            self.tr("Left out of learning"),
            self.tr("Passwords and keys are always left out. What else must never be learned?"),
        )
        card.setObjectName("redactionCard")
        card.body.addWidget(SettingForm(_REDACTED, self.presenter.settings))
        self.add(card)

    def _build_audit(self) -> None:
        words = self.tr("What happened, never what was said.")
        card = Card(self.tr("Audit trail"), words)
        self._audit = AuditModel(self)
        self.audit = RecordList("auditList", self.tr("Audit trail"), self._audit, rows=5)
        card.body.addWidget(self.audit)
        self.add(card)

    def _redraw(self) -> None:
        self._needs_passphrase.setVisible(not self.presenter.has_passphrase)
        self._slow.say(self.presenter.slow_words)
        read = self.presenter.privacy
        self._doubtful.setVisible(read is not None and read.clock_is_doubtful)
        if self.presenter.privacy is not None:
            self._audit.show(self.presenter.privacy.audit)
        if self.presenter.failure is not None:
            self.error.show_failure(self.presenter.failure)
        else:
            self.error.clear()
