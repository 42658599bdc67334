"""Learning in several processes of one computer.

The first process, the leader, does all it does alone: it holds the profile and its key, draws the
examples, sits the exam, keeps the adapter. It deals each step's examples out as token ids, and the
others, the helpers, send back gradients. They meet at a Unix socket in a private folder, so nothing
leaves the computer's memory, no network address is opened (the kernel's filter stays on in all of
them), and nothing is written to a disk.
"""
