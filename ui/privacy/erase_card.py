"""Erasing everything: typed, not clicked by mistake."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from engine.contract import ERASE_WORD
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, allow, forbid, push_button

__all__ = ["EraseCard"]


class EraseCard(Card):
    """The word to type, and the button that it enables."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Erase everything"),
            self.tr(
                "Destroys the keys first, so that nothing on the disk can be read again, then "
                "deletes all files of this profile: chats, facts, learned versions, backups and "
                "imported models. Files that you exported stay. This cannot be undone."
            ),
            parent,
        )
        self.setObjectName("eraseCard")
        self._presenter = presenter
        row = QHBoxLayout()
        words = self.tr("Type {word} to confirm").format(word=ERASE_WORD)
        self.word = QLineEdit()
        self.word.setObjectName("eraseWord")
        self.word.setAccessibleName(words)
        self.word.setPlaceholderText(words)
        self.word.textChanged.connect(self.redraw)
        row.addWidget(self.word, 1)
        self.button = push_button(self.tr("Erase everything"), "eraseAllButton", "danger")
        self.button.clicked.connect(self._erase)
        row.addWidget(self.button)
        self.body.addLayout(row)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Lets the button be pressed only after the word was typed."""
        if self._presenter.slow_words:
            forbid(self.button, self._presenter.slow_words)
        elif self.word.text() == ERASE_WORD:
            allow(self.button)
        else:
            forbid(self.button, self.word.placeholderText())

    def _erase(self) -> None:
        if self.word.text() == ERASE_WORD:
            self._presenter.erase_all(self.word.text())
            self.word.clear()
