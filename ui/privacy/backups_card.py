"""The backups: when each was made, making one, going back to one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from engine.contract import BackupInfo
from ui.forms.confirm import Confirm
from ui.forms.units import moment_text
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Text, allow, bytes_text, forbid, push_button

__all__ = ["BackupsCard"]


class BackupsCard(Card):
    """A row for each backup, newest first."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Backups"),
            self.tr(
                "Encrypted copies of the database, one a day, the newest five. They lie beside it: "
                "copy the profile folder elsewhere against a lost disk."
            ),
            parent,
        )
        self.setObjectName("backupsCard")
        self._presenter = presenter
        self._shown: tuple[BackupInfo, ...] | None = None
        self._empty = Text(self.tr("There is no backup yet."), "muted")
        self.body.addWidget(self._empty)
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(table)
        self.confirm = Confirm("confirmBackup")
        self.body.addWidget(self.confirm)
        row = QHBoxLayout()
        self.make = push_button(self.tr("Back up now"), "backupButton", "plain")
        self.make.clicked.connect(presenter.back_up)
        row.addWidget(self.make)
        row.addStretch(1)
        self.body.addLayout(row)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Shows the newest list."""
        presenter = self._presenter
        if presenter.slow_words:
            forbid(self.make, presenter.slow_words)
        else:
            allow(self.make)
        if presenter.privacy is not None and presenter.privacy.backups != self._shown:
            self._shown = presenter.privacy.backups
            self._fill(self._shown)
        self._empty.setVisible(not self._shown)

    def _fill(self, backups: tuple[BackupInfo, ...]) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, backup in enumerate(backups):
            when = moment_text(backup.made_at)
            size = Text(bytes_text(backup.size_bytes), "muted", wrap=False)
            button = push_button(self.tr("Restore…"), f"restoreBackup.{row}", "quiet")
            button.setAccessibleName(self.tr("Restore the backup of {when}").format(when=when))
            button.clicked.connect(lambda _on=False, chosen=backup: self._ask(chosen))
            self._grid.addWidget(Text(when, wrap=False), row, 0)
            self._grid.addWidget(size, row, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(button, row, 2)

    def _ask(self, backup: BackupInfo) -> None:
        words = self.tr(
            "Everything goes back to how it was on {when}. What is here now becomes the newest "
            "backup, so that you can return to it. Confidant starts again."
        )
        self.confirm.ask(
            words.format(when=moment_text(backup.made_at)),
            self.tr("Restore this backup"),
            lambda: self._presenter.restore(backup.name),
        )
