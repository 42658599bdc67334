"""A stack of linear modules in 4-bit NF4 (QLoRA, arXiv 2305.14314), by bitsandbytes.

NF4 holds blocks of 64 weights that lie in a row, each block with its largest absolute value. A
row is a whole number of blocks, so the modules of a stack are slices of its bytes: decode reads the
stack in one product, training reads the slices, and there is one copy.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch

from engine.contract import EngineError, FailureKind
from engine.decode.projection import Part

BLOCK, SHORT_BLOCK = 64, 32
"""Weights of a block; the second where a row is not a whole number of the first."""

_NESTED = 256
"""Blocks whose sizes share one scale of their own, as bitsandbytes nests them."""


def bnb_functional() -> Any:
    """``bitsandbytes.functional``, loaded at the first call.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when bitsandbytes cannot be used here.
    """
    try:
        from bitsandbytes import functional
    except (ImportError, OSError, RuntimeError):
        raise EngineError(
            FailureKind.UNSUPPORTED_MODEL,
            "The GPU libraries cannot be used here; choose the CPU in the settings.",
        ) from None
    return functional


def block_size(width: int) -> int:
    """Weights of a block for rows of `width`, which is a multiple of 32."""
    return SHORT_BLOCK if width % BLOCK else BLOCK


def nests(rows: Sequence[int], width: int) -> bool:
    """Whether modules of so many `rows` can be cut out of a stack whose block sizes are nested."""
    return all(count * width % (block_size(width) * _NESTED) == 0 for count in rows)


def stack_bytes(rows: Sequence[int], width: int) -> int:
    """Memory that a stack of modules with so many `rows` of `width` takes."""
    numbers = sum(rows) * width
    blocks = numbers // block_size(width)
    sizes = blocks + 4 * -(-blocks // _NESTED) if nests(rows, width) else 4 * blocks
    return numbers // 2 + sizes


class Nf4Stack:
    """Linear modules that share their input, row below row.

    Args:
        parts: The modules, in row order.
        packed: Two weights a byte.
        state: bitsandbytes' account of how they were quantized.
    """

    def __init__(self, parts: Sequence[Part], packed: torch.Tensor, state: Any) -> None:
        self.parts = tuple(parts)
        self.rows, self.width = state.shape
        self._packed, self._state = packed, state
        self._how = _arguments(state)
        self.bytes = sum(t.nbytes for t in (packed, *_sizes(state)))

    @classmethod
    def of(cls, parts: Sequence[Part], dense: torch.Tensor) -> "Nf4Stack":
        """Quantizes (N, K) `dense` on its device; it is not kept."""
        nested = nests([part.rows for part in parts], dense.shape[1])
        return cls(parts, *_quantized(dense, block_size(dense.shape[1]), nested=nested))

    @classmethod
    def of_pieces(cls, name: str, pieces: Iterable[torch.Tensor], block: int) -> "Nf4Stack":
        """Quantizes one module a few rows at a time, sizes of blocks as they are."""
        found = [_quantized(piece, block, nested=False) for piece in pieces]
        state = found[0][1]
        rows = sum(int(one.shape[0]) for _, one in found)
        state.absmax = torch.cat([one.absmax for _, one in found])
        state.shape = torch.Size((rows, state.shape[1]))
        return cls([Part(name, rows)], torch.cat([packed for packed, _ in found]), state)

    def __call__(self, x: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
        """(M, K) bfloat16 to (M, N) bfloat16; few rows run on the packed weights."""
        y: torch.Tensor = torch.ops.bitsandbytes.gemm_4bit(x, self._packed, bias=bias, **self._how)
        return y

    def dense(self) -> torch.Tensor:
        """(N, K) bfloat16: the weights that the products see."""
        found: torch.Tensor = bnb_functional().dequantize_4bit(self._packed, self._state)
        return found.to(torch.bfloat16)

    def slices(self) -> Iterator[tuple[str, torch.Tensor, Any]]:
        """For each module its name, packed bytes (views) and bitsandbytes' quantization state."""
        at = 0
        for part in self.parts:
            end = at + part.rows
            packed = self._packed[at * self.width // 2 : end * self.width // 2]
            yield part.name, packed, self._cut(at, end)
            at = end

    def _cut(self, start: int, end: int) -> Any:
        """The state of the rows from `start` to `end`."""
        state, inner = self._state, self._state.state2
        kind = type(state)
        first, last = (row * self.width // state.blocksize for row in (start, end))
        if inner is not None:
            inner = kind(
                absmax=inner.absmax[first // _NESTED : last // _NESTED], code=inner.code,
                blocksize=inner.blocksize, dtype=inner.dtype,
            )  # fmt: skip
        return kind(
            absmax=state.absmax[first:last], shape=torch.Size((end - start, self.width)),
            code=state.code, blocksize=state.blocksize, quant_type=state.quant_type,
            dtype=torch.bfloat16, offset=state.offset, state2=inner,
        )  # fmt: skip


def _quantized(dense: torch.Tensor, block: int, *, nested: bool) -> tuple[torch.Tensor, Any]:
    """Packed bytes and state; with `nested` the sizes of blocks are quantized too, to 8 bits."""
    packed, state = bnb_functional().quantize_4bit(
        dense.contiguous(), blocksize=block, quant_type="nf4", compress_statistics=nested
    )
    return packed, state


def _arguments(state: Any) -> dict[str, Any]:
    """What ``gemm_4bit`` wants to know of `state`."""
    how = {"shapeB": state.shape, "blocksize": state.blocksize, "quant_type": state.quant_type}
    if state.state2 is None:
        return how | {"absmax": state.absmax}
    return how | {
        "absmax": state.state2.absmax, "absmax_8bit": state.absmax,
        "absmax_code": state.state2.code, "absmax_offset": state.offset,
    }  # fmt: skip


def _sizes(state: Any) -> list[torch.Tensor]:
    """The tensors that hold the sizes of the blocks."""
    return [state.absmax] if state.state2 is None else [state.absmax, state.state2.absmax]
