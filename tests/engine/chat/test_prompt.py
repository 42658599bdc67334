from collections.abc import Sequence

import pytest

from engine.chat.prompt import build_turns, fit_context
from engine.chat.turns import ChatTurn
from engine.contract import EngineError, FailureKind
from storage.records import MessageRecord, Role


class _Model:
    """One token a character, two more around each turn."""

    def __init__(self, context_length: int) -> None:
        self.context_length = context_length
        self.asked = 0

    def prompt_ids(
        self, turns: Sequence[ChatTurn], add_generation_prompt: bool = True
    ) -> list[int]:
        self.asked += 1
        return [0] * sum(len(turn.text) + 2 for turn in turns)


def _user(text: str) -> ChatTurn:
    return ChatTurn(Role.USER, text)


def _assistant(text: str) -> ChatTurn:
    return ChatTurn(Role.ASSISTANT, text)


def _talk(pairs: int, length: int = 10) -> list[ChatTurn]:
    turns = [ChatTurn(Role.SYSTEM, "instruct")]
    for number in range(pairs):
        turns += [_user(f"{number:0{length}}"), _assistant("a" * length)]
    return [*turns, _user("newest")]


def test_the_system_turn_holds_instruction_and_memories() -> None:
    message = MessageRecord(
        id="m", conversation_id="c", parent_id=None, position=1, role=Role.USER, text="hi",
        created_at=0.0,
    )  # fmt: skip
    turns = build_turns(" Be brief. ", ["Dog: Rex", " "], [message])
    assert [turn.role for turn in turns] == [Role.SYSTEM, Role.USER]
    assert turns[0].text.startswith("Be brief.\n\n")
    assert "- Dog: Rex" in turns[0].text
    assert turns[0].text.count("- ") == 1


def test_nothing_to_say_means_no_system_turn_and_empty_messages_go() -> None:
    turns = build_turns("", [], [_user("hi"), _assistant(""), _user("again")])
    assert [turn.text for turn in turns] == ["hi", "again"]


def test_all_stays_while_it_fits() -> None:
    turns = _talk(3)
    kept, dropped = fit_context(_Model(10_000), turns, 100)
    assert (kept, dropped) == (turns, 0)


@pytest.mark.parametrize("context", [60, 80, 120, 200, 300])
def test_the_oldest_go_and_instruction_and_newest_stay(context: int) -> None:
    turns, model = _talk(10), _Model(context)
    kept, dropped = fit_context(model, turns, 10)
    assert kept[0] is turns[0]
    assert kept[-1] is turns[-1]
    assert kept[1].role is Role.USER
    assert kept[1:] == turns[1 + dropped :]
    assert len(model.prompt_ids(kept)) <= context - 10
    if dropped:
        with_more = [turns[0], *turns[1 + dropped - 2 :]]
        assert len(model.prompt_ids(with_more)) > context - 10


def test_a_long_conversation_needs_few_looks() -> None:
    model = _Model(500)
    fit_context(model, _talk(2000), 100)
    assert model.asked < 20


def test_a_huge_reserve_leaves_room_for_the_question() -> None:
    kept, dropped = fit_context(_Model(100), [_user("x" * 60)], 5000)
    assert (len(kept), dropped) == (1, 0)


def test_a_question_that_does_not_fit_is_refused() -> None:
    with pytest.raises(EngineError) as failure:
        fit_context(_Model(100), [_user("x" * 99)], 10)
    assert failure.value.kind is FailureKind.BAD_INPUT


def test_words_are_not_shown() -> None:
    assert "secret" not in repr(_user("secret"))
