from typing import Any

from attrs import evolve

from supervision_core.identity.model import DataScope
from supervision_core.identity.ports import Users
from supervision_core.identity.services.questions import Known, ViewDepartment, view_department

PERMISSION = frozenset({"identity.view_department"})


def test_a_department_is_shown_with_its_way_down_and_its_administrators(world: Any) -> None:
    """组织机构查询: the departments above it from the top, its administrators by account."""
    top = world.department("1")
    middle = world.department("11", top)
    below = world.department("111", middle)
    world.administrator("zhao.wu", below)
    world.administrator("li.si", below)
    seen = world.commands.ask(
        view_department, ViewDepartment(department_id=below), actor=world.root
    )
    assert seen.above == (Known(id=top, name="机构1"), Known(id=middle, name="机构11"))
    assert [one.name for one in seen.appointed] == ["li.si", "zhao.wu"]
    assert {one.id for one in seen.appointed} == seen.administrators


def test_what_lies_above_ones_reach_is_not_shown(world: Any) -> None:
    """Foreign means absent: neither name nor id of a department out of reach; nothing is denied."""
    top = world.department("1")
    middle = world.department("11", top)
    below = world.department("111", middle)
    admin = world.administrator("admin", middle)
    clerk = evolve(
        admin, user="clerk", scope=DataScope(region="450100", departments=frozenset({below}))
    )
    far = DataScope(region="450200")
    for actor, above in ((evolve(admin, scope=far), (middle,)), (clerk, ())):
        asking = evolve(actor, permissions=PERMISSION)
        about = ViewDepartment(department_id=below)
        seen = world.commands.ask(view_department, about, actor=asking)
        assert tuple(one.id for one in seen.above) == above
        assert seen.managed == (actor.user == "admin")
    assert all(row.entry.outcome == "done" for row in world.store.audit)


def test_a_deleted_administrator_keeps_his_account(world: Any) -> None:
    """He did things here: who he was can still be said."""
    top = world.department("1")
    world.administrator("gone.one", top)

    def delete(user: Any) -> None:
        user.delete(at=world.commands.clock.now())

    world.change(Users, "gone.one", delete)
    about = ViewDepartment(department_id=top)
    seen = world.commands.ask(view_department, about, actor=world.root)
    assert [one.name for one in seen.appointed] == ["gone.one"]
