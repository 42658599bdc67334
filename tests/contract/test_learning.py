"""The learning loop as a window sees it: consent, inbox, progress, pause, stop, shutdown."""

import pytest

from engine.contract import (
    ChangeSetting,
    Failed,
    FailureKind,
    JobPaused,
    Learn,
    LearnDone,
    LearnProgress,
    LearnStarted,
    ListAdapters,
    ListConversations,
    ListExamples,
    ListMemories,
    Pause,
    Reply,
    ReplyDone,
    ReplyOptions,
    Resume,
    ReviewExample,
    SetConversationConsent,
    SetMessageConsent,
    Stop,
    Stopped,
)
from storage.records import ExampleStatus, Verdict

FACTS = ("My dog is called Rex.", "My sister is called Ingrid.", "My car is a green Volvo.")


@pytest.fixture
def told(tell):
    """A bench with three facts told in consented chats."""
    return tell(FACTS)


def slow_learning():
    return Learn(approve_all=True, preset="quick", overrides=(("steps", 5000),))


def test_without_consent_nothing_is_learned(make):
    bench = make()
    bench.ask(Reply(text="My dog is called Rex."))
    assert bench.ask(ListExamples()).examples == ()
    failed = bench.ask(Learn())
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.BAD_INPUT


def test_consent_taken_back_empties_the_inbox_and_given_again_fills_it(told):
    pending = told.ask(ListExamples()).examples
    first, rest = pending[0], {example.value for example in pending[1:]}
    message = first.source_message_id
    told.ask(SetMessageConsent(message_id=message, allowed=False))
    assert {example.value for example in told.ask(ListExamples()).examples} == rest
    told.ask(SetMessageConsent(message_id=message, allowed=None))
    assert first.value in {example.value for example in told.ask(ListExamples()).examples}
    for chat in told.ask(ListConversations()).conversations:
        told.ask(SetConversationConsent(conversation_id=chat.id, allowed=False))
    assert told.ask(ListExamples()).examples == ()


def test_consent_taken_back_leaves_what_was_decided(told):
    kept = told.ask(ListExamples()).examples[0]
    told.ask(ReviewExample(example_id=kept.id, status=ExampleStatus.APPROVED))
    for chat in told.ask(ListConversations()).conversations:
        told.ask(SetConversationConsent(conversation_id=chat.id, allowed=False))
    assert [example.id for example in told.ask(ListExamples(status=None)).examples] == [kept.id]


def test_nothing_to_learn_is_an_outcome(make):
    bench = make()
    bench.ask(ChangeSetting(key="learning_consent", value=True))
    done = bench.ask(Learn(approve_all=True))
    assert isinstance(done, LearnDone)
    assert done.report.verdict is Verdict.NOTHING_TO_LEARN
    assert done.report.adapter_id is None


def test_the_inbox_is_reviewed_and_approved_facts_are_remembered(told):
    pending = told.ask(ListExamples()).examples
    assert len(pending) >= 2
    first, second = pending[:2]
    changed = told.ask(
        ReviewExample(example_id=first.id, status=ExampleStatus.APPROVED, answer="Edited.")
    )
    assert changed.example.answer == "Edited."
    told.ask(ReviewExample(example_id=second.id, status=ExampleStatus.NEVER))
    assert "Edited." in {m.text for m in told.ask(ListMemories()).memories}
    left = told.ask(ListExamples()).examples
    assert {e.id for e in left} == {e.id for e in pending} - {first.id, second.id}
    never = told.ask(ListExamples(status=ExampleStatus.NEVER)).examples
    assert [e.id for e in never] == [second.id]


def test_a_reply_is_answered_while_learning_goes_on(told):
    learning = slow_learning()
    told.submit(learning)
    told.wait_for(LearnStarted, learning.job)
    done = told.ask(Reply(text="hello", options=ReplyOptions(max_tokens=3)))
    assert isinstance(done, ReplyDone)
    assert not told.ends(learning.job)
    told.submit(Stop(target=learning.job, keep=False))
    assert isinstance(told.end(learning.job), Stopped)


def test_pause_and_resume(told):
    learning = slow_learning()
    told.submit(learning)
    told.wait_for(LearnStarted, learning.job)
    told.submit(Pause(target=learning.job))
    assert told.wait_for(JobPaused, learning.job).paused
    seen = len(told.of(learning.job))
    answered = told.ask(Reply(text="hi", options=ReplyOptions(max_tokens=3)))
    assert isinstance(answered, ReplyDone)
    assert len(told.of(learning.job)) == seen
    told.submit(Resume(target=learning.job))
    assert not told.wait_for(JobPaused, learning.job, count=2).paused
    told.until(lambda events: len(events) > seen + 1, learning.job)
    told.submit(Stop(target=learning.job, keep=False))
    assert isinstance(told.end(learning.job), Stopped)


def test_stop_and_keep_ends_with_a_report_card(told):
    learning = slow_learning()
    told.submit(learning)
    told.until(lambda events: sum(getattr(e, "step", 0) > 0 for e in events) > 2, learning.job)
    told.submit(Stop(target=learning.job, keep=True))
    done = told.end(learning.job)
    assert isinstance(done, LearnDone)
    assert done.report.examples >= 2
    assert 0 < done.report.attempts[0].steps < 5000
    adapters = told.ask(ListAdapters()).adapters
    assert [a.active for a in adapters] == [done.report.verdict is Verdict.ACTIVATED]


def test_progress_is_in_bounds(told):
    learning = slow_learning()
    told.submit(learning)
    progress = told.wait_for(LearnProgress, learning.job, count=3)
    assert 0.0 <= progress.fraction <= 1.0
    assert progress.phase in {"collect", "prepare", "exam_before", "train", "exam_after"}
    told.submit(Stop(target=learning.job, keep=False))
    told.end(learning.job)


def test_shutdown_in_mid_training_ends_every_job_once(told):
    learning, waiting = slow_learning(), Learn()
    told.submit(learning)
    told.wait_for(LearnProgress, learning.job, count=2)
    told.submit(waiting)
    assert told.engine.shutdown(30.0)
    for job in (learning.job, waiting.job):
        (end,) = told.ends(job)
        assert isinstance(end, Failed)
        assert end.kind is FailureKind.SHUTTING_DOWN
