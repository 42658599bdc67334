"""The encoder for every architecture: PEFT on the Hugging Face reference model.

Slower than the lean one: all layers are computed each time, whatever the span. The fallback
decoder answers from the same modules, so the adapter is on only for the moment of a pass, and
`quiet` takes the decoder's own adapter off before it.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import peft
import torch
from peft.tuners.tuners_utils import BaseTunerLayer

from engine.decode.adapter import AdapterWeights
from engine.skills.encoder import Ids, Span

_NAME = "default"


class PeftEncoder:
    """Implements `engine.skills.encoder.Encoder`; what `base` keeps are the token ids."""

    def __init__(self, reference: Any, quiet: Callable[[], None] = lambda: None) -> None:
        config = reference.config.get_text_config()
        self.width: int = config.hidden_size
        self.layers: int = config.num_hidden_layers
        self._reference = reference
        self._quiet = quiet
        self._model: Any = None
        self._tuned: list[Any] = []
        self._span = Span(first=0, last=self.layers)
        self._rank, self._alpha = 1, 0.0

    @torch.no_grad()
    def look(self, texts: Sequence[Ids], depths: Sequence[int]) -> torch.Tensor:
        """See `Encoder`."""
        hidden = self._hidden([torch.tensor(text) for text in texts], on=False)
        lengths = [len(text) for text in texts]
        return torch.stack([_pooled(hidden[depth], lengths) for depth in depths], 1)

    def start(self, span: Span, *, rank: int, alpha: float, seed: int) -> None:
        """See `Encoder`."""
        self.close()
        torch.manual_seed(seed)
        self._span, self._rank, self._alpha = span, rank, alpha
        config = peft.LoraConfig(
            r=rank, lora_alpha=alpha, target_modules=self._linears(span), task_type="CAUSAL_LM"
        )
        self._model = peft.get_peft_model(self._reference, config, autocast_adapter_dtype=False)
        self._tuned = [m for m in self._model.modules() if isinstance(m, BaseTunerLayer)]
        self._switch(on=False)

    def parameters(self) -> list[torch.Tensor]:
        """See `Encoder`."""
        return [p for p in self._model.parameters() if p.requires_grad]

    def base(self, texts: Sequence[Ids]) -> list[torch.Tensor]:
        """See `Encoder`."""
        return [torch.tensor(text) for text in texts]

    def vectors(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """See `Encoder`."""
        hidden = self._hidden(states, on=True)[self._span.last]
        return _pooled(hidden, [len(state) for state in states])

    def adapter(self) -> AdapterWeights:
        """See `Encoder`."""
        state = peft.get_peft_model_state_dict(self._model, adapter_name=_NAME)
        copies = {name: tensor.detach().bfloat16().cpu() for name, tensor in state.items()}
        return AdapterWeights(self._rank, self._alpha, copies)

    def load(self, adapter: AdapterWeights) -> None:
        """See `Encoder`."""
        peft.set_peft_model_state_dict(self._model, adapter.tensors, adapter_name=_NAME)

    def close(self) -> None:
        """Takes the adapter off the reference model again."""
        if self._model is not None:
            self._model.unload()
        self._model, self._tuned = None, []

    def _hidden(self, states: Sequence[torch.Tensor], *, on: bool) -> Any:
        """What every layer gives, each (texts, longest, width), embeddings first."""
        self._quiet()
        ids = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
        self._switch(on=on)
        try:
            found = self._reference.base_model(
                input_ids=ids.to(self._reference.device), use_cache=False,
                output_hidden_states=True,
            )  # fmt: skip
        finally:
            self._switch(on=False)
        return found.hidden_states

    def _linears(self, span: Span) -> list[str]:
        """Full names of the linear modules in the layers of `span`; 4-bit ones have them too."""
        inside = re.compile(r"\.layers\.(\d+)\.")
        found = []
        for name, module in self._reference.named_modules():
            place = inside.search(name)
            if place and span.first <= int(place[1]) < span.last and hasattr(module, "in_features"):
                found.append(name)
        return found

    def _switch(self, *, on: bool) -> None:
        """The adapter on or off. PEFT's own switch would also stop the gradients."""
        for layer in self._tuned:
            layer._disable_adapters = not on


def _pooled(hidden: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
    """(texts, 2, width) float32 on CPU: the last token's vector and the mean over the text."""
    sizes = torch.tensor(lengths, device=hidden.device)
    last = hidden[torch.arange(len(lengths), device=hidden.device), sizes - 1]
    inside = torch.arange(hidden.shape[1], device=hidden.device) < sizes[:, None]
    mean = (hidden * inside[:, :, None]).sum(1) / sizes[:, None]
    return torch.stack((last, mean), 1).float().cpu()
