"""What keeps the network away, and the ledger of connections."""

from PySide6.QtWidgets import QWidget

from ui.forms.units import count_text
from ui.privacy.presenter import PrivacyPresenter
from ui.widgets import Card, Text

__all__ = ["ConnectionsCard"]


class ConnectionsCard(Card):
    """Says that nothing connects, who sees to it, and how often something tried."""

    def __init__(self, presenter: PrivacyPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("connectionsCard")
        self._presenter = presenter
        self.body.addWidget(Text(self.tr("Connections"), "heading"))
        self.body.addWidget(Text(self.tr(
            "Confidant opens no connections. It has no account, no telemetry, no check for "
            "updates, and it downloads nothing."
        )))  # fmt: skip
        self._ledger = Text("")
        self._ledger.setObjectName("privacy.ledger")
        self.body.addWidget(self._ledger)
        self._guard = Text("", "help")
        self._guard.setObjectName("privacy.guard")
        self.body.addWidget(self._guard)
        self.body.addWidget(Text(self.tr(
            "What it cannot protect: memory that the system writes to disk (swap, "
            "hibernation), files you export, an unlocked window that someone else sits at, "
            "and other programs that run as you."
        )))  # fmt: skip
        presenter.changed.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Shows the newest figures."""
        read = self._presenter.privacy
        self._ledger.setVisible(read is not None)
        self._guard.setVisible(read is not None)
        if read is None:
            return
        words = self.tr("Since this profile was made: 0 connections, {count} attempts refused.")
        if read.network_guard == "left_out":
            words = self.tr("Since this profile was made: {count} attempts refused.")
        self._ledger.setText(words.format(count=count_text(read.refused_connections)))
        self._guard.setText(self._guard_words(read.network_guard))

    def _guard_words(self, kind: str) -> str:
        match kind:
            case "filter":
                return self.tr(
                    "The system's kernel refuses every internet socket to this program and to all "
                    "that it starts. Links that you open go to your browser, which is outside."
                )
            case "hook":
                return self.tr(
                    "On this system a check inside Python refuses connections; the system itself "
                    "is not asked to. A firewall that blocks Confidant makes it certain."
                )
            case "left_out":
                return self.tr(
                    "The kernel's filter was left out when Confidant was started; connections "
                    "within this computer are possible."
                )
            case _:
                return self.tr("Nothing but its own code keeps this program from the network.")
