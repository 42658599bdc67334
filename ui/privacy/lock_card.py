"""How the key is kept, and changing that."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.forms.confirm import Confirm
from ui.forms.passphrase_fields import PassphraseFields, secret_line
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Text, allow, forbid, push_button

__all__ = ["LockCard"]


class LockCard(Card):
    """Shows the key slots; sets, changes or removes the passphrase."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("lockCard")
        self._presenter = presenter
        self._state = Text("", "heading")
        self._state.setObjectName("lock.state")
        self._slots = Text("", "help")
        self.body.addWidget(self._state)
        self.body.addWidget(self._slots)
        self._build_buttons()
        self._build_form()
        self.confirm = Confirm("confirmKeyring")
        self.body.addWidget(self.confirm)
        presenter.changed.connect(self.redraw)
        presenter.lock_changed.connect(self._close)
        self.redraw()

    # -- building ---------------------------------------------------------------------------------

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self.change = push_button("", "passphraseButton", "plain", "key")
        self.change.clicked.connect(lambda: self._open(for_keyring=False))
        self.keyring = push_button(
            self.tr("Use the system keyring instead…"), "keyringButton", "quiet"
        )
        self.keyring.clicked.connect(lambda: self._open(for_keyring=True))
        row.addWidget(self.change)
        row.addWidget(self.keyring)
        row.addStretch(1)
        self.body.addLayout(row)

    def _build_form(self) -> None:
        self._form = QWidget()
        box = QVBoxLayout(self._form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._build_proof())
        self.fields = PassphraseFields("passphrase")
        self.fields.edited.connect(self._redraw_save)
        self.fields.entered.connect(self._save)
        box.addWidget(self.fields)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = push_button(self.tr("Cancel"), "passphrase.cancel")
        self.cancel.clicked.connect(self._close)
        self.save = push_button(self.tr("Set the passphrase"), "passphrase.save", "primary")
        self.save.clicked.connect(self._save)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        box.addLayout(row)
        self._form.hide()
        self.body.addWidget(self._form)
        self._for_keyring = False

    def _build_proof(self) -> QWidget:
        """The present passphrase, or the recovery key in its stead."""
        self._proof = QWidget()
        proof = QVBoxLayout(self._proof)
        proof.setContentsMargins(0, 0, 0, 0)
        self.current = secret_line("passphrase.current", self.tr("Present passphrase"))
        self.recovery = secret_line("passphrase.recovery", self.tr("Recovery key"))
        self.recovery.hide()
        self.forgot = push_button(
            self.tr("Forgotten? Use the recovery key"), "passphrase.forgot", "link"
        )
        self.forgot.clicked.connect(self._use_recovery)
        for part in (self.current, self.recovery, self.forgot):
            proof.addWidget(part)
        return self._proof

    # -- showing ----------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Shows how the key is kept now."""
        presenter = self._presenter
        locked = presenter.has_passphrase
        self._state.setText(
            self.tr("Locked with your passphrase")
            if locked
            else self.tr("The system keyring keeps the key")
        )
        self._slots.setText(
            self.tr(
                "Confidant asks for it at each start. Your recovery key opens the profile too."
            )
            if locked
            else self.tr(
                "Whoever is signed in to this computer as you can open Confidant. Your recovery "
                "key opens the profile too."
            )
        )
        words = self.tr("Change the passphrase…") if locked else self.tr("Set a passphrase…")
        self.change.setText(words)
        self.change.setAccessibleName(words)
        self.keyring.setVisible(locked)
        if presenter.keyring_available:
            allow(self.keyring)
        else:
            forbid(self.keyring, self.tr("No keyring that can be trusted was found here."))

    def _redraw_save(self) -> None:
        if self._for_keyring or self.fields.ready():
            allow(self.save)
        else:
            forbid(self.save, self.tr("Type the new passphrase twice first."))

    # -- acting -----------------------------------------------------------------------------------

    def _open(self, *, for_keyring: bool) -> None:
        self._for_keyring = for_keyring
        self._proof.setVisible(self._presenter.has_passphrase)
        self.fields.setVisible(not for_keyring)
        text = self.tr("Remove the passphrase…") if for_keyring else self.tr("Set the passphrase")
        self.save.setText(text)
        self.save.setAccessibleName(text)
        self._form.show()
        self._redraw_save()
        first = self.current if self._presenter.has_passphrase else self.fields.first
        first.setFocus()

    def _use_recovery(self) -> None:
        self.recovery.show()
        self.recovery.setFocus()
        self.current.clear()
        self.current.hide()
        self.forgot.hide()

    def _save(self) -> None:
        if self._for_keyring:
            self.confirm.ask(
                self.tr(
                    "Confidant will no longer ask for a passphrase: anyone signed in to this "
                    "computer as you can read your chats."
                ),
                self.tr("Remove the passphrase"),
                self._use_keyring,
            )
        elif self.fields.ready():
            self._presenter.set_passphrase(
                self.fields.passphrase(),
                current=self.current.text(),
                recovery_key=self.recovery.text(),
            )

    def _use_keyring(self) -> None:
        self._presenter.use_keyring(
            current=self.current.text(), recovery_key=self.recovery.text()
        )

    def _close(self) -> None:
        """Empties every field, so that no secret stays on the page."""
        self.fields.clear()
        self.current.clear()
        self.recovery.clear()
        self.current.show()
        self.recovery.hide()
        self.forgot.show()
        self.confirm.dismiss()
        self._form.hide()
