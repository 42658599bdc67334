"""Questions before something that cannot be taken back, or that leaves the window."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

__all__ = ["confirm_erase", "confirm_link"]


def confirm_erase(parent: QWidget) -> bool:
    """Says what erasing a conversation loses, and asks."""
    box = QMessageBox(parent)
    box.setObjectName("eraseDialog")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(QCoreApplication.translate("ChatDialogs", "Erase for good"))
    box.setText(QCoreApplication.translate("ChatDialogs", "Erase this chat for good?"))
    box.setInformativeText(
        QCoreApplication.translate(
            "ChatDialogs",
            "All its messages, the examples and memories made from it are destroyed, and adapters "
            "that learned from it are retired. This cannot be undone.",
        )
    )
    erase = box.addButton(
        QCoreApplication.translate("ChatDialogs", "Erase"), QMessageBox.ButtonRole.DestructiveRole
    )
    keep = box.addButton(
        QCoreApplication.translate("ChatDialogs", "Keep"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is erase


def confirm_link(parent: QWidget, address: str) -> bool:
    """Shows the whole address of a link and asks before the browser gets it."""
    box = QMessageBox(parent)
    box.setObjectName("linkDialog")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(QCoreApplication.translate("ChatDialogs", "Open a link"))
    box.setText(
        QCoreApplication.translate(
            "ChatDialogs", "Open this address in your web browser? It then learns of your visit."
        )
    )
    box.setInformativeText(address)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    open_it = box.addButton(
        QCoreApplication.translate("ChatDialogs", "Open in browser"),
        QMessageBox.ButtonRole.AcceptRole,
    )
    cancel = box.addButton(
        QCoreApplication.translate("ChatDialogs", "Cancel"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(cancel)
    box.exec()
    return box.clickedButton() is open_it
