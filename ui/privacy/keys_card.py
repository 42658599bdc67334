"""New keys: everything is encrypted anew and a new recovery key is shown once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forms.passphrase_fields import secret_line
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Notice, Text, allow, forbid, push_button

__all__ = ["KeysCard"]


class KeysCard(Card):
    """For someone who fears that a key, a passphrase or a copy of the profile got out."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("New keys"),
            self.tr(
                "If you fear that someone has your recovery key or an old passphrase: everything "
                "is encrypted anew, the old keys open nothing more, and older backups are erased. "
                "Copies of the profile made before still open with the old keys."
            ),
            parent,
        )
        self.setObjectName("keysCard")
        self._presenter = presenter
        row = QHBoxLayout()
        self.current = secret_line("newKeys.current", self.tr("Present passphrase"))
        self.current.textChanged.connect(self.redraw)
        self.current.returnPressed.connect(self._change)
        row.addWidget(self.current, 1)
        self.button = push_button(self.tr("Make new keys"), "newKeysButton", "plain", "key")
        self.button.clicked.connect(self._change)
        row.addWidget(self.button)
        row.addStretch(1)
        self.body.addLayout(row)
        self._build_shown()
        presenter.changed.connect(self.redraw)
        self.redraw()

    def _build_shown(self) -> None:
        """The new recovery key, until the user says that it is kept."""
        self.notice = Notice(
            self.tr(
                "This is your new recovery key; the old one no longer works. It is shown only now. "
                "Write it down or save it away from this computer."
            ),
            "warning",
        )
        self.key = Text("", "heading", selectable=True)
        self.key.setObjectName("newKeys.recoveryKey")
        self.key.setAccessibleName(self.tr("Recovery key"))
        self.key.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.kept = push_button(self.tr("I have kept it"), "newKeys.kept", "primary")
        self.kept.clicked.connect(self._presenter.forget_recovery_key)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.key)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.kept)
        self.body.addLayout(row)

    def redraw(self) -> None:
        """Shows what can be done now."""
        presenter = self._presenter
        self.current.setVisible(presenter.has_passphrase)
        shown = bool(presenter.recovery_key)
        groups = presenter.recovery_key.split("-")
        half = (len(groups) + 1) // 2
        self.key.setText("\n".join("-".join(part) for part in (groups[:half], groups[half:])))
        for part in (self.notice, self.key, self.kept):
            part.setVisible(shown)
        if presenter.slow_words:
            forbid(self.button, presenter.slow_words)
        elif presenter.has_passphrase and not self.current.text():
            forbid(self.button, self.tr("Type the present passphrase first."))
        else:
            allow(self.button)

    def _change(self) -> None:
        if self.button.isEnabled():
            self._presenter.change_keys(self.current.text())
            self.current.clear()
