"""Departments, regions and users as people call them at the command line.

What an option names is found before anything is done with it: nothing is searched, exported or
registered under a word that means nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrypoints.actors import PROGRAMS

if TYPE_CHECKING:
    from entrypoints.container import Platform


def department_of(platform: Platform, text: str, *, former: bool = False) -> str:
    """Give the id of the department with this id, name or code, or nothing for nothing.

    The id of a ``former`` one is taken where that is said. Raises ``EntryInvalid``, naming what is
    called nearly so.
    """
    return _id_of(platform, "department", text, "部门", former=former)


def actor_of(platform: Platform, text: str) -> str:
    """Give by what the log knows somebody: a user's id, account or name, or a program's name.

    Raises ``EntryInvalid``.
    """
    return text if text in PROGRAMS else _id_of(platform, "user", text, "用户", former=True)


def region_of(platform: Platform, text: str) -> str:
    """Give the code of the region with this code or name. Raises ``EntryInvalid``."""
    from supervision_core.kernel.codes.data import guangxi_regions

    found = guangxi_regions().resolve(text)
    return found.code if found else _id_of(platform, "region", text, "区划")


def _id_of(platform: Platform, kind: str, text: str, title: str, *, former: bool = False) -> str:
    from supervision_core.identity.services.contents import ids_of
    from supervision_core.kernel.registers import Ask

    if not text:
        return ""
    with platform.transactions.begin_looking() as unit:
        if former and unit[Ask].resolve(kind, [text]):
            return text
        return ids_of(unit[Ask], kind, [text], at=kind, title=title)(text)
