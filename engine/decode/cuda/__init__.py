"""The GPU decoder: NF4 weights, a static cache, and steps that replay as captured graphs.

All but the capture itself is plain tensor code that runs on any device; the tests run it on CPU.
"""
