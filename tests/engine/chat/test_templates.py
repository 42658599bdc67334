from typing import Any

import jinja2
import pytest

from engine.chat.render_probes import PROBES, render_probes
from engine.chat.templates import (
    ChatTemplate,
    chat_ml,
    known_template,
    learn_template,
    plain,
)
from engine.contract import EngineError
from engine.model.chat_format import choose_template, learn_in_child
from engine.model.gguf_file import GgufFile
from storage.records import Role
from tests.support.model_data import embedded_file

_S, _U, _A = Role.SYSTEM, Role.USER, Role.ASSISTANT
_TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}
_CHATS = [[_U], [_U, _A, _U], [_S, _U], [_S, _U, _A, _U, _A, _U, _A, _U]]

LLAMA3 = (
    "{{- bos_token }}{% for m in messages %}{{- '<|start_header_id|>' + m['role'] + "
    "'<|end_header_id|>\n\n' + m['content'] | trim + '<|eot_id|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"
    "{% endif %}"
)
MISTRAL = (
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}"
    "{{ '[INST] ' + m['content'] + ' [/INST]' }}{% elif m['role'] == 'assistant' %}"
    "{{ m['content'] + eos_token }}{% else %}{{ raise_exception('no system') }}{% endif %}"
    "{% endfor %}"
)
SYSTEM_LAST = (
    "{% if messages[0]['role'] == 'system' %}{% set lead = messages[0]['content'] %}"
    "{% set rest = messages[1:] %}{% else %}{% set lead = '' %}{% set rest = messages %}{% endif %}"
    "{% for m in rest %}{% if m['role'] == 'user' %}[INST] {% if loop.last and lead %}{{ lead }}"
    "\n\n{% endif %}{{ m['content'] }} [/INST]{% else %}{{ m['content'] }}</s>{% endif %}"
    "{% endfor %}"
)


def _fill(template: ChatTemplate, roles: list[Role], opened: bool = True) -> str:
    words = [f"words {number}" for number in range(len(roles))]
    pieces = template.lay_out(roles, open_answer=opened)
    return "".join(words[piece] if isinstance(piece, int) else piece for piece in pieces)


def _render(source: str, roles: list[Role], opened: bool = True) -> str:
    environment = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
    environment.globals["raise_exception"] = lambda message: 1 / 0
    messages = [
        {"role": role.value, "content": f"words {number}"} for number, role in enumerate(roles)
    ]
    template = environment.from_string(source)
    return template.render(messages=messages, add_generation_prompt=opened, **_TOKENS)


@pytest.mark.parametrize("roles", _CHATS)
def test_the_built_in_layout_equals_the_embedded_models_template(roles: list[Role]) -> None:
    source = str(GgufFile(embedded_file()).metadata["tokenizer.chat_template"])
    template = known_template(source)
    assert template is not None
    assert _fill(template, roles) == _render(source, roles)
    closed = [*roles, _A]
    assert _fill(template, closed, opened=False) == _render(source, closed, opened=False)


@pytest.mark.parametrize("roles", _CHATS)
def test_a_learned_template_equals_its_source(roles: list[Role]) -> None:
    template = learn_template(render_probes(LLAMA3, _TOKENS))
    assert template is not None
    assert not template.merge_system
    assert _fill(template, roles) == _render(LLAMA3, roles)


@pytest.mark.parametrize("source", [MISTRAL, SYSTEM_LAST])
def test_models_without_a_system_turn_get_it_with_the_first_question(source: str) -> None:
    template = learn_template(render_probes(source, _TOKENS))
    assert template is not None
    assert template.merge_system
    talk = [_U, _A, _U]
    assert _fill(template, talk) == _render(source, talk)
    lead = "<s>[INST] " if source == MISTRAL else "[INST] "
    assert _fill(template, [_S, _U]).startswith(f"{lead}words 0\n\nwords 1 [/INST]")


@pytest.mark.parametrize(
    "source",
    [
        "{% broken",
        "nothing of the chat",
        "{% for m in messages %}{{ m.content }}{{ loop.index }}{% endfor %}",
        "{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}",
        "{{ raise_exception('no') }}",
        "{{ ''.__class__.__mro__ }}{% for m in messages %}{{ m.content }}{% endfor %}",
    ],
)
def test_irregular_and_hostile_templates_are_not_learned(source: str) -> None:
    assert learn_template(render_probes(source, _TOKENS)) is None


def test_learning_happens_in_a_child_and_a_hang_ends(tmp_path: Any) -> None:
    learned = learn_in_child(LLAMA3, _TOKENS)
    assert learned is not None
    assert _fill(learned, [_U]) == _render(LLAMA3, [_U])
    bomb = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}"
    assert learn_in_child(bomb, _TOKENS) is None


def test_no_template_means_chat_marks_where_the_vocabulary_has_them(tmp_path: Any) -> None:
    class Tokenizer:
        def __init__(self, has: bool) -> None:
            self._has = has

        def token_id(self, token: str) -> int | None:
            return 1 if self._has else None

    assert choose_template(None, Tokenizer(True), tmp_path) == chat_ml()  # type: ignore[arg-type]
    assert choose_template(None, Tokenizer(False), tmp_path) == plain()  # type: ignore[arg-type]
    assert _fill(plain(), [_S, _U]).endswith("User: words 1\n\nAssistant:")


def test_two_turns_of_one_role_and_impossible_orders() -> None:
    template = learn_template(render_probes(MISTRAL, _TOKENS))
    assert template is not None
    assert "words 0\n\nwords 1" in _fill(template, [_U, _U])
    with pytest.raises(EngineError):
        template.lay_out([_A, _U], open_answer=True)


def test_probes_cover_both_openings() -> None:
    assert {opened for _, opened in PROBES} == {True, False}
