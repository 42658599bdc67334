"""Flags of a job, and the lane that works off commands."""

import threading

import pytest

from engine.contract import ListConversations, Reply
from engine.control import JobControl, Jobs, JobStopped
from engine.lanes import Lane


def test_a_checkpoint_serves_and_goes_on():
    served = []
    control = JobControl(lambda: served.append(1))
    control.checkpoint()
    control.checkpoint()
    assert len(served) == 2


def test_stop_is_seen_at_the_next_checkpoint():
    control = JobControl()
    control.stop(keep=True)
    assert control.should_stop()
    assert control.keep
    with pytest.raises(JobStopped):
        control.checkpoint()


def test_a_later_discard_wins_and_a_later_keep_does_not():
    control = JobControl()
    control.stop(keep=True)
    control.stop(keep=False)
    assert not control.keep
    control.stop(keep=True)
    assert not control.keep


def test_a_stop_while_serving_leaves_at_once():
    control = JobControl(lambda: control.stop())
    with pytest.raises(JobStopped):
        control.checkpoint()


@pytest.mark.parametrize("end", ["resume", "stop"])
def test_a_paused_job_stands_still_and_serves_until_it_goes_on(end):
    told, served, passed = [], threading.Event(), threading.Event()
    control = JobControl(served.set, told.append)
    control.pause()

    def work():
        try:
            control.checkpoint()
        except JobStopped:
            told.append("stopped")
        passed.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert served.wait(10)
    assert not passed.wait(0.25)
    control.resume() if end == "resume" else control.stop()
    assert passed.wait(10)
    worker.join()
    assert told == [True, False] + (["stopped"] if end == "stop" else [])


def test_jobs_reach_their_flags_until_they_are_closed():
    jobs = Jobs()
    control = jobs.open("a", JobControl())
    jobs.get("a").stop()
    assert control.should_stop()
    jobs.close("a")
    assert jobs.get("a") is not control


def test_shutdown_stops_all_and_discards_nothing_saved():
    jobs = Jobs()
    controls = [jobs.open(name, JobControl()) for name in "abc"]
    jobs.stop_all()
    assert all(c.should_stop() and c.shutting_down and not c.keep for c in controls)


def test_a_lane_works_in_order_on_one_thread():
    done, threads = [], set()

    def work(command):
        done.append(command.job)
        threads.add(threading.current_thread().name)

    lane = Lane("lane-of-test", work)
    lane.start()
    commands = [ListConversations() for _ in range(50)]
    assert all(lane.put(command) for command in commands)
    deadline = threading.Event()
    while len(done) < 50 and not deadline.wait(0.01):
        pass
    lane.close()
    assert lane.join(10)
    assert done == [command.job for command in commands]
    assert threads == {"lane-of-test"}


def test_a_closed_lane_returns_what_it_did_not_do_and_takes_no_more():
    entered, leave, finished = threading.Event(), threading.Event(), []

    def work(_command):
        entered.set()
        leave.wait(10)

    lane = Lane("l", work, lambda: finished.append(threading.current_thread().name))
    lane.start()
    first, second = ListConversations(), ListConversations()
    lane.put(first)
    assert entered.wait(10)
    lane.put(second)
    assert lane.close() == (second,)
    assert not lane.put(first)
    assert not lane.join(0.05)
    leave.set()
    assert lane.join(10)
    assert finished == ["l"]


def test_a_wanted_command_is_taken_out_of_turn():
    lane = Lane("l", lambda _command: None)
    first, second = ListConversations(), Reply(text="x")
    lane.put(first)
    lane.put(second)
    assert lane.take(lambda c: isinstance(c, Reply)) is second
    assert lane.take(lambda c: isinstance(c, Reply)) is None
    assert lane.close() == (first,)


def test_a_lane_that_never_started_is_at_its_end():
    assert Lane("l", lambda _command: None).join(0.0)
