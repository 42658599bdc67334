"""What is stored, where, and how large."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from engine.contract import StoredItem
from ui.forms.units import count_text
from ui.privacy.presenter import PrivacyPresenter
from ui.privacy.words import item_text
from ui.widgets import Card, Text, bytes_text, push_button

__all__ = ["StoredCard"]


class StoredCard(Card):
    """A table of the stored items and the profile's folder."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("storedCard")
        self._presenter = presenter
        self._items: tuple[StoredItem, ...] | None = None
        self._heading = Text("", "heading")
        self.body.addWidget(self._heading)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._table)
        row = QHBoxLayout()
        self._path = Text("", "help", selectable=True)
        self._path.setObjectName("privacy.path")
        row.addWidget(self._path, 1)
        self.open = push_button(self.tr("Open the folder"), "privacy.open", "quiet", "folder")
        self.open.clicked.connect(self._open_folder)
        row.addWidget(self.open)
        self.body.addLayout(row)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Shows the newest figures."""
        read = self._presenter.privacy
        if read is None:
            self._heading.setText(self.tr("What is stored"))
            return
        text = self.tr("What is stored: {size} on this computer")
        self._heading.setText(text.format(size=bytes_text(self._presenter.total_bytes)))
        self._path.setText(read.profile_path)
        if read.items != self._items:
            self._items = read.items
            self._fill(read.items)

    def _fill(self, items: tuple[StoredItem, ...]) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight
        words = " ".join(item_text(item.name) for item in items).split() or [""]
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in words)
        self._grid.setColumnMinimumWidth(0, widest + 4)
        for row, item in enumerate(items):
            size = bytes_text(item.size_bytes) if item.size_bytes else ""
            self._grid.addWidget(Text(item_text(item.name)), row, 0)
            self._grid.addWidget(Text(count_text(item.count), wrap=False), row, 1, right)
            self._grid.addWidget(Text(size, "muted", wrap=False), row, 2, right)
            self._grid.addWidget(Text(item.path, "help", wrap=False), row, 3)

    def _open_folder(self) -> None:
        if self._presenter.privacy is not None:
            path = self._presenter.privacy.profile_path
            QDesktopServices.openUrl(QUrl.fromLocalFile(path))
