"""One model on disk: what it needs, whether it fits, taking it into use."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from engine.contract import ModelFit
from ui.models.presenter import ModelsPresenter
from ui.models.words import about_text, fit_text, loaded_text, memory_text
from ui.widgets import Card, Text, forbid, push_button

__all__ = ["ModelCard"]


class ModelCard(Card):
    """Shows one `ModelFit`; built anew when the list changes."""

    def __init__(
        self, fit: ModelFit, presenter: ModelsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent)
        self._fit = fit
        self._presenter = presenter
        name = f"model.{fit.model.id[:12]}"
        self.setObjectName(name)
        self.setAccessibleName(fit.model.name)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Text(fit.model.name, "heading"))
        text, kind = fit_text(fit.fit)
        words.addWidget(Text(text, kind))
        words.addWidget(Text(memory_text(fit)))
        words.addWidget(Text(about_text(fit.model), "help"))
        row.addLayout(words, 1)
        self._add_button(row, name)
        self.body.addLayout(row)
        self._state = Text("", "help")
        self._state.setObjectName(f"{name}.state")
        self.body.addWidget(self._state)
        self._bar = QProgressBar()
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Loading"))
        self.body.addWidget(self._bar)
        self.redraw()

    def _add_button(self, row: QHBoxLayout, name: str) -> None:
        if self._fit.active:
            row.addWidget(Text(self.tr("In use"), "good", wrap=False))
            return
        use = push_button(self.tr("Use"), f"{name}.use", "primary")
        use.setAccessibleName(self.tr("Use {name}").format(name=self._fit.model.name))
        use.clicked.connect(lambda: self._presenter.use(self._fit.model.id))
        if self._fit.fit == "too_large":
            forbid(use, self.tr("It needs more memory than this machine has."))
        row.addWidget(use)

    def redraw(self) -> None:
        """Shows loading, and what runs the model once it is loaded."""
        loading = self._presenter.loading if self._fit.active else None
        self._bar.setVisible(loading is not None)
        self._bar.setValue(round((loading or 0.0) * 100))
        info = self._presenter.loaded
        mine = info is not None and info.model_id == self._fit.model.id
        self._state.setVisible(mine)
        if info is not None and mine:
            self._state.setText(loaded_text(info))
