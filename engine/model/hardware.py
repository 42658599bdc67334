"""What this machine has: cores, memory, a GPU that torch can use."""

import os
import platform
from pathlib import Path

import psutil

from engine.contract import HardwareInfo


def probe(*, with_gpu: bool = True) -> HardwareInfo:
    """Describes this machine.

    Args:
        with_gpu: Also ask torch for a GPU, which imports torch (a second or so).
    """
    gpu, gpu_memory = _gpu() if with_gpu else (None, 0)
    return HardwareInfo(
        cpu=_cpu_name(),
        cores=physical_cores(),
        memory_bytes=int(psutil.virtual_memory().total),
        gpu=gpu,
        gpu_memory_bytes=gpu_memory,
        system=f"{platform.system()} {platform.release()}",
    )


def physical_cores() -> int:
    """Physical cores that this process may use, at least 1."""
    allowed = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        allowed = len(os.sched_getaffinity(0))
    return max(1, min(allowed, psutil.cpu_count(logical=False) or allowed))


def decode_threads(wanted: int) -> int:
    """Threads for the model: `wanted`, or for 0 all physical cores but one from four on."""
    cores = physical_cores()
    if wanted > 0:
        return min(wanted, max(cores, os.cpu_count() or 1))
    return cores - 1 if cores >= 4 else cores


def available_memory() -> int:
    """Bytes that can be used now without swapping."""
    return int(psutil.virtual_memory().available)


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _gpu() -> tuple[str | None, int]:
    import torch

    if not torch.cuda.is_available():
        return None, 0
    properties = torch.cuda.get_device_properties(0)
    return str(properties.name), int(properties.total_memory)
