"""The two colour sets. Text on its ground keeps a contrast of at least 4.5 to 1."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QGuiApplication, QPalette

__all__ = ["DARK", "LIGHT", "Colours", "colours", "qt_palette"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Named colours as ``#rrggbb``; ``dark`` tells which set this is."""

    dark: bool
    window: str
    rail: str
    sidebar: str
    surface: str
    hover: str
    selected: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    danger: str
    on_danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    code: str
    mark: str


LIGHT = Colours(
    dark=False, window="#fcfbf9", rail="#f1efea", sidebar="#f7f5f1", surface="#ffffff",
    hover="#ebe8e1", selected="#e3dfd6", border="#e0dcd3", text="#23211e", muted="#68635b",
    accent="#1d6b66", on_accent="#ffffff", accent_soft="#e0eeec", danger="#a8322a",
    on_danger="#ffffff", danger_soft="#fbe9e6", warning="#7d5200", warning_soft="#fbf0da",
    good="#27693f", good_soft="#e3f1e7", code="#f4f2ed", mark="#fbe7a6",
)  # fmt: skip

DARK = Colours(
    dark=True, window="#1c1c1b", rail="#141413", sidebar="#181817", surface="#262625",
    hover="#2c2c2a", selected="#363533", border="#3a3937", text="#eceae5", muted="#aaa59c",
    accent="#74c7bd", on_accent="#0d2422", accent_soft="#20393a", danger="#f2938a",
    on_danger="#2b0d0a", danger_soft="#432422", warning="#e5b968", warning_soft="#3d3018",
    good="#86cf9f", good_soft="#1f3a2a", code="#232322", mark="#6a5512",
)  # fmt: skip


def colours() -> Colours:
    """The set that the application shows now (told from its palette)."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT


def qt_palette(chosen: Colours) -> QPalette:
    """`chosen` as a Qt palette, disabled texts included."""
    role, palette = QPalette.ColorRole, QPalette()
    table = {
        role.Window: chosen.window, role.WindowText: chosen.text, role.Base: chosen.surface,
        role.AlternateBase: chosen.sidebar, role.Text: chosen.text, role.Button: chosen.surface,
        role.ButtonText: chosen.text, role.BrightText: chosen.on_accent,
        role.Highlight: chosen.accent, role.HighlightedText: chosen.on_accent,
        role.PlaceholderText: chosen.muted, role.ToolTipBase: chosen.surface,
        role.ToolTipText: chosen.text, role.Link: chosen.accent, role.LinkVisited: chosen.accent,
        role.Light: chosen.surface, role.Midlight: chosen.hover, role.Mid: chosen.border,
        role.Dark: chosen.border, role.Shadow: chosen.border, role.Accent: chosen.accent,
    }  # fmt: skip
    for key, value in table.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(chosen.muted))
    return palette
