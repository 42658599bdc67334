"""Words and meaning on one scale."""

import torch

from engine.memory.fusing import fused, with_neighbours, with_speaker


def test_a_clear_winner_of_one_kind_stays_ahead_of_two_middling_ones():
    words = torch.tensor([10.0, 4.0, 0.0])
    meaning = torch.tensor([0.2, 0.5, 0.6])
    scores = fused(words, meaning)
    assert scores.argmax() == 1 or scores[0] > scores[2]
    assert torch.equal(fused(words, None), torch.tensor([1.0, 0.4, 0.0]))


def test_nothing_found_is_zero_everywhere():
    assert torch.equal(fused(torch.zeros(3), torch.full((3,), -0.2)), torch.zeros(3))
    assert fused(torch.zeros(0), None).shape == (0,)


def test_the_named_speaker_is_lifted_only_where_something_was_found():
    scores = with_speaker(torch.tensor([0.5, 0.0, 0.5]), torch.tensor([True, True, False]))
    assert scores[0] > scores[2]
    assert scores[1] == 0
    assert torch.equal(with_speaker(scores, None), scores)


def test_an_answer_gains_from_its_question_and_the_other_way_round():
    before = torch.tensor([-1, 0, -1])
    scores = with_neighbours(torch.tensor([1.0, 0.0, 0.5]), before)
    assert 0 < scores[1] < 0.5
    assert torch.equal(scores[[0, 2]], torch.tensor([1.0, 0.5]))
