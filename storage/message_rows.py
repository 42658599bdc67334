"""How a message lies in its table."""

from storage.database import Row
from storage.records import MessageRecord, MessageState, Role
from storage.values import consent_value

MESSAGE_COLUMNS = (
    "m.id, m.conversation_id, m.parent_id, m.position, m.role, m.text, m.created_at, m.state,"
    " m.consent, m.rating, m.model_id, m.adapter_id, m.strength"
)

_ROLES = {role.value: role for role in Role}
_STATES = {state.value: state for state in MessageState}


def message_of(row: Row, siblings: tuple[str, ...] = ()) -> MessageRecord:
    """The record of a row of `MESSAGE_COLUMNS`."""
    return MessageRecord(
        id=row[0], conversation_id=row[1], parent_id=row[2], position=row[3], role=_ROLES[row[4]],
        text=row[5], created_at=row[6], state=_STATES[row[7]], consent=consent_value(row[8]),
        rating=row[9], model_id=row[10], adapter_id=row[11], strength=row[12],
        sibling_ids=siblings,
    )  # fmt: skip
