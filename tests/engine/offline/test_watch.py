"""Python's audit hook: what it refuses, what it counts, what it lets pass."""

import pytest

ON = "from engine.offline import watch; watch.install()\n"
TRY = """
import socket
def outcome(what):
    try:
        what()
    except watch.ConnectionDeniedError as error:
        return "denied"
    except OSError as error:
        return type(error).__name__
    return "passed"
def connect(host, family=socket.AF_INET):
    with socket.socket(family) as made:
        made.settimeout(2)
        made.connect((host, 9))
"""


def said(done):
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


@pytest.mark.parametrize("what", [
    "connect('127.0.0.1')", "connect('::1', socket.AF_INET6)",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "socket.socket().bind(('127.0.0.1', 0))", "socket.getaddrinfo('localhost', 80)",
    "socket.gethostbyname('localhost')", "socket.create_connection(('localhost', 9))",
])  # fmt: skip
def test_every_way_is_denied_and_counted_once(alone, what):
    code = ON + TRY + f"print(outcome(lambda: {what}), watch.refused(), watch.take_uncounted())"
    assert said(alone(code)) == ["denied", "1", "1"]


def test_what_was_taken_is_not_counted_again(alone):
    code = ON + TRY + """
outcome(lambda: connect("127.0.0.1"))
print(watch.take_uncounted(), watch.take_uncounted(), watch.refused())
outcome(lambda: connect("127.0.0.1"))
watch.forget(1)
print(watch.take_uncounted(), watch.refused())
"""
    assert said(alone(code)) == ["1", "0", "1", "0", "1"]


def test_sockets_within_the_machine_pass(alone, tmp_path):
    path = str(tmp_path / "s")
    code = ON + TRY + f"""
one = socket.socket(socket.AF_UNIX)
one.bind({path!r})
one.listen()
two = socket.socket(socket.AF_UNIX)
print(outcome(lambda: two.connect({path!r})), watch.refused())
"""
    assert said(alone(code)) == ["passed", "0"]


def test_with_leave_this_computer_passes_and_no_other(alone):
    code = "from engine.offline import watch; watch.install(allow_loopback=True)\n" + TRY + """
print(outcome(lambda: connect("127.0.0.1")), outcome(lambda: connect("192.0.2.1")),
      outcome(lambda: socket.getaddrinfo("example.invalid", 80)))
"""
    own, *others = said(alone(code))
    assert own in ("ConnectionRefusedError", "OSError")  # the latter where loopback is down as well
    assert others == ["denied", "denied"]


def test_the_error_holds_no_address(alone):
    code = ON + TRY + """
try:
    connect("192.0.2.77")
except OSError as error:
    print("192" in str(error), isinstance(error, PermissionError))
"""
    assert said(alone(code)) == ["False", "True"]
