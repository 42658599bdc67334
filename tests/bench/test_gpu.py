"""The GPU benchmark on the CPU: everything but the GPU's own figures."""

from typing import Any

import pytest
import torch

from tests.bench import gpu

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")
_CPU = torch.device("cpu")
_TINY: dict[str, Any] = {
    "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "head_dim": 16, "tie_word_embeddings": False, "vocab_size": 300,
}  # fmt: skip


@pytest.mark.parametrize("name", ["1b", "8b"])
def test_the_shapes_are_those_of_llama(name: str) -> None:
    config = gpu._COMMON | gpu.SHAPES[name]
    numbers = sum(
        torch.Size(shape).numel() for shape in gpu.expected_shapes(config).values()
    )
    assert numbers == pytest.approx({"1b": 1.236e9, "8b": 8.03e9}[name], rel=0.01)


def test_every_figure_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "_TOKENS", 6)
    monkeypatch.setattr(gpu, "_LONG", 150)
    decoder = gpu.make_decoder(_TINY, _CPU, context=256)
    report = gpu.measure(decoder, "tiny", 1, gpu.measure_bandwidth(_CPU, 1 << 20))
    figures = report.figures
    assert float(figures["tokens_per_s"]) > 0
    assert 0 < float(figures["bandwidth_fraction_ratio"]) < 1
    assert float(figures["eight_rows_cost_ratio"]) > 0
    read = float(figures["bytes_a_token_gb"]) * 1e9
    assert read == pytest.approx(decoder.bytes_a_token(70))
    assert set(report.goals) == {"adapter_cost_ratio"}
    assert report.notes == []


def test_what_a_token_reads_is_counted() -> None:
    decoder = gpu.make_decoder(_TINY, _CPU, context=1024)
    plain, cache = decoder.bytes_a_token(5), decoder._cache.data.nbytes
    assert plain == decoder.weights.bytes_a_token() + cache // 2
    assert decoder.bytes_a_token(600) == plain + cache // 2
    decoder.use_adapter(gpu.make_adapter(decoder.weights), 1.0)
    assert decoder.bytes_a_token(5) == plain + decoder._side.bytes > plain


def test_without_a_gpu_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr("sys.argv", ["gpu"])
    assert gpu.main() == 1
    assert "no NVIDIA GPU" in capsys.readouterr().err
