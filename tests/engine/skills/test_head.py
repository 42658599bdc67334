"""Heads and the probe, on vectors whose classes are known."""

import torch

from engine.skills.head import fit_head
from engine.skills.probe import best_readings, depths_to_try


def cloud(rows: int, spread: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Vectors (rows, 2, 8) whose first half tells the class and whose second half is noise."""
    generator = torch.Generator().manual_seed(seed)
    classes = torch.randint(0, 3, (rows,), generator=generator)
    vectors = torch.randn(rows, 2, 8, generator=generator) * spread
    vectors[torch.arange(rows), 0, classes] += 3.0
    return vectors, classes


def test_a_fitted_head_names_rows_it_never_saw() -> None:
    vectors, classes = cloud(120, 0.5, seed=1)
    head = fit_head(vectors, classes, 3, "last", 0.1)
    others, truth = cloud(60, 0.5, seed=2)
    assert (head.scores(others).argmax(1) == truth).float().mean() > 0.95


def test_the_probe_finds_where_the_class_can_be_read() -> None:
    clear, classes = cloud(150, 0.5, seed=3)
    noise = torch.randn(150, 2, 8, generator=torch.Generator().manual_seed(4))
    readings = best_readings(torch.stack((noise, clear), 1), classes, 3, (4, 9), "plain")
    assert (readings[0].depth, readings[-1].depth) == (9, 4)
    assert readings[0].pool in ("last", "both")
    assert readings[0].accuracy > 0.95
    assert readings[-1].accuracy < 0.55


def test_left_out_accuracy_is_no_better_than_chance_on_noise() -> None:
    """A probe judged on its own rows would be near 1 here: more features than rows."""
    generator = torch.Generator().manual_seed(5)
    vectors = torch.randn(60, 1, 2, 400, generator=generator)
    classes = torch.randint(0, 2, (60,), generator=generator)
    assert best_readings(vectors, classes, 2, (1,), "plain")[0].accuracy < 0.75


def test_depths_rise_and_end_at_the_top() -> None:
    assert depths_to_try(30) == [9, 12, 15, 18, 21, 24, 30]
    assert depths_to_try(2) == [1, 2]
