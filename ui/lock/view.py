"""The lock page: opening the profile, and what to do when that cannot work."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.engine_client import EngineClient
from ui.forms.centred import Centred
from ui.forms.confirm import Confirm
from ui.forms.passphrase_fields import secret_line
from ui.lock.presenter import LockPresenter, Screen
from ui.lock.words import heading_text, help_text
from ui.theme import colours, icon_pixmap
from ui.widgets import Heading, InlineError, Text, push_button

__all__ = ["LockPage"]


class LockPage(QWidget):
    """Shown while the profile is not open.

    Signals:
        unlocked: the profile is open now.
    """

    unlocked = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockPage")
        self.setAccessibleName(self.tr("Locked"))
        self.presenter = LockPresenter(client, self)
        self.presenter.unlocked.connect(self._open)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._frame = Centred()
        outer.addWidget(self._frame)
        self._build_head()
        self._build_fields()
        self._build_buttons()
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads the state of the profile anew."""
        self.presenter.start()

    # -- building ---------------------------------------------------------------------------------

    def _build_head(self) -> None:
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        picture.setPixmap(icon_pixmap("lock", 40, colours().muted, 2.0))
        self._frame.add(picture)
        self._heading = Heading("", "title")
        self._heading.setObjectName("lock.heading")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._help = Text("", "muted")
        self._help.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._detail = Text("", "help", selectable=True)
        self._detail.setObjectName("lock.detail")
        self._detail.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for part in (self._heading, self._help, self._detail):
            self._frame.add(part)
        self.error = InlineError("lock.error")
        self._frame.add(self.error)

    def _build_fields(self) -> None:
        self.passphrase = secret_line("passphraseField", self.tr("Passphrase"))
        self.passphrase.returnPressed.connect(self._unlock)
        self.recovery = QLineEdit()
        self.recovery.setObjectName("recoveryField")
        self.recovery.setAccessibleName(self.tr("Recovery key"))
        self.recovery.setPlaceholderText(self.tr("Recovery key"))
        self.recovery.returnPressed.connect(self._unlock)
        self._frame.add(self.passphrase)
        self._frame.add(self.recovery)

    def _build_buttons(self) -> None:
        self.other = push_button("", "otherWayButton", "link")
        self.other.clicked.connect(self._turn)
        left = QHBoxLayout()
        left.addWidget(self.other)
        left.addStretch(1)
        self._frame.add(left)
        row = QHBoxLayout()
        self.folder = push_button(self.tr("Open the folder"), "lock.folder", "quiet", "folder")
        self.folder.clicked.connect(self._open_folder)
        self.again = push_button(self.tr("Try again"), "lock.again", "plain", "refresh")
        self.again.clicked.connect(self.presenter.start)
        self.unlock = push_button(self.tr("Unlock"), "unlockButton", "primary")
        self.unlock.clicked.connect(self._unlock)
        self.restore = push_button(self.tr("Restore the backup…"), "restoreButton", "primary")
        self.restore.clicked.connect(self._ask_restore)
        row.addStretch(1)
        for button in (self.folder, self.again, self.unlock, self.restore):
            row.addWidget(button)
        self._frame.add(row)
        self.confirm = Confirm("confirmRestore")
        self._frame.add(self.confirm)

    # -- showing ----------------------------------------------------------------------------------

    def _redraw(self) -> None:
        presenter = self.presenter
        screen = presenter.screen
        damaged = screen is Screen.DAMAGED
        types_recovery = self._types_recovery(screen)
        self._heading.setText(heading_text(screen))
        self._help.setText(help_text(screen, can_recover=presenter.can_recover))
        troubled = screen in (Screen.KEY_MISSING, Screen.DAMAGED, Screen.IN_USE)
        self._detail.setText(self._detail_text() if troubled else "")
        self._detail.setVisible(troubled and bool(self._detail.text()))
        types_passphrase = damaged and presenter.can_use_passphrase and not types_recovery
        self.passphrase.setVisible(types_passphrase or screen is Screen.PASSPHRASE)
        self.recovery.setVisible(types_recovery)
        self.unlock.setVisible(not damaged and (types_recovery or screen is Screen.PASSPHRASE))
        self.restore.setVisible(damaged)
        if not damaged:
            self.confirm.dismiss()
        self.again.setVisible(troubled or screen is Screen.KEYRING)
        self.folder.setVisible(screen in (Screen.KEY_MISSING, Screen.DAMAGED))
        self._redraw_other(screen)
        waiting = presenter.busy
        self.unlock.setText(self.tr("Opening…") if waiting else self.tr("Unlock"))
        for part in (self.unlock, self.restore, self.again, self.passphrase, self.recovery):
            part.setEnabled(not waiting)
        self._redraw_error()
        if not waiting:
            self._focus(types_recovery)

    def _types_recovery(self, screen: Screen) -> bool:
        """True when the field for the recovery key is the one to fill in."""
        presenter = self.presenter
        return (
            screen is Screen.RECOVERY
            or (screen is Screen.KEY_MISSING and presenter.can_recover)
            or (screen is Screen.DAMAGED and presenter.restore_by_recovery)
        )

    def _redraw_other(self, screen: Screen) -> None:
        by_recovery = self.presenter.restore_by_recovery
        to_recovery = self.presenter.can_recover and (
            screen in (Screen.PASSPHRASE, Screen.KEYRING)
            or (screen is Screen.DAMAGED and not by_recovery)
        )
        words = self.tr("Use the recovery key") if to_recovery else self.tr("Back")
        self.other.setText(words)
        self.other.setAccessibleName(words)
        back = screen is Screen.RECOVERY or (screen is Screen.DAMAGED and by_recovery)
        self.other.setVisible(to_recovery or back)

    def _redraw_error(self) -> None:
        failure = self.presenter.failure
        if failure is None:
            self.error.clear()
        elif failure.detail != self.presenter.detail:
            self.error.show_failure(failure)

    def _detail_text(self) -> str:
        path = self.presenter.status.profile_path if self.presenter.status is not None else ""
        return "\n".join(part for part in (self.presenter.detail, path) if part)

    def _focus(self, types_recovery: bool) -> None:
        if types_recovery:
            self.recovery.setFocus()
        elif self.presenter.screen is Screen.PASSPHRASE:
            self.passphrase.setFocus()
            if self.presenter.failure is not None:
                self.passphrase.selectAll()

    # -- acting -----------------------------------------------------------------------------------

    def _ask_restore(self) -> None:
        self.confirm.ask(
            self.tr(
                "What was written after the newest good backup will be missing. It stays in the "
                "damaged file, which is set aside, not deleted."
            ),
            self.tr("Restore the backup"),
            self._restore,
        )

    def _restore(self) -> None:
        passphrase = self.passphrase.text() if self.passphrase.isVisibleTo(self) else ""
        recovery_key = self.recovery.text() if self.recovery.isVisibleTo(self) else ""
        self.presenter.restore(passphrase, recovery_key)

    def _unlock(self) -> None:
        if self.presenter.screen is Screen.DAMAGED:
            self._ask_restore()
        elif self.recovery.isVisibleTo(self):
            self.presenter.unlock_recovery(self.recovery.text())
        else:
            self.presenter.unlock_passphrase(self.passphrase.text())

    def _turn(self) -> None:
        if self._types_recovery(self.presenter.screen):
            self.presenter.show_passphrase()
        else:
            self.presenter.show_recovery()

    def _open(self) -> None:
        """Empties the fields, so that no secret stays behind."""
        self.passphrase.clear()
        self.recovery.clear()
        self.unlocked.emit()

    def _open_folder(self) -> None:
        if self.presenter.status is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.presenter.status.profile_path))
