"""Skills as a Qt list model."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from storage.skill_records import SkillRecord, SkillVerdict
from ui.forms.record_list import BADGE_ROLE, DETAIL_ROLE, ID_ROLE, RecordModel
from ui.forms.units import moment_text
from ui.skills.words import score_text

__all__ = ["SkillModel"]

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SkillModel(RecordModel):
    """Skills by name, with their figure and when they were taught."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._skills: tuple[SkillRecord, ...] = ()

    def show(self, skills: tuple[SkillRecord, ...]) -> bool:
        """Replaces the rows; returns False when they are the same."""
        if skills == self._skills:
            return False
        self.beginResetModel()
        self._skills = skills
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of skills; rows have no children."""
        return 0 if parent.isValid() else len(self._skills)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the list draws and what a screen reader says."""
        if not index.isValid():
            return None
        skill = self._skills[index.row()]
        below = QCoreApplication.translate("SkillModel", "Below target")
        badge = below if skill.report.verdict is SkillVerdict.TARGET_NOT_MET else ""
        detail = QCoreApplication.translate("SkillModel", "{score} right, taught {when}").format(
            score=score_text(skill.report.tuned), when=moment_text(skill.created_at)
        )
        return {
            int(Qt.ItemDataRole.DisplayRole): skill.name,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{skill.name}, {detail} {badge}".strip(),
            DETAIL_ROLE: detail,
            BADGE_ROLE: badge,
            ID_ROLE: skill.name,
        }.get(int(role))
