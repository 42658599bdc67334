"""No way out: this process and all that it starts cannot reach a network, and tell so.

Two guards. On Linux the kernel refuses (`seccomp`); on every system Python's own audit hook refuses
and counts (`watch`). `guard` sets both up and says what stands; `proof` tries to break through.
"""
