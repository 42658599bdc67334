"""The state of the window in a few words, the same in the composer and in the status bar."""

from PySide6.QtCore import QCoreApplication

from ui.status.state import AppState
from ui.widgets.formats import percent_text

__all__ = [
    "adapter_words", "erasing_words", "learning_words", "model_words", "short_adapter_words",
    "short_model_words",
]  # fmt: skip


def model_words(state: AppState) -> str:
    """The model in use, or that it is being loaded."""
    name = _model_name(state)
    if state.loading is not None:
        text = QCoreApplication.translate("Status", "Loading {model}… {percent}")
        return text.format(model=name, percent=percent_text(state.loading))
    if state.load_failure is not None:
        return QCoreApplication.translate("Status", "{model} is not loaded").format(model=name)
    return name


def short_model_words(state: AppState) -> str:
    """The same where there is little room: while it is loaded, how far that is."""
    if state.loading is None:
        return model_words(state)
    text = QCoreApplication.translate("Status", "Loading… {percent}")
    return text.format(percent=percent_text(state.loading))


def _model_name(state: AppState) -> str:
    fit = state.model()
    if fit is not None:
        return fit.model.name
    if state.loaded is not None:
        return state.loaded.name
    return QCoreApplication.translate("Status", "Model")


def adapter_words(state: AppState) -> str:
    """The adapter that is on, with its strength."""
    record = state.adapter()
    if record is None:
        return QCoreApplication.translate("Status", "No adapter")
    text = QCoreApplication.translate("Status", "Version {version} at {percent}")
    return text.format(version=record.version, percent=percent_text(state.strength()))


def short_adapter_words(state: AppState) -> str:
    """The same where there is little room: the strength only where it is not the usual one."""
    record = state.adapter()
    if record is None or percent_text(state.strength()) != percent_text(1.0):
        return adapter_words(state)
    text = QCoreApplication.translate("Status", "Version {version}")
    return text.format(version=record.version)


def erasing_words(state: AppState) -> str:
    """Says that something is being erased; empty when nothing is."""
    if not state.erasing():
        return ""
    return QCoreApplication.translate("Status", "Erasing for good…")


def learning_words(state: AppState) -> str:
    """How far a training is; empty when none runs."""
    if state.learning is None:
        return ""
    text = QCoreApplication.translate("Status", "Learning {percent}")
    return text.format(percent=percent_text(state.learning))
