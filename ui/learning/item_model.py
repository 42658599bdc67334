"""The inbox as a Qt list model."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from storage.records import ExampleKind, ExampleRecord
from ui.forms.record_list import BADGE_ROLE, DETAIL_ROLE, ID_ROLE, RecordModel
from ui.learning.redaction_words import redacted_text

__all__ = ["InboxModel"]

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class InboxModel(RecordModel):
    """Examples of one pile: the answer, the words it came from, what was removed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._examples: tuple[ExampleRecord, ...] = ()

    def show(self, examples: tuple[ExampleRecord, ...]) -> bool:
        """Replaces the rows; returns False when they are the same."""
        if examples == self._examples:
            return False
        self.beginResetModel()
        self._examples = examples
        self.endResetModel()
        return True

    def example(self, example_id: str) -> ExampleRecord | None:
        """The example with that id, if this pile holds it."""
        return next((one for one in self._examples if one.id == example_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of examples; rows have no children."""
        return 0 if parent.isValid() else len(self._examples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the list draws and what a screen reader says."""
        if not index.isValid():
            return None
        example = self._examples[index.row()]
        badge = redacted_text(example.redactions) if example.redactions else ""
        words = self._words(example)
        return {
            int(Qt.ItemDataRole.DisplayRole): words,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{words} {badge}".strip(),
            DETAIL_ROLE: example.source_text,
            BADGE_ROLE: badge,
            ID_ROLE: example.id,
        }.get(int(role))

    def _words(self, example: ExampleRecord) -> str:
        """The answer; an opinion of one says first which it is."""
        opinion = {
            ExampleKind.REWRITTEN: self.tr("Rather: {answer}"),
            ExampleKind.LIKED: self.tr("More like this: {answer}"),
            ExampleKind.DISLIKED: self.tr("Less like this: {answer}"),
        }.get(example.kind, "{answer}")
        return opinion.format(answer=example.answer)
