"""Skills: list and destroy."""

from typing import assert_never

from engine.contract import Acknowledged, DeleteSkill, Done, ListSkills, SkillsListed
from storage.store import Store

__all__ = ["handle"]


def handle(store: Store, command: ListSkills | DeleteSkill) -> Done:
    """The terminal event of `command`; raises `StoreError`."""
    match command:
        case ListSkills():
            return SkillsListed(job=command.job, skills=store.skills.list())
        case DeleteSkill():
            with store.transaction():
                store.skills.delete(command.name)
                store.audit.add("skill_destroyed", "")
            return Acknowledged(job=command.job)
        case _:
            assert_never(command)
