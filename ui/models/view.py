"""The models page: what is here, what fits, import by choice or by drop."""

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from engine.contract import ModelFit
from ui.engine_client import EngineClient
from ui.models.model_card import ModelCard
from ui.models.presenter import ModelsPresenter
from ui.models.words import machine_text
from ui.widgets import Card, Notice, Page, Text, allow, forbid, push_button

__all__ = ["ModelsPage"]


class ModelsPage(Page):
    """Models on disk beside this machine."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Models"),
            self.tr("All of them run on this computer only."),
            parent,
            name="modelsPage",
        )
        self.presenter = ModelsPresenter(client, self)
        self.setAcceptDrops(True)
        self._shown: tuple[ModelFit, ...] | None = None
        self._cards: list[ModelCard] = []
        self._machine = Text("", "help")
        self._machine.setObjectName("models.machine")
        self.add(self._machine)
        self._notice = Notice()
        self._notice.setObjectName("models.notice")
        self.add(self._notice)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.add(self._list)
        self._build_import()
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def activate(self) -> None:
        """Reads everything anew when the page is shown."""
        self.presenter.refresh()

    def _build_import(self) -> None:
        card = Card(
            self.tr("Import a model"),
            self.tr(
                "A GGUF file, or a folder with safetensors, config and tokenizer. Drop it here or "
                "choose it. It is checked first and then copied into your profile."
            ),
        )
        row = QHBoxLayout()
        self.file_button = push_button(
            self.tr("Choose a GGUF file…"), "importFileButton", "plain", "import"
        )
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button = push_button(
            self.tr("Choose a folder…"), "importFolderButton", "plain", "folder"
        )
        self.folder_button.clicked.connect(self._choose_folder)
        row.addWidget(self.file_button)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        card.body.addLayout(row)
        self.add(card)

    # -- showing ----------------------------------------------------------------------------------

    def _redraw(self) -> None:
        presenter = self.presenter
        if presenter.status is not None:
            self._machine.setText(machine_text(presenter.status.hardware))
        if presenter.models != self._shown:
            self._rebuild()
        for card in self._cards:
            card.redraw()
        self._notice.say(self._notice_text())
        for button in (self.file_button, self.folder_button):
            if presenter.importing:
                forbid(button, self.tr("One import at a time; this one is being checked."))
            else:
                allow(button)
        if presenter.failure is not None:
            self.error.show_failure(presenter.failure)
        else:
            self.error.clear()

    def _notice_text(self) -> str:
        presenter = self.presenter
        if presenter.importing:
            return self.tr("Checking and copying {name}…").format(name=presenter.importing)
        if presenter.imported is not None:
            text = self.tr("{name} passed its checks and is ready to use.")
            return text.format(name=presenter.imported.name)
        return ""

    def _rebuild(self) -> None:
        self._shown = self.presenter.models
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [ModelCard(fit, self.presenter) for fit in self._shown]
        for card in self._cards:
            self._list.addWidget(card)

    # -- import -----------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self, self.tr("Choose a model"), "", self.tr("GGUF models (*.gguf)")
        )
        if path:
            self.presenter.import_path(Path(path))

    def _choose_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, self.tr("Choose a model folder"))
        if path:
            self.presenter.import_path(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcomes one local file or folder."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Imports what was dropped."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        event.acceptProposedAction()
        self.presenter.import_path(path)
