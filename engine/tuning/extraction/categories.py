"""Gives verbs that hide what they speak of their category: "use Neovim" is about an editor.

Asked back as "What do I use?" such a fact answers anything and nothing. Where neither the words of
the value nor a short general list tells the category, there is no question worth learning.
"""

import re
from dataclasses import dataclass

from engine.tuning.extraction.words import INSTRUMENTS, SPORTS, VEHICLES, word_set


@dataclass(frozen=True, slots=True)
class Kind:
    """A category: how it is asked for ("{do} {who}" filled in), and the noun after "my"."""

    question: str
    noun: str
    words: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None

    def holds(self, value: str) -> bool:
        """Does `value` belong to it?"""
        low = value.lower()
        if self.words & set(re.findall(r"[\w+-]+", low)):
            return True
        return bool(self.pattern and self.pattern.search(value))


_BOARD_GAMES = word_set(
    """chess checkers draughts backgammon scrabble catan carcassonne monopoly cluedo risk
    mahjong shogi othello reversi pandemic azul wingspan dominion ludo boggle rummikub gloomhaven"""
)
_CARD_GAMES = word_set(
    """poker bridge rummy canasta whist cribbage skat euchre blackjack solitaire uno hearts
    pinochle bezique tarock jass doppelkopf"""
)
_VIDEO_GAMES = word_set(
    """minecraft tetris fortnite zelda fifa roblox skyrim starcraft overwatch valorant dota factorio
    stardew pokémon pokemon mario warcraft civilization sims hades celeste terraria"""
)
_EDITORS = word_set("vim neovim nvim emacs vscode sublime intellij pycharm helix nano webstorm")
_SYSTEMS = word_set(
    "linux ubuntu debian fedora arch mint manjaro nixos windows macos freebsd gentoo suse popos mac"
)
_BROWSERS = word_set("firefox chrome chromium safari brave vivaldi opera edge")
_BUSINESSES = word_set(
    """business shop store bookshop bookstore café cafe restaurant bakery farm company studio agency
    b&b hotel hostel guesthouse pub bar salon nursery kennel startup firm practice clinic stall
    brewery vineyard gallery school kitchen truck garage florist laundrette deli"""
)
_POSITIONS = word_set(
    """goalkeeper goalie keeper striker defender midfield midfielder winger prop hooker fullback
    flanker lock setter libero shortstop pitcher catcher quarterback linebacker centre-back forward
    sweeper left-back right-back"""
)
_MUSIC = word_set(
    """jazz blues folk gospel opera fado flamenco punk metal rock techno house rap bluegrass reggae
    ska country klezmer madrigals"""
)
_ANIMALS = word_set(
    """bees hens chickens ducks geese goats sheep pigs alpacas horses cows rabbits quail koi fish
    pigeons ferrets snakes hives reptiles budgies cats dogs"""
)
_VOICES = word_set("soprano alto tenor baritone bass mezzo mezzo-soprano contralto countertenor")
_MEDICINE = re.compile(
    r"\b\w+(?:statins?|oxine|formin|prazole|pril|sartan|olol|oxetine|azepam|cillin|profen|dipine|"
    r"mycin|triptyline|traline|pram|phenidate|tadine|parin|warfarin)\b|"
    r"\b(?:insulin|aspirin|paracetamol|melatonin|antidepressants?|beta[- ]blockers?|"
    r"blood thinners?|steroids|the pill|antihistamines?|lithium|(?:\w+ )?"
    r"(?:tablets?|pills?|medication|inhaler))\b",
    re.IGNORECASE,
)
_THE_INSTRUMENT = re.compile(
    r"^the (?!(?:\w+ )?(?:lead|villain|field|lottery|market|markets|game|games|fool|part|role|"
    r"victim|host|devil|hero|card|recording|stock market|main|odds|ponies)\b)"
    r"(?:[a-z-]+ )?[a-z-]+(?:,? and (?:the )?[a-z-]+)?$"
)
_AIDS = re.compile(r"\b(?:hearing )?aids?\b")
_NEWSPAPER = re.compile(
    r"^[Tt]he (?:[A-Z]\w+ )*(?:Times|Guardian|Post|Economist|Telegraph|News|Herald)\b"
)
_TEAM = re.compile(r"^(?:the )?[A-ZÀ-Þ]")
_TOLD = re.compile(r"\b(?P<kind>(?:board|card|video|computer|role-playing) game)\b,?")
_HEADED = re.compile(r"^an? (?:[\w'’-]+ ){1,4}?(?P<head>[a-z]{3,}(?:-[a-z]+)?)$")
_HEADS_OF = frozenset(("use", "own", "wear", "ride", "run", "have"))
_NO_HEAD = word_set("one lot bit few more kind sort thing day week while marathon risk mess")
_MADE = re.compile(r"^(?:an?|my|the) (?:[\w-]+ )*[A-ZÀ-Þ0-9]")

