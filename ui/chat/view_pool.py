"""Message widgets that are used again: filling one anew costs a tenth of building it."""

from storage.records import MessageRecord, Role
from ui.chat.message_view import MessageView

__all__ = ["ViewPool"]

_MOST_SPARE = 24


class ViewPool:
    """Spare message widgets, the user's and the assistant's apart."""

    def __init__(self) -> None:
        self._spare: dict[bool, list[MessageView]] = {True: [], False: []}

    def take(self, record: MessageRecord) -> MessageView | None:
        """A spare widget that now shows `record`, or None where one has to be built."""
        spare = self._spare[record.role is Role.USER]
        if not spare:
            return None
        view = spare.pop()
        view.take_over(record)
        return view

    def give(self, view: MessageView) -> None:
        """Keeps `view` for later. It stays as it is until `tidy`: it may be taken at once."""
        self._spare[view.record.role is Role.USER].append(view)

    def tidy(self) -> None:
        """Hides what was not taken again, and lets go what is too much."""
        for spare in self._spare.values():
            for view in spare:
                view.hide()
            while len(spare) > _MOST_SPARE:
                spare.pop(0).deleteLater()
