"""The command line: every command, option and word of help, and nothing that takes time to load."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from storage.settings import SETTINGS
from ui.terminal import numbers

PROGRAM = "main.py"
BENCHES = ("decode", "prefill", "turn2", "adapter", "train", "startup", "ui", "load")
_WIDTH = 88
_ABOUT = (
    "Confidant, a private assistant that runs on this computer alone. Without a command the "
    "window opens. Exit codes: 0 good, 1 failed with one sentence on standard error, 2 wrong usage."
)
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class _Format(argparse.HelpFormatter):
    """Help of one fixed width, so that it reads the same everywhere and in docs/cli.md."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_WIDTH, max_help_position=26)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options as a namespace; ``command`` is None for the window.

    Raises:
        SystemExit: 0 after ``--help``, 2 with a sentence on standard error for wrong usage.
    """
    return build_parser().parse_args(arguments)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description=_ABOUT, formatter_class=_Format, allow_abbrev=False
    )
    _add_profile(parser, None)
    parser.add_argument(
        "--demo", action="store_true",
        help="work on a made-up profile with scripted answers; nothing is kept")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_chat(commands)
    _add_ask(commands)
    _add_import(commands)
    _add_rate(commands)
    _add_rewrite(commands)
    _add_learn(commands)
    _add_adapters(commands)
    _add_exam(commands)
    _add_memory(commands)
    _add_forget(commands)
    _add_explain(commands)
    _add_skill(commands)
    _add_export(commands)
    _add_search(commands)
    _add_doctor(commands)
    _add_bench(commands)
    return parser


def command_parsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Parser by full command name ("adapters list"), in the order of the help."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                found[name] = child
                found |= {f"{name} {rest}": one for rest, one in command_parsers(child).items()}
    return found


def _command(commands: _Commands, name: str, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name, help=about, description=about[0].upper() + about[1:] + ".",
        formatter_class=_Format, allow_abbrev=False)
    _add_profile(parser, argparse.SUPPRESS)
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F",
        help="file whose first line is the passphrase; without it the system keyring has the key")
    return parser


def _add_profile(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--profile", type=Path, metavar="DIR", default=default,
        help="folder that holds all data; without it the usual folder of this system")


def _add_json(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--json", action="store_true", help=about)


def _add_reply_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--adapter", default="active", metavar="off|active|ID",
        help="adapter to answer with: none, the active one, or one by id, start of an id, or "
             "version number (default: active)")
    parser.add_argument(
        "--strength", type=numbers.setting_float("adapter_strength"), metavar="0..1.5",
        help=SETTINGS["adapter_strength"].help)
    parser.add_argument(
        "--no-memory", action="store_true", help="add nothing remembered to the prompt")
    parser.add_argument(
        "--past-chats", action="store_true", default=None,
        help="add fitting messages of other chats to the prompt as well")
    parser.add_argument(
        "--temperature", type=numbers.setting_float("temperature"), metavar="T",
        help=SETTINGS["temperature"].help)
    parser.add_argument(
        "--max-tokens", type=numbers.setting_int("max_tokens"), metavar="N",
        help=SETTINGS["max_tokens"].help)
    parser.add_argument(
        "--seed", type=numbers.setting_int("seed"), metavar="S", help=SETTINGS["seed"].help)


def _add_chat(commands: _Commands) -> None:
    parser = _command(commands, "chat", "send one message in a new conversation, stream the answer")
    _add_reply_options(parser)
    _add_json(parser, "print one JSON object instead: text, tokens, first_token_s, tokens_per_s, "
                      "model, adapter")
    parser.add_argument("text", metavar="TEXT", help="the message; - reads it from standard input")


def _add_ask(commands: _Commands) -> None:
    parser = _command(commands, "ask", "ask each question of a file in a conversation of its own")
    parser.add_argument(
        "--file", type=Path, required=True, metavar="Q.jsonl",
        help='file of lines {"id": ..., "question": "..."}; each is answered by a line '
             '{"id": ..., "answer": "..."}, and nothing is stored')
    _add_reply_options(parser)
    _add_json(parser, "add tokens, first_token_s, tokens_per_s, model and adapter to each line")


def _add_import(commands: _Commands) -> None:
    parser = _command(commands, "import", "bring in conversations from a file")
    parser.add_argument(
        "--consent", action="store_true",
        help="allow learning from these conversations, and turn on learning for the profile")
    _add_json(parser, "print one JSON object: conversations, messages, skipped")
    parser.add_argument(
        "file", type=Path, metavar="FILE",
        help='JSONL of {"messages": [{"role": ..., "content": ...}], "title": ...}, or a ChatGPT '
             "export (conversations.json or its zip)")


def _add_rate(commands: _Commands) -> None:
    parser = _command(commands, "rate", "give an answer a thumb up or down, or take it back")
    _add_json(parser, "print one JSON object: message, rating")
    parser.add_argument("message", metavar="ID", help="id of the answer")
    parser.add_argument("thumb", choices=("up", "down", "none"), help="what you think of it")


def _add_rewrite(commands: _Commands) -> None:
    parser = _command(commands, "rewrite", "put your own words in the place of an answer; the old "
                                           "one stays beside it")
    _add_json(parser, "print one JSON object: message, instead_of")
    parser.add_argument("message", metavar="ID", help="id of the answer")
    parser.add_argument(
        "text", metavar="TEXT", help="the answer you wanted; - reads it from standard input")


def _add_learn(commands: _Commands) -> None:
    parser = _command(commands, "learn", "learn from approved examples and print the report card")
    parser.add_argument(
        "--preset", choices=SETTINGS["preset"].choices, help=SETTINGS["preset"].help)
    parser.add_argument(
        "--approve-all", action="store_true",
        help="approve every example that waits in the inbox, unseen")
    parser.add_argument(
        "--max-minutes", type=numbers.positive_minutes, metavar="M",
        help=SETTINGS["max_minutes"].help)
    parser.add_argument(
        "--extraction", choices=SETTINGS["extraction"].choices,
        help=f"what finds facts in chats; without it the setting decides. "
             f"{SETTINGS['extraction'].help}")
    parser.add_argument(
        "--processes", type=numbers.positive_count, metavar="N",
        help="share each training step among N processes of this computer; without it as many as "
             "accelerate launch started or was asked for")
    parser.add_argument(
        "--tensorboard", type=Path, metavar="DIR",
        help="write TensorBoard event files below DIR as well: numbers and the recipe, never "
             "words, not encrypted")
    _add_json(parser, "print the report card as one JSON object")


def _group(commands: _Commands, name: str, about: str) -> _Commands:
    """A command whose work is in its actions."""
    parser = commands.add_parser(
        name, help=about, description=about[0].upper() + about[1:] + ".",
        formatter_class=_Format, allow_abbrev=False)
    return parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)


def _add_adapters(commands: _Commands) -> None:
    actions = _group(commands, "adapters", "list, switch, delete, export or import adapters")
    _add_json(_command(actions, "list", "list all adapters, newest first"),
              "print one JSON object a line")
    for name, about in (("activate", "switch an adapter on, or with off all of them off"),
                        ("delete", "destroy an adapter's key and file for ever")):
        one = _command(actions, name, about)
        one.add_argument("id", metavar="ID", help="id, start of an id, or version number")
    _command(actions, "rollback", "go back to what was on before the last switch")
    one = _command(actions, "export", "write an adapter to a new folder in PEFT's format, in plain "
                                      "text: it is as private as your chats")
    one.add_argument("id", metavar="ID", help="id, start of an id, or version number")
    one.add_argument("folder", type=Path, metavar="DIR", help="folder to make")
    one = _command(actions, "import", "take in a PEFT folder made for the model in use; it is not "
                                      "switched on")
    one.add_argument("folder", type=Path, metavar="DIR",
                     help="folder with adapter_config.json and adapter_model.safetensors")


def _add_exam(commands: _Commands) -> None:
    parser = _command(commands, "exam", "examine an adapter beside no adapter, training nothing")
    parser.add_argument(
        "--adapter", default="active", metavar="ID",
        help="adapter to examine, by id, start of an id, or version number (default: the active "
             "one)")
    _add_json(parser, "print the figures as one JSON object")


def _add_memory(commands: _Commands) -> None:
    actions = _group(commands, "memory", "list, add, edit or delete remembered facts")
    _add_json(_command(actions, "list", "list all facts, newest first"),
              "print one JSON object a line")
    one = _command(actions, "add", "remember a fact")
    one.add_argument("text", metavar="TEXT", help='the fact, such as "My dog is called Rex."')
    _add_json(one, "print the fact as one JSON object")
    one = _command(actions, "edit", "change a fact, or whether it is used")
    one.add_argument("id", metavar="ID", help="id or start of an id")
    one.add_argument("text", metavar="TEXT", nargs="?", help="the new words")
    one.add_argument("--use", choices=("on", "off"), help="whether it may go into prompts")
    _add_json(one, "print the fact as one JSON object")
    one = _command(actions, "delete", "delete a fact; an adapter that learned it is switched off")
    one.add_argument("id", metavar="ID", help="id or start of an id")


def _add_forget(commands: _Commands) -> None:
    parser = _command(commands, "forget", "erase a conversation or a fact for good, switch off "
                                          "every adapter that learned it, and show the recall "
                                          "before and after")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--conversation", metavar="ID", help="id or start of an id")
    which.add_argument(
        "--fact", metavar="ID", help="id, or start of the id, of a memory or a learning example")
    parser.add_argument(
        "--retrain", action="store_true", help="then learn anew from the examples that are left")
    _add_json(parser, "print one JSON object: what was erased, and the recalls")


def _add_explain(commands: _Commands) -> None:
    parser = _command(commands, "explain", "show the memories and learned examples behind an "
                                           "answer, and the words that the adapter changed")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--message", metavar="ID", help="explain the stored answer of this id")
    which.add_argument("text", metavar="TEXT", nargs="?",
                       help="answer this, storing nothing, and explain that answer; - reads it "
                            "from standard input")
    _add_json(parser, "print one JSON object: answer, sources, words")


def _add_skill(commands: _Commands) -> None:
    actions = _group(commands, "skill", "teach a task from labelled rows, apply it, list or delete")
    teach = _command(actions, "teach", "teach a skill and print its report, the untuned model "
                                       "beside the tuned one; a skill of the same name is replaced")
    teach.add_argument("--name", required=True, metavar="N", help="what to call the skill")
    teach.add_argument(
        "--train", type=Path, required=True, metavar="F",
        help="rows to learn from: JSONL of objects, or CSV or TSV with a header; a text and a "
             "label, or a question and an answer; the rows are not kept")
    teach.add_argument(
        "--test", type=Path, required=True, metavar="F",
        help="rows to examine with, in the same fields; never trained on and never used to choose")
    teach.add_argument(
        "--target", type=numbers.share, metavar="0..1",
        help="accuracy to reach (default: 0.85); for written answers the token F1 (default: none)")
    teach.add_argument(
        "--max-minutes", type=numbers.positive_minutes, metavar="M",
        help="most minutes to take (default: 10)")
    teach.add_argument(
        "--seed", type=numbers.setting_int("seed"), default=0, metavar="S",
        help="the same seed cuts and draws the rows alike (default: 0)")
    _add_fields(teach)
    teach.add_argument(
        "--label-field", metavar="FIELD",
        help="field of the label or answer (default: the first of label, intent, category, ... or "
             "answer, output, ...)")
    teach.add_argument(
        "--label-words", type=numbers.pairs, metavar="LABEL=WORDS,...",
        help="what labels mean, for the untuned model: 0=negative,1=positive")
    _add_json(teach, "print the report as one JSON object")
    one = _command(actions, "apply", "apply a skill to a text or to every row of a file")
    one.add_argument("--name", required=True, metavar="N", help="which skill")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--file", type=Path, metavar="F", help="JSONL, CSV or TSV file of texts")
    which.add_argument("text", metavar="TEXT", nargs="?", help="the text")
    _add_fields(one)
    _add_json(one, "print one JSON object for each text: label and confidence, or answer")
    _add_json(_command(actions, "list", "list all skills, newest first"),
              "print one JSON object a line")
    one = _command(actions, "delete", "destroy a skill's key and file for ever")
    one.add_argument("--name", required=True, metavar="N", help="which skill")


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--text-field", metavar="FIELD",
        help="field of the text (default: the first of text, sentence, question, ...)")


def _add_export(commands: _Commands) -> None:
    parser = _command(commands, "export", "write conversations to a file in plain text")
    parser.add_argument(
        "--format", choices=("jsonl", "json", "markdown"), default="jsonl",
        help="jsonl can be imported again (default: jsonl)")
    parser.add_argument(
        "--conversation", metavar="ID", help="write this conversation alone instead of all")
    parser.add_argument("file", type=Path, metavar="FILE", help="file to write; it must be new")


def _add_search(commands: _Commands) -> None:
    parser = _command(commands, "search", "search all stored messages")
    parser.add_argument(
        "--limit", type=numbers.positive_count, default=20, metavar="N",
        help="show at most this many messages (default: 20)")
    _add_json(parser, "print one JSON object a line")
    parser.add_argument("query", metavar="QUERY", help="words to find")


def _add_doctor(commands: _Commands) -> None:
    parser = _command(commands, "doctor", "tell hardware, versions, key status and integrity")
    parser.add_argument(
        "--offline-proof", action="store_true",
        help="try every way to a network and tell which one was refused")
    _add_json(parser, "print one JSON object: facts and problems, with the proof also attempts")


def _add_bench(commands: _Commands) -> None:
    about = "measure speed on this machine; needs a checkout of the source"
    parser = commands.add_parser(
        "bench", help=about, description=about[0].upper() + about[1:] + ".",
        formatter_class=_Format, allow_abbrev=False)
    parser.add_argument(
        "--rounds", type=numbers.positive_count, default=5, metavar="N",
        help="rounds whose median is taken (default: 5)")
    parser.add_argument(
        "--threads", type=numbers.setting_int("threads"), default=0, metavar="N",
        help="threads of the model; 0 chooses as the program does (default: 0)")
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="a GGUF file; without it the built-in model")
    _add_json(parser, "print one JSON object: bench, machine, rounds, figures, goals, notes")
    parser.add_argument(
        "name", choices=BENCHES,
        help="decode, prefill and adapter beside llama.cpp and transformers; turn2: second turn "
             "against the first; train: beside peft; startup, ui: the window; load: beside a busy "
             "core, and memory over 1,000 turns")
