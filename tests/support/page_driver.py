"""Drives one page on a scripted engine: real clicks in, commands and words out."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)


class PageDriver:
    """A shown page, its engine, and every command that was submitted since."""

    def __init__(self, page, engine, qtbot):
        self.page = page
        self.engine = engine
        self.qtbot = qtbot
        self.sent = []
        submit = engine.submit

        def record(command):
            self.sent.append(command)
            submit(command)

        engine.submit = record
        qtbot.addWidget(page)
        page.resize(1000, 1600)
        page.show()

    def find(self, name, kind=QObject):
        # Rows that were drawn anew leave the old ones to be deleted by the next turn of the loop.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = self.page.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    def click(self, name):
        button = self.find(name, QAbstractButton)
        self.qtbot.waitUntil(button.isVisible, timeout=2000)
        assert button.isEnabled(), f"{name} is disabled"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name, text):
        field = self.find(name, QLineEdit)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)

    def text(self, name):
        return self.find(name, QLabel).text()

    def words(self):
        """All text of visible labels."""
        return "\n".join(l.text() for l in self.page.findChildren(QLabel) if l.isVisible())  # noqa: E741

    def commands(self, kind):
        return [command for command in self.sent if isinstance(command, kind)]

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=5000)

    def settled(self):
        """Waits until the page's presenter has no open question and new parts are shown."""
        self.until(lambda: not self.page.presenter.busy)
        QApplication.processEvents()


def unnamed(page):
    """Interactive widgets that a screen reader or a test could not name."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox,
             QAbstractItemView, QAbstractSlider)  # fmt: skip
    missing = []
    for widget in page.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        owners = (widget.parent(), widget.parent().parent())
        owned = any(isinstance(o, QAbstractSpinBox | QComboBox | QLineEdit) for o in owners)
        if not isinstance(widget, kinds) or inner or owned:
            continue
        if not widget.objectName() or not widget.accessibleName():
            missing.append((type(widget).__name__, widget.objectName(), widget.accessibleName()))
    return missing
