"""扩展属性: what administrators define beside what the platform keeps of a user."""

from typing import Any

import pytest
from attrs import evolve

from supervision_core.identity.model import UserInvalid
from supervision_core.identity.ports import Users
from supervision_core.identity.registers import USER_ELEMENTS
from supervision_core.identity.services.intake import ImportUsers, import_users
from supervision_core.identity.services.registers import cases_of
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    RegisterUser,
    change_user,
    delete_user,
    register_user,
)
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.registers import Extras, RegisterVerb
from supervision_core.testing.identity import full_draft


def element(world: Any, title: str, type_: str = "text", **said: Any) -> None:
    """Define one, for the whole region of the root."""
    cases = cases_of(USER_ELEMENTS)
    content = USER_ELEMENTS.content(title=title, type=type_, **said)
    command = cases.adding(content=content)
    world.run(cases.all[RegisterVerb.ADD], command, evolve(world.root, department=""))


def draft(account: str, department: str, **extras: Any) -> Any:
    """Say everything of a user, and this in 扩展属性."""
    return evolve(full_draft(account, department), extras=Extras(values=extras))


def kept(world: Any, user: str) -> Any:
    """Give what is kept of a user in 扩展属性."""
    with world.transactions.begin() as unit:
        return unit[Users].get(user).draft.extras


@pytest.mark.function("F025")
def test_users_say_what_their_department_asks(world: Any) -> None:
    """扩展属性: what must be said is asked of whoever is added; what is not said again stays."""
    home = world.department("1")
    element(world, "工位", mandatory=True)
    element(world, "级别", "choice", choices=("一级", "二级"))
    for said, code in (
        ({}, "kernel.register_required"),
        ({"ys0001": "一层", "ys0002": "三级"}, "kernel.register_unknown_code"),
        ({"ys0001": "一层", "ys0009": "x"}, "kernel.extra_unknown"),
    ):
        with pytest.raises(UserInvalid) as refused:
            world.run(register_user, RegisterUser(draft=draft("one", home, **said)))
        assert [one.code for one in refused.value.reasons] == [code]
    user = world.run(
        register_user, RegisterUser(draft=draft("one", home, ys0001="一层", ys0002="二级"))
    )
    before = kept(world, user)
    assert before.values == {"ys0001": "一层", "ys0002": "二级"}
    world.run(change_user, ChangeUser(user_id=user, draft=draft("one", home)))
    assert kept(world, user) == before
    world.run(change_user, ChangeUser(user_id=user, draft=draft("one", home, ys0002="一级")))
    assert kept(world, user).values == {"ys0001": "一层", "ys0002": "一级"}
    world.run(delete_user, DeleteUser(user_id=user))
    assert kept(world, user) == Extras()


@pytest.mark.function("F025")
def test_tables_bring_extras_once(world: Any) -> None:
    """用户导入: columns of 扩展属性 are taken in; the same table again changes nothing."""
    home = world.department("1")
    element(world, "工位")
    entries = (
        UserEntry(row=2, draft=draft("one", home, ys0001="一层")),
        UserEntry(row=3, draft=draft("two", home, ys0001=None)),
        UserEntry(row=4, draft=draft("three", home, ys0001=7)),
    )
    answer = world.run(import_users, ImportUsers(entries=entries))
    assert {name: answer[name] for name in ("added", "changed", "same")} == {
        "added": 2, "changed": 0, "same": 0,
    }  # fmt: skip
    assert [one["code"] for one in answer["refused"]] == ["kernel.extra_form"]
    again = world.run(import_users, ImportUsers(entries=entries[:2]))
    assert (again["changed"], again["same"]) == (0, 2)
    other = (UserEntry(row=2, draft=draft("one", home, ys0001="二层")),)
    assert world.run(import_users, ImportUsers(entries=other))["changed"] == 1