_SAY_NOTHING = word_set(
    "do have make get need own owe hold start finish open want find arrive walk win lose join "
    "leave see"
)
_KINDS: dict[str, tuple[Kind, ...]] = {
    "play": (
        Kind("Which instrument {do} {who} play?", "instrument", INSTRUMENTS, _THE_INSTRUMENT),
        Kind("Which sport {do} {who} play?", "sport", SPORTS),
        Kind("Which position {do} {who} play?", "position", _POSITIONS),
        Kind("Which board game {do} {who} play?", "board game", _BOARD_GAMES),
        Kind("Which card game {do} {who} play?", "card game", _CARD_GAMES),
        Kind("Which video game {do} {who} play?", "video game", _VIDEO_GAMES),
        Kind("What kind of music {do} {who} play?", "music", _MUSIC),
    ),
    "keep": (Kind("What animals {do} {who} keep?", "animals", _ANIMALS),),
    "use": (
        Kind("Which editor {do} {who} use?", "editor", _EDITORS),
        Kind("Which operating system {do} {who} use?", "operating system", _SYSTEMS),
        Kind("Which browser {do} {who} use?", "browser", _BROWSERS),
        Kind("What medicine {do} {who} take?", "medicine", pattern=_MEDICINE),
        Kind("What phone {do} {who} have?", "phone", word_set("iphone fairphone android pixel")),
        Kind("What camera {do} {who} have?", "camera", word_set("canon nikon fujifilm leica")),
        Kind("What laptop {do} {who} have?", "laptop", word_set("macbook thinkpad chromebook")),
    ),
    "run": (
        Kind("What business {do} {who} run?", "business", _BUSINESSES),
        Kind("Which operating system {do} {who} run?", "operating system", _SYSTEMS),
    ),
    "take": (Kind("What medicine {do} {who} take?", "medicine", pattern=_MEDICINE),),
    "sing": (
        Kind("Which voice {do} {who} sing?", "voice", _VOICES),
        Kind("What kind of music {do} {who} sing?", "music", _MUSIC),
    ),
    "ride": (
        Kind("What horse {do} {who} ride?", "horse", word_set("horse pony mare gelding cob")),
        Kind("What bike {do} {who} ride?", "bike", VEHICLES | {"harley"}, _MADE),
    ),
    "support": (Kind("Which team {do} {who} support?", "team", pattern=_TEAM),),
    "wear": (
        Kind("What {do} {who} wear for {whose} eyesight?", "", word_set("glasses lenses contacts")),
        Kind("What {do} {who} wear for {whose} hearing?", "", pattern=_AIDS),
    ),
    "read": (Kind("Which newspaper {do} {who} read?", "newspaper", pattern=_NEWSPAPER),),
    **dict.fromkeys(_SAY_NOTHING, ()),
}  # fmt: skip
_BARE = re.compile(
    r"^What (?P<do>do|does) (?P<who>I|we|my [\w' -]+?) (?P<verb>[a-z]+)\?$"
)


def categorised(question: str, value: str) -> tuple[str, str] | None:
    """The question with its category and the noun; None where nobody could tell what is asked.

    Questions that say enough come back as they are, with an empty noun.
    """
    bare = _BARE.match(question)
    if bare is None or bare["verb"] not in _KINDS:
        return question, ""
    who = bare["who"]
    for kind in _KINDS[bare["verb"]]:
        if kind.holds(value):
            asked = kind.question.format(do=bare["do"], who=who, whose=_possessed(who, ""))
            return asked, _possessed(who, kind.noun) if kind.noun else ""
    if bare["verb"] in ("have", "own", "make") and who not in ("I", "we"):
        return question, ""
    return _by_head(bare, value)


def _by_head(bare: re.Match[str], value: str) -> tuple[str, str] | None:
    """"A Brompton folding bike" names its own category with its last word."""
    do, who, verb = bare["do"], bare["who"], bare["verb"]
    if told := _TOLD.search(value):
        return f"Which {told['kind']} {do} {who} {verb}?", _possessed(who, told["kind"])
    headed = _HEADED.match(value)
    if verb not in _HEADS_OF or headed is None or headed["head"] in _NO_HEAD:
        return None
    return f"What kind of {headed['head']} {do} {who} {verb}?", _possessed(who, headed["head"])


def _possessed(who: str, noun: str) -> str:
    return (f"my {noun}" if who in ("I", "we") else f"{who}'s {noun}").strip()
