"""Adapters on a Hugging Face model: thin products beside its linear modules, never merged."""

from typing import Any

import torch

from engine.decode.adapter import AdapterWeights, damaged


class SidePaths:
    """Puts one adapter at a time on a model by forward hooks, with a strength that can be moved."""

    def __init__(self, model: torch.nn.Module) -> None:
        self._modules = dict(model.named_modules())
        self._hooks: list[torch.utils.hooks.RemovableHandle] = []
        self._strength = torch.zeros(())

    def use(self, adapter: AdapterWeights | None, device: torch.device, kind: torch.dtype) -> None:
        """Takes `adapter` in place of the one before.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` when it names other modules or has other shapes; then
                none is on.
        """
        for hook in self._hooks:
            hook.remove()
        self._hooks.clear()
        if adapter is None:
            return
        pairs = adapter.modules()
        for name, (first, second) in pairs.items():
            module: Any = self._modules.get(name)
            shape = (getattr(module, "out_features", 0), getattr(module, "in_features", 0))
            if shape != (second.shape[0], first.shape[1]):
                raise damaged()
        self._strength = self._strength.to(device=device, dtype=kind)
        for name, (first, second) in pairs.items():
            a = (first.float() * adapter.scaling).to(device=device, dtype=kind)
            b = second.to(device=device, dtype=kind)
            self._hooks.append(self._hang(self._modules[name], a, b))

    def set_strength(self, strength: float) -> None:
        """Scales the adapter; takes effect with the next product."""
        self._strength.fill_(strength)

    def _hang(
        self, module: torch.nn.Module, a: torch.Tensor, b: torch.Tensor
    ) -> torch.utils.hooks.RemovableHandle:
        def add(_: torch.nn.Module, inputs: tuple[torch.Tensor], output: Any) -> torch.Tensor:
            x = inputs[0].to(a.dtype)
            thin = torch.nn.functional.linear(x, a) * self._strength
            added: torch.Tensor = output + torch.nn.functional.linear(thin, b)
            return added

        return module.register_forward_hook(add)
