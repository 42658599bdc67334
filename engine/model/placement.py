"""Where a model runs: whether a GPU holds it, with how long a context, before anything is loaded.

Nothing here asks a device; the free memory is told.
"""

from dataclasses import dataclass

from engine.decode.build import gate_up_parts, qkv_parts
from engine.decode.cuda.cache import capacity
from engine.decode.cuda.decoder import PROMPT_CHUNK
from engine.decode.cuda.head import head_bytes
from engine.decode.cuda.nf4 import stack_bytes
from engine.decode.shape import Shape

_MEGABYTE = 1 << 20
_RESERVE = 350 * _MEGABYTE
"""For cuBLAS' workspaces, captured graphs and what the allocator cannot hand out."""

_SHARE = 0.96
"""Of the free memory; other programs draw windows meanwhile."""

_RANK = 16
_LEAST_CONTEXT = 1024
"""Tokens below which answers on the CPU serve better than chats that forget at once."""


@dataclass(frozen=True, slots=True)
class GpuNeed:
    """Bytes on the GPU, by what they hold."""

    weights: int
    cache: int
    adapter: int
    workspace: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.weights + self.cache + self.adapter + self.workspace


@dataclass(frozen=True, slots=True)
class Placement:
    """The decision. ``context`` counts tokens, 0 on the CPU; ``reason`` says why not the GPU."""

    on_gpu: bool
    context: int
    need: GpuNeed
    reason: str = ""


def gpu_need(shape: Shape, context: int) -> GpuNeed:
    """What NF4 weights, a cache of `context` tokens and a rank-16 adapter of `shape` take."""
    stacks = _stacks(shape)
    tables = 1 if shape.tied else 2
    weights = shape.layers * sum(stack_bytes(rows, width) for rows, width in stacks)
    number = 4 if shape.sandwich_norms else 2
    thin = sum((width + sum(rows)) * len(rows) for rows, width in stacks)
    return GpuNeed(
        weights=weights
        + head_bytes(shape.vocab, shape.hidden)
        + 2 * tables * shape.vocab * shape.hidden,
        cache=2 * number * shape.layers * shape.kv_width * capacity(context),
        adapter=2 * _RANK * shape.layers * thin,
        workspace=_workspace(shape, context) + _RESERVE,
    )


def place(shape: Shape, free_bytes: int, *, wanted: int, trained: int, usual: int) -> Placement:
    """Chooses between GPU and CPU, and the context on the GPU.

    Args:
        shape: Of the model.
        free_bytes: Of the GPU's memory.
        wanted: Tokens of context that the user asked for; 0 leaves it to us.
        trained: The most that the model was trained for.
        usual: The most that is taken unasked.
    """
    longest = min(trained, max(wanted, _LEAST_CONTEXT) if wanted > 0 else usual)
    room = int(free_bytes * _SHARE)
    context = longest
    while gpu_need(shape, context).total > room and context > _LEAST_CONTEXT:
        context = max(_LEAST_CONTEXT, context - _LEAST_CONTEXT)
    need = gpu_need(shape, context)
    if need.total <= room:
        return Placement(on_gpu=True, context=context, need=need)
    reason = (
        f"the GPU has {_gigabytes(free_bytes)} free and this model needs "
        f"{_gigabytes(need.total)} there"
    )
    return Placement(on_gpu=False, context=0, need=need, reason=reason)


def _stacks(shape: Shape) -> list[tuple[list[int], int]]:
    """Rows of the modules of each stack of a layer, and their width."""
    return [
        ([part.rows for part in qkv_parts(shape, "")], shape.hidden),
        ([shape.hidden], shape.query_width),
        ([part.rows for part in gate_up_parts(shape, "")], shape.hidden),
        ([shape.hidden], shape.intermediate),
    ]


def _workspace(shape: Shape, context: int) -> int:
    """The most that a prompt or loading needs for a moment."""
    largest = max(sum(rows) * width for rows, width in _stacks(shape))
    group = shape.heads // shape.kv_heads
    wide = 2 * shape.intermediate + 3 * shape.hidden + 3 * (shape.query_width + 2 * shape.kv_width)
    seen = group * context * 4 * (2 if shape.windows else 1)
    gathered = 4 * context * shape.kv_width
    prompt = 2 * largest + PROMPT_CHUNK * (4 * wide + seen) + gathered
    loading = 4 * largest + 16 * _MEGABYTE
    return max(prompt, loading)


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
