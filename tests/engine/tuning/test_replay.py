import pytest

from engine.chat.turns import ChatTurn
from engine.tuning.data import read_lines, read_pairs, read_text
from engine.tuning.exchange import Exchange, encode
from engine.tuning.network.network import build_network
from engine.tuning.replay import (
    Answered,
    ReplayBank,
    answers,
    encode_answered,
    replay_questions,
    text_passages,
    with_odds,
)
from storage.records import Role

INSTRUCTION = "Be kind."


def test_the_shipped_questions_are_many_and_different():
    english, both = replay_questions(chinese=False), replay_questions(chinese=True)
    assert len(english) > 100
    assert len(both) > len(english) + 20
    assert len(set(both)) == len(both)


@pytest.mark.parametrize("share", [0.1, 0.4, 0.5, 1.0])
def test_a_share_is_spread_over_all_lists_and_always_the_same(share):
    some = replay_questions(chinese=True, share=share)
    assert set(some) <= set(replay_questions(chinese=True))
    assert len(some) == pytest.approx(share * len(replay_questions(chinese=True)), abs=3)
    assert some == replay_questions(chinese=True, share=share)
    assert any(question in read_lines("assistant_en.txt") for question in some)


def test_the_exam_is_kept_out_of_the_replay():
    asked = {question for name in ("exam_general_en.txt", "exam_general_zh.txt")
             for question, _ in read_pairs(name)}  # fmt: skip
    assert not asked & set(replay_questions(chinese=True))
    passages = read_lines("replay_text.txt")
    assert not any(passage[:40] in read_text("exam_text_en.txt") for passage in passages)


def test_answers_are_sealed_and_only_missing_ones_are_computed(tiny_model, store):
    ticks = []
    first = answers(tiny_model, store, ["Why 1?", "Why 2?"], INSTRUCTION, ticks.append)
    assert ticks == [1.0]
    again = answers(tiny_model, store, ["Why 2?", "Why 3?"], INSTRUCTION, ticks.append)
    assert ticks == [1.0, 1.0]
    assert again[0] == first[1]
    assert len(store.vault.list("replay")) == 1


def test_another_instruction_asks_anew(tiny_model, store):
    ticks = []
    answers(tiny_model, store, ["Why?"], INSTRUCTION, ticks.append)
    answers(tiny_model, store, ["Why?"], "Be brief.", ticks.append)
    assert len(ticks) == 2


def test_a_broken_cache_is_replaced(tiny_model, store):
    store.vault.seal("replay", b"rubbish")
    assert answers(tiny_model, store, ["Why?"], INSTRUCTION, lambda done: None)
    assert len(store.vault.list("replay")) == 1


def test_an_answer_that_was_cut_off_gets_no_end(tiny_model):
    short = encode_answered(tiny_model, Answered("Hi", "a", (5, 6)), INSTRUCTION)
    assert short.ids[-1] in tiny_model.stop_ids
    whole = encode_answered(tiny_model, Answered("Hi", "a", (5,) * 24), INSTRUCTION)
    assert whole.ids[-1] == 5
    assert whole.answer_tokens == 24


def test_an_exchange_ends_with_its_stop_id_and_starts_with_the_prompt(tiny_model):
    turns = (ChatTurn(Role.SYSTEM, INSTRUCTION), ChatTurn(Role.USER, "Who?"))
    encoded = encode(tiny_model, Exchange(turns, "Me."))
    prompt = tiny_model.prompt_ids(turns)
    assert list(encoded.ids[: encoded.answer_start]) == prompt
    assert encoded.ids[-1] in tiny_model.stop_ids
    assert tiny_model.tokenizer.decode(list(encoded.ids[encoded.answer_start : -1])) == "Me."


def test_each_example_comes_once_before_any_comes_again(tiny_model):
    network = build_network(tiny_model, rank=2, alpha=4.0, seed=1)
    chats = with_odds(
        network,
        [encode_answered(tiny_model, Answered(f"Why {n}?", "", (n,)), INSTRUCTION)
         for n in range(5)],
        lambda: None,
    )  # fmt: skip
    passages = with_odds(network, text_passages(tiny_model)[:2], lambda: None)
    bank = ReplayBank(chats, passages, 1)
    drawn = [bank.draw(5) for _ in range(30)]
    kinds = [{id(example) in {id(c) for c in chats} for example in group} for group in drawn]
    assert all(len(kind) == 1 for kind in kinds)
    of_chats = [group for group in drawn if group[0] in chats]
    assert all(len({id(example) for example in group}) == 5 for group in of_chats)
    assert 0 < len(of_chats) < 30
    assert ReplayBank([], [], 1).draw(3) == []
