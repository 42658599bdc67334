"""The filter in the kernel: what it refuses, what still works, that nobody gets around it."""

import platform
import signal
import sys

import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.machine() not in ("x86_64", "aarch64"),
    reason="the filter is Linux's, with rules for two processors",
)
ON = "from engine.offline import seccomp; seccomp.install()\n"
TRY = """
import errno, socket
def outcome(*arguments):
    try:
        socket.socket(*arguments).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "open"
"""


def said(done):
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_internet_sockets_are_refused_and_local_ones_work(alone):
    code = ON + TRY + """
print(outcome(socket.AF_INET, socket.SOCK_STREAM), outcome(socket.AF_INET6, socket.SOCK_STREAM),
      outcome(socket.AF_INET, socket.SOCK_DGRAM), outcome(socket.AF_UNIX, socket.SOCK_STREAM),
      outcome(socket.AF_NETLINK, socket.SOCK_RAW))
one, two = socket.socketpair()
one.send(b"x")
print(two.recv(1).decode())
"""
    assert said(alone(code)) == ["EACCES"] * 3 + ["open"] * 2 + ["x"]


def test_before_the_filter_the_same_sockets_open(alone):
    """Else the test above would prove nothing."""
    code = TRY + "print(outcome(socket.AF_INET, socket.SOCK_DGRAM))"
    assert said(alone(code)) == ["open"]


def test_threads_that_were_there_before_are_held_too(alone):
    code = TRY + """
import threading
go, found = threading.Event(), []
def work():
    go.wait()
    found.append(outcome(socket.AF_INET, socket.SOCK_STREAM))
thread = threading.Thread(target=work)
thread.start()
""" + ON + "go.set(); thread.join(); print(found[0])"
    assert said(alone(code)) == ["EACCES"]


def test_a_program_started_from_here_is_held_too(alone):
    code = ON + TRY + f"""
import subprocess, sys
code = {TRY!r} + "print(outcome(socket.AF_INET, socket.SOCK_STREAM))"
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
"""
    assert said(alone(code)) == ["EACCES"]


def test_setting_it_up_twice_does_no_harm(alone):
    assert said(alone(ON + ON + TRY + "print(outcome(socket.AF_INET))")) == ["EACCES"]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x86-64's other numberings")
def test_the_x32_numbering_is_no_way_around(alone):
    code = ON + """
import ctypes
library = ctypes.CDLL(None, use_errno=True)
answer = library.syscall(ctypes.c_long(0x40000000 + 41), 2, 1, 0)
print(answer, ctypes.get_errno())
"""
    assert said(alone(code)) == ["-1", "1"]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x86-64's other numberings")
def test_the_32_bit_numbering_ends_the_process(alone):
    """Machine code that calls getpid by the old door of 32-bit programs (int 0x80)."""
    code = """
import ctypes, mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
"""
    before = alone(code + "print(call() > 0)")
    if before.returncode != 0:
        pytest.skip("this kernel runs no 32-bit calls")
    assert alone(ON + code + "print(call())").returncode == -signal.SIGSYS


def test_qt_reaches_nothing_either(alone):
    """A socket of Qt's own goes past every hook of Python's."""
    code = ON + """
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QTcpServer, QTcpSocket
application = QCoreApplication([])
made = QTcpSocket()
made.connectToHost("127.0.0.1", 9)
print(made.waitForConnected(2000), made.error().name, QTcpServer().listen())
"""
    words = said(alone(code))
    assert words[0] == words[2] == "False"
    assert words[1] != "ConnectionRefusedError"


def test_torch_and_worker_processes_still_work(alone):
    code = ON + """
import multiprocessing, torch
if __name__ == "__main__":
    with multiprocessing.get_context("fork").Pool(1) as pool:
        print(int(torch.ones(3).sum()), pool.apply(abs, (-4,)))
"""
    assert said(alone(code)) == ["3", "4"]
