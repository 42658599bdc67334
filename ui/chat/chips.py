"""The chips inside the composer: model, adapter with its strength, memory, learning."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from engine.contract import ModelFit
from storage.records import AdapterRecord, AdapterState
from ui.chat.strength_slider import StrengthSlider
from ui.status.state import AppState
from ui.status.words import (
    adapter_words,
    model_words,
    short_adapter_words,
    short_model_words,
)
from ui.widgets.buttons import WordButton, allow, forbid, push_button
from ui.widgets.flow import FlowLayout

__all__ = ["ChipRow"]

_LONGEST, _MODEL = 20, 17
"""Widths of a chip's text in average characters; its accessible name is the whole."""


class ChipRow(QWidget):
    """Four chips that show and change what the next answer uses.

    Signals:
        model_chosen: a model id.
        adapter_chosen: an adapter id, or empty for none.
        page_asked: name of a page of the rail.
        consent_chosen: whether this chat may be learned from.
        memory_chosen: whether what is remembered may be told to the model in this chat.
    """

    model_chosen = Signal(str)
    adapter_chosen = Signal(str)
    page_asked = Signal(str)
    consent_chosen = Signal(bool)
    memory_chosen = Signal(bool)

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._consent = False
        self._temporary = False
        self._memory: bool | None = None
        row = FlowLayout(self, 6)
        self.model = self._chip("modelChip", "models")
        self.adapter = self._chip("adapterChip", "adapter")
        self.memory = self._chip("memoryChip", "memory")
        self.consent = self._chip("consentChip", "learning")
        for chip in (self.model, self.adapter, self.memory, self.consent):
            row.addWidget(chip)
        self.memory.setCheckable(True)
        self.memory.clicked.connect(self.memory_chosen)
        self.consent.setCheckable(True)
        self.consent.clicked.connect(self._press_consent)
        self._menus()
        state.changed.connect(self.update_chips)
        self.update_chips()

    @staticmethod
    def _chip(name: str, icon: str) -> WordButton:
        return push_button("", name, "chip", icon)

    def _menus(self) -> None:
        models, adapters = QMenu(self.model), QMenu(self.adapter)
        models.setObjectName("modelMenu")
        adapters.setObjectName("adapterMenu")
        models.aboutToShow.connect(lambda: self._fill_models(models))
        adapters.aboutToShow.connect(lambda: self._fill_adapters(adapters))
        self.model.setMenu(models)
        self.adapter.setMenu(adapters)

    # -- showing ----------------------------------------------------------------------------------

    def show_conversation(self, *, consent: bool, temporary: bool, memory: bool | None) -> None:
        """Shows what this chat's own marks are; `memory` None follows the setting."""
        self._consent, self._temporary, self._memory = consent, temporary, memory
        self.update_chips()

    def update_chips(self) -> None:
        """Takes the newest state."""
        state = self._state
        self._label(self.model, short_model_words(state), model_words(state), most=_MODEL)
        self.model.setAccessibleName(model_words(state))
        self._label(self.adapter, short_adapter_words(state), self.tr("Adapter"))
        self.adapter.setAccessibleName(adapter_words(state))
        memory = bool(state.setting("memory")) if self._memory is None else self._memory
        self.memory.setChecked(memory)
        words = self.tr("Memory on") if memory else self.tr("Memory off")
        hint = self.tr("Whether the model is told what is remembered, in this chat")
        self._label(self.memory, words, hint)
        self._show_consent()

    def _show_consent(self) -> None:
        allowed = bool(self._state.setting("learning_consent"))
        learns = self._consent and allowed and not self._temporary
        self.consent.setChecked(learns)
        words = self.tr("May be learned") if learns else self.tr("Not learned")
        hint = self.tr("Whether what you write in this chat may be proposed for learning")
        if self._temporary:
            forbid(self.consent, self.tr("A temporary chat is never learned from"))
            self.consent.setText(words)
            return
        allow(self.consent)
        if not allowed:
            hint = self.tr("Learning is off. Press to turn it on and allow it for this chat.")
        self._label(self.consent, words, hint)

    @staticmethod
    def _label(chip: WordButton, text: str, hint: str, most: int = _LONGEST) -> None:
        room = chip.fontMetrics().averageCharWidth() * most
        shown = chip.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        chip.setText(shown.replace("&", "&&"))
        chip.setToolTip(hint)
        chip.setAccessibleName(text)
        chip.setAccessibleDescription(hint)

    # -- choosing ---------------------------------------------------------------------------------

    def _press_consent(self, on: bool) -> None:
        if on and not self._state.setting("learning_consent"):
            self._state.change("learning_consent", True)
        self.consent_chosen.emit(on)
        self._show_consent()

    def _fill_models(self, menu: QMenu) -> None:
        menu.clear()
        for fit in self._state.models:
            self._add_model(menu, fit)
        menu.addSeparator()
        menu.addAction(self.tr("Manage models…"), lambda: self.page_asked.emit("models"))

    def _add_model(self, menu: QMenu, fit: ModelFit) -> None:
        name = fit.model.name
        if fit.fit == "too_large":
            name = self.tr("{name} (too large for this machine)").format(name=name)
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(fit.active)
        action.setEnabled(fit.fit != "too_large")
        action.triggered.connect(lambda: self.model_chosen.emit(fit.model.id))

    def _fill_adapters(self, menu: QMenu) -> None:
        menu.clear()
        active = self._state.adapter()
        none = menu.addAction(self.tr("No adapter (the model as it came)"))
        none.setCheckable(True)
        none.setChecked(active is None)
        none.triggered.connect(lambda: self.adapter_chosen.emit(""))
        for record in self._state.adapters:
            if record.state is AdapterState.READY:
                self._add_adapter(menu, record)
        menu.addSeparator()
        slider = StrengthSlider(self._state.strength())
        slider.chosen.connect(lambda value: self._state.change("adapter_strength", value))
        part = QWidgetAction(menu)
        part.setDefaultWidget(slider)
        menu.addAction(part)
        menu.addAction(self.tr("Learning…"), lambda: self.page_asked.emit("learning"))

    def _add_adapter(self, menu: QMenu, record: AdapterRecord) -> None:
        text = self.tr("Version {version}").format(version=record.version)
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(record.active)
        action.triggered.connect(lambda: self.adapter_chosen.emit(record.id))
