"""What stands behind an answer, shown under it: sources, and the words that learning changed."""

import html
import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.contract import Explained, ExplainedSource, ExplainedWord
from ui.theme.palette import colours
from ui.widgets.buttons import IconButton
from ui.widgets.card import Card
from ui.widgets.labels import Heading, Text
from ui.widgets.rich_text import RichText

__all__ = ["Explanation"]

_MOST_LISTED = 5
_LEAST_NATS = 0.7
"""A word counts as changed when it became about twice or half as likely."""
_MANY_TIMES = 1000


class Explanation(Card):
    """One explanation.

    Signals:
        closed: the user has read it.
        conversation_asked: the chat that a source comes from is wanted.
    """

    closed = Signal()
    conversation_asked = Signal(str)

    def __init__(self, told: Explained, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("explanation")
        self.setAccessibleName(self.tr("Why this answer"))
        self._told = told
        self._add_heading()
        self._add_sources("memory", self.tr("Remembered facts it was given"))
        self._add_sources("turn", self.tr("Earlier messages it was given"))
        self._add_sources("example", self.tr("What you taught it that fits"))
        if not told.sources:
            self.body.addWidget(
                Text(self.tr("No remembered fact and nothing you taught it stands behind it."))
            )
        self._add_words()

    def _add_heading(self) -> None:
        row = QHBoxLayout()
        row.addWidget(Heading(self.tr("Why this answer")), 1)
        close = IconButton("close", self.tr("Close"), "explanation.close", size=16)
        close.clicked.connect(self.closed)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _add_sources(self, kind: str, heading: str) -> None:
        found = [source for source in self._told.sources if source.kind == kind]
        if not found:
            return
        self.body.addWidget(Text(heading, "strong"))
        for source in found:
            self.body.addLayout(self._source(source))

    def _source(self, source: ExplainedSource) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Text(source.text, "text", selectable=True), 1)
        if source.conversation_id is not None:
            button = IconButton("chat", self.tr("Open its chat"), "explanation.open", size=16)
            name = source.conversation_id
            button.clicked.connect(lambda: self.conversation_asked.emit(name))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # -- what learning changed --------------------------------------------------------------------

    def _add_words(self) -> None:
        told = self._told
        if told.adapter_gone:
            self.body.addWidget(
                Text(self.tr("The version that gave this answer was deleted or switched off for "
                             "good, so what it changed cannot be told."), "help")
            )  # fmt: skip
            return
        if told.adapter_id is None:
            self.body.addWidget(Text(self.tr("Nothing learned took part in this answer."), "help"))
            return
        changed = [word for word in told.words if _is_changed(word)]
        if not changed:
            self.body.addWidget(
                Text(self.tr("What it learned changed no word of this answer."), "help")
            )
            return
        self.body.addWidget(Text(self.tr("Words that learning changed"), "strong"))
        answer = RichText("explanation.words")
        answer.setAccessibleName(self.tr("The answer with the changed words marked"))
        answer.show_html(_marked(told.words))
        self.body.addWidget(answer)
        for word in sorted(changed, key=lambda one: -abs(one.change))[:_MOST_LISTED]:
            self.body.addWidget(Text(self._sentence(word), "help", selectable=True))

    def _sentence(self, word: ExplainedWord) -> str:
        """How much likelier or less likely one word became, for people."""
        shown = word.text.strip()
        times = _times(abs(word.change))
        if word.change < 0:
            return self.tr("“{word}”: {times} times less likely than without learning").format(
                word=shown, times=times
            )
        instead = word.instead.strip()
        if instead and instead != shown:
            return self.tr(
                "“{word}”: {times} times likelier; without learning “{other}…” was likelier"
            ).format(word=shown, times=times, other=instead)
        return self.tr("“{word}”: {times} times likelier than without learning").format(
            word=shown, times=times
        )


def _is_changed(word: ExplainedWord) -> bool:
    return abs(word.change) >= _LEAST_NATS and bool(word.text.strip())


def _times(nats: float) -> str:
    """How many times that is, as people say it."""
    times = math.exp(min(nats, 20.0))
    if times > _MANY_TIMES:
        return f"{_MANY_TIMES:,}+"
    return f"{times:.1f}" if times < 10 else f"{times:.0f}"


def _marked(words: tuple[ExplainedWord, ...]) -> str:
    """The answer as safe HTML: likelier words on a good ground, less likely ones on a warm one."""
    now = colours()
    parts = []
    for word in words:
        text = html.escape(word.text).replace("\n", "<br>")
        if not _is_changed(word):
            parts.append(text)
            continue
        ground = now.good_soft if word.change > 0 else now.warning_soft
        lead = text[: len(text) - len(text.lstrip())]
        parts.append(f'{lead}<span style="background:{ground}">{text.lstrip()}</span>')
    return f'<div style="color:{now.text}">{"".join(parts)}</div>'
