"""The system's own tracer as the witness of what a process asks of the network."""

import re
import shutil
import subprocess

import pytest

NETWORK = re.compile(r"(?:socket|connect|sendto|sendmsg|bind)\(.*AF_INET6?\b")

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def traced(log, command, **options):
    """Runs `command` under strace to its end.

    Only calls of the network stop the process, so it runs as fast as alone.

    Returns:
        What it wrote to standard output, and the traced lines that touch an internet address.
    """
    tracer = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-o", str(log)]
    done = subprocess.run([*tracer, *command], capture_output=True, text=True, check=False,
                          **options)  # fmt: skip
    if "ptrace" in done.stderr and done.returncode != 0:
        pytest.skip("this machine forbids tracing")
    assert done.returncode == 0, done.stderr[-2000:]
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return done.stdout, [line for line in lines if NETWORK.search(line)]
