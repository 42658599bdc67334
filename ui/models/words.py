"""Models in words: how they fit this machine, what runs them, how large they are."""

from PySide6.QtCore import QCoreApplication

from engine.contract import HardwareInfo, ModelFit, ModelInfo
from storage.records import ModelRecord
from ui.widgets import bytes_text

__all__ = ["about_text", "fit_text", "loaded_text", "machine_text", "memory_text", "size_words"]


def size_words(parameters: int) -> str:
    """A number of parameters as people say it, for example ``135 M``."""
    if parameters >= 1_000_000_000:
        return f"{parameters / 1e9:.1f} B"
    return f"{parameters / 1e6:.0f} M" if parameters >= 1_000_000 else str(parameters)


def fit_text(fit: str) -> tuple[str, str]:
    """How a model fits and the label kind that shows it."""
    translate = QCoreApplication.translate
    return {
        "fits": (translate("ModelWords", "Fits"), "good"),
        "tight": (translate("ModelWords", "Tight: close other programs first"), "text"),
        "too_large": (translate("ModelWords", "Too large for this machine"), "bad"),
    }.get(fit, (fit, "text"))


def memory_text(fit: ModelFit) -> str:
    """Memory needed as two numbers: for the weights and for the context."""
    text = QCoreApplication.translate(
        "ModelWords", "Memory needed: {weights} for the weights + {context} for the context"
    )
    weights, context = bytes_text(fit.weights_bytes), bytes_text(fit.context_bytes)
    return text.format(weights=weights, context=context)


def about_text(model: ModelRecord) -> str:
    """Size, kind, format and licence of a model."""
    translate = QCoreApplication.translate
    licence = model.licence or translate("ModelWords", "not stated in its files")
    parts = [
        translate("ModelWords", "{count} parameters").format(count=size_words(model.parameters)),
        model.architecture,
        model.format,
        translate("ModelWords", "licence: {name}").format(name=licence),
    ]
    if model.embedded:
        parts.append(translate("ModelWords", "came with Confidant"))
    return " · ".join(part for part in parts if part)


def machine_text(hardware: HardwareInfo) -> str:
    """This machine in one line."""
    translate = QCoreApplication.translate
    parts = [
        hardware.cpu,
        translate("ModelWords", "{count} cores").format(count=hardware.cores),
        translate("ModelWords", "{size} memory").format(size=bytes_text(hardware.memory_bytes)),
    ]
    if hardware.gpu:
        size = bytes_text(hardware.gpu_memory_bytes)
        parts.append(f"{hardware.gpu} ({size})")
    else:
        parts.append(translate("ModelWords", "no GPU in use"))
    return " · ".join(part for part in parts if part)


def loaded_text(info: ModelInfo) -> str:
    """What runs the loaded model, and honestly why it is not the fast way where it is not."""
    text = QCoreApplication.translate(
        "ModelWords", "Loaded: {path} on {device}, {memory} in use, {tokens} tokens of context."
    ).format(
        path=info.path_taken, device=info.device, memory=bytes_text(info.memory_bytes),
        tokens=info.context_length,
    )  # fmt: skip
    if not info.fallback_reason:
        return text
    slow = QCoreApplication.translate("ModelWords", "Not the fast way, because: {reason}")
    return f"{text} {slow.format(reason=info.fallback_reason)}"
