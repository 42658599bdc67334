"""A week in the life through the terminal commands: told, corrected, deleted, and examined at last.

    make week        (python -m tests.bench.week [--preset balanced] [--max-minutes M] [--json])

Seven days of chats of our own (`tests/support/week.py`): each day is imported and learned. On day 3
the user has moved, on day 5 a conversation is forgotten before learning. At the end every fact is
asked for in words that stand in no chat, each in a chat of its own with memory off. The same story
with less training is tests/e2e/test_week.py.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.report import machine
from tests.support.terminal import Profile
from tests.support.week import GENERAL, NEVER_TOLD, WEEK, Day, facts, holds

UNTIL_THE_END = {}
"""No limit of our own on any day: the program's own ten minutes."""


class Week:
    """Lives the week in a profile of its own; every figure on the way is kept in ``days``."""

    def __init__(self, folder, preset, minutes=UNTIL_THE_END):
        """`minutes` limits the learning of some days, by number from 1."""
        self.profile = Profile(folder)
        self.preset = preset
        self.minutes = minutes
        self.days = []
        self.forgotten = None

    def live(self):
        """All seven days."""
        for number, day in enumerate(WEEK, 1):
            began = time.monotonic()
            chats = self.profile.write(f"day-{number}.jsonl", [talk.line() for talk in day.talks])
            self.profile.good("import", "--consent", chats)
            on_before = self.active()
            self.forget(day)
            card = self.learn(number)
            self.days.append({
                "day": number, "verdict": card["verdict"], "reasons": card["reasons"],
                "examples": card["examples"], "attempts": len(card["attempts"]),
                "steps": sum(one["steps"] for one in card["attempts"]),
                "exam": card["exam"], "on_before": on_before, "on_after": self.active(),
                "seconds": round(time.monotonic() - began, 1)})  # fmt: skip

    def learn(self, number):
        limit = self.minutes.get(number)
        words = ["--max-minutes", str(limit)] if limit else []
        return self.profile.good("learn", "--approve-all", "--preset", self.preset, "--json",
                                 *words).json  # fmt: skip

    def forget(self, day: Day):
        """Forgets the conversation that `day` names, found by searching for its words."""
        if day.forget is None:
            return
        hit = next(row for row in self.profile.good("search", "--json", "sister").json_lines
                   if row["title"] == day.forget)  # fmt: skip
        self.forgotten = self.profile.good(
            "forget", "--conversation", hit["conversation"], "--json").json  # fmt: skip

    def active(self):
        """The id of the adapter that is switched on, or None."""
        rows = self.profile.good("adapters list", "--json").json_lines
        return next((row["id"] for row in rows if row["active"]), None)

    def ask(self, questions, *words):
        """The answers, each in a chat of its own, memory off, the likeliest words."""
        rows = [{"id": place, "question": question} for place, question in enumerate(questions)]
        path = self.profile.write("asked.jsonl", rows)
        done = self.profile.good("ask", "--file", path, "--no-memory", "--temperature", "0",
                                 "--max-tokens", "40", *words)  # fmt: skip
        return [done.answers[place] for place in range(len(questions))]

    def known(self, told, *words):
        """Those of `told` that are answered right."""
        answers = self.ask([fact.question for fact in told], *words)
        return [fact for fact, answer in zip(told, answers, strict=True)
                if holds(answer, fact.accepted)]  # fmt: skip

    def examined(self):
        """What is known at the end, what came back that should not, what is left elsewhere."""
        alive, gone = facts(alive=True), facts(alive=False)
        known = self.known(alive)
        never = self.ask(NEVER_TOLD)
        general = self.ask([question for question, _ in GENERAL])
        last = self.days[-1]["exam"]
        return {
            "told_count": len(alive), "known_count": len(known),
            "known_without_adapter_count": len(self.known(alive, "--adapter", "off")),
            "missed": [fact.question for fact in alive if fact not in known],
            "gone_count": len(gone),
            "came_back": [fact.question for fact in self.known(gone)],
            "corrected_known": any("porto" in fact.accepted for fact in known),
            "never_told": dict(zip(NEVER_TOLD, never, strict=True)),
            "general_right_count": sum(
                holds(answer, accepted)
                for answer, (_, accepted) in zip(general, GENERAL, strict=True)),
            "general_count": len(GENERAL),
            "own_exam_last_day": last,
        }  # fmt: skip

    def traces(self, word):
        """Where a deleted word is still found by the commands: memory, search, chats."""
        profile = self.profile
        places = {"memory": profile.good("memory list", "--json").out,
                  "search": profile.good("search", "--json", word).out,
                  "chats": profile.contents()[0]}  # fmt: skip
        return [name for name, text in places.items() if word.casefold() in text.casefold()]


def measure(folder, preset, minutes):
    """The whole week; all figures."""
    limits = dict.fromkeys(range(1, len(WEEK) + 1), minutes) if minutes else UNTIL_THE_END
    week = Week(folder, preset, limits)
    began = time.monotonic()
    week.live()
    seconds = round(time.monotonic() - began, 1)
    return {"preset": preset, "machine": machine(), "seconds": seconds, "days": week.days,
            "forgotten": week.forgotten, "at_the_end": week.examined(),
            "traces_of_deleted": week.traces("Ottilie")}  # fmt: skip


def shown(figures):
    """Lines for a person."""
    end = figures["at_the_end"]
    lines = [f"day {one['day']}: {one['verdict']:16} {one['examples']:3} facts "
             f"{one['steps']:4} steps {one['seconds']:7.1f} s  {', '.join(one['reasons'])}"
             for one in figures["days"]]  # fmt: skip
    lines += [
        f"known at the end: {end['known_count']} of {end['told_count']} "
        f"(without the adapter {end['known_without_adapter_count']})",
        f"corrected: {'the new value' if end['corrected_known'] else 'NOT the new value'}",
        f"deleted or corrected, and back: {len(end['came_back'])} of {end['gone_count']}",
        f"deleted, and found elsewhere: {', '.join(figures['traces_of_deleted']) or 'nowhere'}",
        f"general: {end['general_right_count']} of {end['general_count']}",
        f"in all {figures['seconds']:.0f} s",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="balanced", choices=("quick", "balanced", "thorough"))
    parser.add_argument("--max-minutes", type=float, help="for the learning of each day")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name), options.preset, options.max_minutes)
    text = json.dumps(figures, ensure_ascii=False) if options.json else shown(figures)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
