"""The trainable network for every architecture: PEFT on the Hugging Face reference model."""

import re
from collections.abc import Callable
from typing import Any

import peft
import torch
from peft.tuners.tuners_utils import BaseTunerLayer

from engine.decode.adapter import AdapterWeights
from engine.tuning.network.batch import PackedBatch

_NAME = "default"


class PeftNetwork:
    """Implements `engine.tuning.network.network.Network`.

    The prefix is computed anew for every example: it asks nothing of the model but a forward pass.

    The fallback decoder answers from the same modules. So the adapter in training is off but for
    the moment of a tuned pass, and `quiet` takes the decoder's own adapter off before any pass.
    """

    def __init__(
        self,
        reference: Any,
        *,
        rank: int,
        alpha: float,
        seed: int,
        upper: float = 1.0,
        quiet: Callable[[], None] = lambda: None,
    ) -> None:
        torch.manual_seed(seed)
        self._quiet = quiet
        config = peft.LoraConfig(
            r=rank, lora_alpha=alpha, target_modules=_targets(reference, upper),
            task_type="CAUSAL_LM",
        )  # fmt: skip
        self._reference = reference
        self._model = peft.get_peft_model(reference, config, autocast_adapter_dtype=False)
        self._layers = [m for m in self._model.modules() if isinstance(m, BaseTunerLayer)]
        self._rank = rank
        self._alpha = alpha
        self._switch(on=False)

    def parameters(self) -> list[torch.Tensor]:
        """See `Network`."""
        return [p for p in self._model.parameters() if p.requires_grad]

    @property
    def vocabulary(self) -> int:
        """See `Network`."""
        return int(self._reference.config.vocab_size)

    def log_odds(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """See `Network`."""
        return self.head(self.hidden(*batches, tuned=tuned)).float()

    def head(self, hidden: torch.Tensor) -> torch.Tensor:
        """See `Network`."""
        odds: torch.Tensor = self._model.get_base_model().get_output_embeddings()(hidden)
        return odds

    def hidden(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """See `Network`."""
        self._quiet()
        self._switch(on=tuned)
        try:
            return torch.cat([self._hidden(batch) for batch in batches])
        finally:
            self._switch(on=False)

    def _switch(self, *, on: bool) -> None:
        """The adapter on or off. PEFT's own switch would also stop the gradients."""
        for layer in self._layers:
            layer._disable_adapters = not on

    def _hidden(self, batch: PackedBatch) -> torch.Tensor:
        count, length = batch.own.shape
        ids = torch.cat((batch.prefix.expand(count, -1), batch.own), 1).to(self._device)
        core = self._model.get_base_model()
        hidden = core.base_model(input_ids=ids, use_cache=False).last_hidden_state
        columns = batch.rows - batch.owners * length
        rows: torch.Tensor = hidden[batch.owners.to(self._device), columns.to(self._device)]
        return rows

    @property
    def _device(self) -> torch.device:
        device: torch.device = self._reference.device
        return device

    def adapter(self) -> AdapterWeights:
        """See `Network`."""
        state = peft.get_peft_model_state_dict(self._model, adapter_name=_NAME)
        copies = {name: tensor.detach().bfloat16().cpu() for name, tensor in state.items()}
        return AdapterWeights(self._rank, self._alpha, copies)

    def load(self, adapter: AdapterWeights) -> None:
        """See `Network`."""
        peft.set_peft_model_state_dict(self._model, adapter.tensors, adapter_name=_NAME)

    def close(self) -> None:
        """Takes the adapter off the reference model again."""
        self._model.unload()


def _targets(reference: Any, upper: float) -> str | list[str]:
    """The linear modules of the `upper` share of the layers, in PEFT's words."""
    layers = int(reference.config.num_hidden_layers)
    below = round(layers * (1 - upper))
    if not below:
        return "all-linear"
    found = []
    for name, module in reference.named_modules():
        place = re.search(r"\blayers\.(\d+)\.", name)
        if place and isinstance(module, torch.nn.Linear) and int(place[1]) >= below:
            found.append(name)
    return found
