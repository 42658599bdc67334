# ruff: noqa: E501 - one rule a line reads best
"""Standard questions and the nouns that go with them, one rule a line."""

import re

_W = r"(?P<w>my [\w'’ -]+?)"
"""Somebody or something of the user's."""


def _rules(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"^{pattern}\?$"), made) for pattern, made in rules)


STANDARD = _rules(
    (r"What am I (?:scared|terrified|frightened) of", "What am I afraid of?"),
    (rf"What (is|are) {_W} (?:scared|terrified|frightened) of", r"What \1 \g<w> afraid of?"),
    (rf"What (?:is|has) {_W} (?:into|obsessed with|mad about|crazy about|mad on|keen on|fond of|a (?:big |huge )?fan of|addicted to)", r"What does \g<w> like?"),
    (rf"What (?:are|have) {_W} (?:into|obsessed with|mad about|crazy about|mad on|keen on|fond of|addicted to)", r"What do \g<w> like?"),
    (rf"What (do|does) {_W} (?:love|enjoy|adore)", r"What \1 \g<w> like?"),
    (rf"What (do|does) {_W} (?:hate|detest|loathe)", r"What \1 \g<w> dislike?"),
    (r"What am I (?:obsessed with|mad about|crazy about|keen on|fond of|passionate about|addicted to)", "What do I like?"),
    (rf"What (?:is|are) {_W} studying", r"What does \g<w> study?"),
    (rf"Which school (do|does) {_W} attend", r"Which school \1 \g<w> go to?"),
    (r"When (do|does) (.+) (?:depart|take off|set off)", r"When \1 \2 leave?"),
    (r"When (do|does) (.+) (?:run out|lapse)", r"When \1 \2 expire?"),
    (r"Until when (do|does) (.+) (?:run|last)", r"When \1 \2 end?"),
    (r"When (do|does) (.+) finish", r"When \1 \2 end?"),
    (r"When (do|does) (.+) begin", r"When \1 \2 start?"),
    (rf"Where (?:do|does) {_W} come from", r"Where is \g<w> from?"),
    (r"Where is my (?:new |current )?job", "Where do I work?"),
    (r"Which place do I have among my siblings", "Where do I come among my siblings?"),
    (r"What is (my|my .+'s) new hobby", r"What is \1 hobby?"),
    (r"Where is (my) (?:new )?(?:house|flat|apartment|home|place) in", "Where do I live?"),
)  # fmt: skip

NOUNS = _rules(
    (rf"What was {_W}'s job", r"\g<w>'s job"),
    (rf"How old (?:is|are) {_W}(?<! turning)", r"\g<w>'s age"),
    (rf"What colours? (?:is|are) {_W}", r"\g<w>'s colour"),
    (rf"What breed (?:is|are) {_W}", r"\g<w>'s breed"),
    (r"When (?:is|are) (?P<n>my (?:(?!born|due|getting|married|[a-z]+ing\b)[\w'-]+ ?)+)", r"\g<n>"),
    (rf"When (?:is|are) {_W} due", r"\g<w>'s due date"),
    (rf"When (?:is|are) {_W} getting married", r"\g<w>'s wedding"),
    (r"When (?:did|am) I (?:get|getting) married", "my wedding date"),
    (rf"When (?:was|were) {_W} born", r"\g<w>'s date of birth"),
    (rf"Where (?:was|were) {_W} born", r"\g<w>'s place of birth"),
    (rf"When (?:do|does) {_W} expire", r"\g<w>'s expiry date"),
    (rf"When (?:do|does) {_W} end", r"\g<w>'s end date"),
    (r"When (?:do|does) (?P<n>my (?:alarm|shift)) (?:go off|start)", r"\g<n>"),
    (rf"Where (?:do|does) {_W} live", r"\g<w>'s home"),
    (rf"Where (?:do|does) {_W} work", r"\g<w>'s workplace"),
    (rf"Where (?:do|does) {_W} study", r"\g<w>'s university"),
    (rf"Where (?:is|are|was|were) {_W} from", r"\g<w>'s origin"),
    (rf"What (?:do|does) {_W} study", r"\g<w>'s field of study"),
    (rf"What (?:do|does) {_W} teach", r"\g<w>'s subject"),
    (rf"Which school (?:do|does) {_W} go to", r"\g<w>'s school"),
    (rf"Which (instrument|sport) (?:do|does) {_W} play", r"\g<w>'s \1"),
    (rf"Which health condition (?:do|does) {_W} have", r"\g<w>'s health condition"),
    (rf"What pet (?:do|does) {_W} have", r"\g<w>'s pet"),
    (rf"Which team (?:do|does) {_W} support", r"\g<w>'s team"),
    (rf"What (?:is|are) {_W} allergic to", r"\g<w>'s allergy"),
    (rf"What (?:is|are) {_W} afraid of", r"\g<w>'s fear"),
    (r"What (?:is|are) (?P<n>my .+?(?<! of)(?<! to)(?<! at)(?<!ing))(?: called)?", r"\g<n>"),
    (rf"Who (?:is|are) {_W} married to", r"\g<w>'s spouse"),
    (r"Which (instrument|sport) do I play", r"my \1"),
    (r"Which languages do I speak", "my languages"),
    (r"Which language am I learning", "the language I am learning"),
    (r"Which (choir|club|gym|team|band|orchestra|society|group|league|church|course|class) did I join", r"my \1"),
    (r"Which (bus|tram|train|line|ferry) do I take", r"my \1"),
    (r"Which (bus|tram|train|line|ferry) do I take (to [\w ]+)", r"my \1 \2"),
    (r"What am I afraid of", "my fear"),
    (r"What do I collect", "my collection"),
    (r"What do I teach", "my subject"),
    (r"What (?:do|can) I not eat", "the food I do not eat"),
    (r"How many (?P<n>[\w' -]+) do I have", r"the number of my \g<n>"),
    (r"How tall am I", "my height"),
    (r"How much do I weigh", "my weight"),
    (r"What (car|phone|laptop|camera|bike|horse) do I (?:have|drive|ride)", r"my \1"),
    (r"What kind of (hair|skin|eyes) do I have", r"my \1"),
    (r"Where was I born", "my place of birth"),
    (r"Where did I grow up", "the place where I grew up"),
    (r"Where am I from", "where I come from"),
    (r"Where do I live", "the place where I live"),
    (r"Where do I work", "my workplace"),
    (r"Where do I study", "my university"),
    (r"What do I study", "my field of study"),
    (r"What do I drive", "my car"),
    (r"What pet do I have", "my pet"),
    (r"Who am I (?:married|engaged) to", "my partner"),
    (r"Where do I come among my siblings", "my place among my siblings"),
)  # fmt: skip
