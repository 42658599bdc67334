"""Colours can be read, icons are there, the sheet has no gaps."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap

from ui.theme import DARK, LIGHT, Theme, colours, icon_pixmap
from ui.theme.icons import icon_names
from ui.theme.style import style_sheet


def luminance(name):
    def part(value):
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    red, green, blue = (part(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("chosen", [LIGHT, DARK])
@pytest.mark.parametrize(("text", "ground"), [
    ("text", "window"), ("text", "surface"), ("text", "sidebar"), ("text", "selected"),
    ("text", "accent_soft"), ("text", "danger_soft"), ("text", "warning_soft"), ("text", "mark"),
    ("text", "code"), ("muted", "window"), ("muted", "surface"), ("muted", "rail"),
    ("muted", "sidebar"), ("muted", "code"), ("accent", "window"), ("accent", "accent_soft"),
    ("on_accent", "accent"), ("danger", "window"), ("danger", "danger_soft"),
    ("warning", "warning_soft"), ("good", "good_soft"), ("good", "surface"),
])  # fmt: skip
def test_text_can_be_read(chosen, text, ground):
    assert contrast(getattr(chosen, text), getattr(chosen, ground)) >= 4.5


@pytest.mark.parametrize("chosen", [LIGHT, DARK])
def test_style_sheet_is_filled(chosen):
    sheet = style_sheet(chosen, 10.0)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert not re.search(r"url\(", sheet)


def test_every_icon_draws_something(qapp):
    assert len(icon_names()) > 30
    for name in icon_names():
        picture = icon_pixmap(name, 24, "#000000").toImage()
        drawn = any(
            picture.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24)
        )
        assert drawn, name


def test_icons_named_in_the_source_exist():
    source = "\n".join(p.read_text("utf-8") for p in Path("ui").rglob("*.py"))
    used = set(re.findall(r'(?:IconButton|icon|icon_pixmap|EmptyState)\(\s*"([a-z-]+)"', source))
    assert used
    assert used <= set(icon_names())


def test_theme_switches_colours_and_text_size(qapp, qtbot):
    theme = Theme(qapp)
    before = qapp.font().pointSizeF()
    with qtbot.waitSignal(theme.changed):
        theme.show("dark", 1.5)
    assert colours() is DARK
    assert qapp.font().pointSizeF() == pytest.approx(max(before, 10.0) * 1.5)
    theme.show("light", 1.0)
    assert colours() is LIGHT
    assert isinstance(icon_pixmap("chat", 16, "#fff"), QPixmap)
