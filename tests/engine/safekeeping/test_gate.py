"""Lanes work side by side; one that replaces files works alone."""

import threading

from engine.gate import Gate


def in_thread(act):
    thread = threading.Thread(target=act)
    thread.start()
    return thread


def test_lanes_work_side_by_side_and_nested():
    gate, met = Gate(), threading.Barrier(2)

    def lane():
        with gate.working(), gate.working():
            met.wait(10)

    threads = [in_thread(lane), in_thread(lane)]
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def test_alone_is_refused_while_another_works_and_allowed_afterwards():
    gate, working, done = Gate(), threading.Event(), threading.Event()

    def lane():
        with gate.working():
            working.set()
            done.wait(10)

    thread = in_thread(lane)
    assert working.wait(10)
    with gate.alone(0.05) as free:
        assert not free
    done.set()
    thread.join(10)
    with gate.alone(0.05) as free:
        assert free


def test_a_lane_may_be_alone_though_it_is_at_work_itself():
    gate = Gate()
    with gate.working(), gate.alone(0.05) as free, gate.working():
        assert free


def test_others_wait_until_the_lone_one_is_done():
    gate, order = Gate(), []

    def lane():
        with gate.working():
            order.append("lane")

    with gate.alone(1) as free:
        assert free
        thread = in_thread(lane)
        thread.join(0.1)
        assert thread.is_alive()
        order.append("alone")
    thread.join(10)
    assert order == ["alone", "lane"]


def test_an_error_while_alone_lets_the_others_go_on():
    gate = Gate()
    try:
        with gate.alone(1):
            raise ValueError
    except ValueError:
        pass
    thread = in_thread(lambda: gate.working().__enter__())
    thread.join(10)
    assert not thread.is_alive()
