"""Recall and precision of redaction on pii_presidio, kind by kind.

    python -m tests.bench.redaction [--limit N]

A marked identifier counts as found when none of its letters and digits is left. A finding is right
when it lies on a marked span of any structured kind; one on anything else (a zip code, a date) is a
false alarm. Kinds that the goal does not name (people, places, dates) are not looked for. No model.
Prints JSON.
"""

import argparse
import json
import sys
from collections import Counter

from engine.tuning.redaction import redact
from tests.bench.learned import need

KINDS = {
    "CREDIT_CARD": "card", "IBAN_CODE": "iban", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email",
    "US_SSN": "ssn", "IP_ADDRESS": "ip", "DOMAIN_NAME": "url",
}  # fmt: skip
SHOWN = 12


def judged(rows):
    """Counts by kind, and what was missed or found wrongly, without the words around it."""
    wanted, found, missed, alarms = Counter(), Counter(), [], []
    made = Counter()
    for row in rows:
        spans = [span for span in row["spans"] if span["type"] in KINDS]
        findings = redact(row["text"]).findings
        for span in spans:
            kind = KINDS[span["type"]]
            wanted[kind] += 1
            if _covered(row["text"], span, findings):
                found[kind] += 1
            else:
                missed.append((kind, span["value"]))
        for finding in findings:
            right = any(finding.start < one["end"] and one["start"] < finding.end for one in spans)
            made[right] += 1
            if not right:
                alarms.append((finding.kind, finding.text))
    return wanted, found, made, missed, alarms


def _covered(text, span, findings):
    """Is every letter and digit of the span inside of a finding?"""
    taken = set()
    for finding in findings:
        taken.update(range(finding.start, finding.end))
    places = range(span["start"], span["end"])
    return all(place in taken for place in places if text[place].isalnum())


def measure(rows):
    """The figures of `rows`."""
    wanted, found, made, missed, alarms = judged(rows)
    return {
        "sentences_count": len(rows), "identifiers_count": sum(wanted.values()),
        "recall_fraction": round(sum(found.values()) / max(sum(wanted.values()), 1), 4),
        "precision_fraction": round(made[True] / max(made.total(), 1), 4),
        "findings_count": made.total(),
        "by_kind": {kind: {"found_count": found[kind], "of_count": count}
                    for kind, count in sorted(wanted.items())},
        "goals": {"recall_fraction": ">= 0.98", "precision_fraction": ">= 0.95"},
        "missed": missed[:SHOWN], "false_alarms": alarms[:SHOWN],
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=int, help="only the first N sentences")
    options = parser.parse_args()
    path = need("pii_presidio", "sentences.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    figures = measure(rows[: options.limit])
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
