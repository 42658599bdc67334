"""The blocks of one message as widgets; a new version changes only the blocks that differ."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.chat.code_block import CodeBlock
from ui.chat.markdown import Block
from ui.chat.prose_style import prose_style
from ui.theme.palette import colours
from ui.widgets.rich_text import RichText

__all__ = ["MessageBody"]

_MOST_SPARE = 4


class MessageBody(QWidget):
    """A column of prose and code.

    Signals:
        link_clicked: the address of a clicked link.
    """

    link_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._shown: list[Block] = []
        self._parts: list[RichText | CodeBlock] = []
        self._spare: list[RichText | CodeBlock] = []
        self._width = 0

    def show_blocks(
        self, wanted: Sequence[Block], *, anew: bool = False, growing: bool = False
    ) -> None:
        """Shows `wanted`.

        Args:
            wanted: All blocks of the message.
            anew: Renders all again (other colours, other text size).
            growing: There will be more of the last one.
        """
        for at, block in enumerate(wanted):
            if not anew and self._shows(at, block, growing=growing):
                continue
            part = self._part(at, code=block.code is not None)
            self._fill(part, block, growing=growing)
        for part in self._parts[len(wanted) :]:
            self._drop(part)
        del self._parts[len(wanted) :]
        self._shown = list(wanted)

    def _shows(self, at: int, block: Block, *, growing: bool) -> bool:
        if at >= len(self._shown) or self._shown[at] != block:
            return False
        part = self._parts[at]
        return growing or not (isinstance(part, CodeBlock) and part.is_pieced)

    def set_width(self, width: int) -> None:
        """Lays all blocks out for `width` pixels."""
        self._width = width
        for part in self._parts:
            part.set_width(width)

    def _part(self, at: int, *, code: bool) -> RichText | CodeBlock:
        old = self._parts[at] if at < len(self._parts) else None
        if old is not None and isinstance(old, CodeBlock) == code:
            return old
        made = self._spare_one(code=code) or self._make(code=code)
        if self._width:
            made.set_width(self._width)
        if old is not None:
            self._box.replaceWidget(old, made)
            self._drop(old)
            self._parts[at] = made
        else:
            self._box.addWidget(made)
            self._parts.append(made)
        made.show()
        return made

    def _make(self, *, code: bool) -> RichText | CodeBlock:
        if code:
            return CodeBlock(self)
        made = RichText("prose", self)
        made.link_clicked.connect(self.link_clicked)
        made.setAccessibleName(self.tr("Message text"))
        return made

    def _spare_one(self, *, code: bool) -> RichText | CodeBlock | None:
        for at, part in enumerate(self._spare):
            if isinstance(part, CodeBlock) == code:
                return self._spare.pop(at)
        return None

    @staticmethod
    def _fill(part: RichText | CodeBlock, block: Block, *, growing: bool) -> None:
        if isinstance(part, CodeBlock):
            part.show_code(block.code or "", block.language, growing=growing)
        else:
            part.show_html(block.html, prose_style(colours()))

    def _drop(self, part: RichText | CodeBlock) -> None:
        """Takes `part` out of sight; a few are kept for what is shown next."""
        part.hide()
        self._box.removeWidget(part)
        self._spare.append(part)
        if len(self._spare) > _MOST_SPARE:
            self._spare.pop(0).deleteLater()
