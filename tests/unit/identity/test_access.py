from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision_core.identity.model import (
    AccessPicture,
    Department,
    DepartmentData,
    Duty,
    GrantForbidden,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    User,
    access_of,
    duties_in,
    duties_of,
    personal_fields,
)
from supervision_core.identity.model.user import PersonData
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.testing.identity import (
    IDENTITY_CASES,
    NOON,
    full_department,
    full_draft,
    full_user,
)

DAY = NOON.date()
PERMISSIONS = ["tasks.close", "tasks.claim", "plans.*", "identity.add_region", "identity.grant",
               "audit.search"]  # fmt: skip
DEPARTMENTS = ["d-1", "d-2", "d-3", "d-4"]
ROLES = ["r-1", "r-2"]
GROUPS = ["g-1", "g-2"]


@st.composite
def pictures(draw: st.DrawFn) -> tuple[User, AccessPicture]:
    """Draw a user and all that decides what he may do; rings of departments included."""
    holders = ["user/u", *(f"role/{one}" for one in ROLES), *(f"group/{one}" for one in GROUPS),
               *(f"department/{one}" for one in DEPARTMENTS)]  # fmt: skip
    sheets = {}
    for holder in holders:
        sheet = GrantSheet(
            id=holder,
            roles=draw(st.frozensets(st.sampled_from(ROLES))) if holder[0] in "ug" else frozenset(),
            groups=draw(st.frozensets(st.sampled_from(GROUPS)))
            if holder[0] == "u"
            else frozenset(),
        )
        for one in draw(st.frozensets(st.sampled_from(PERMISSIONS), max_size=2)):
            if not duties_in(sheet.permissions) - duties_of(one) or not duties_of(one):
                sheet.grant(one, passable=draw(st.booleans()), by="x", at=NOON)
        sheets[holder] = sheet
    departments = {
        one: Department(
            id=one,
            data=DepartmentData(
                name=one,
                code=one,
                region="450100",
                parent=draw(st.sampled_from(["", *DEPARTMENTS])),
                inherits=draw(st.booleans()),
                agreed_to=draw(st.sampled_from([None, date(2020, 1, 1), DAY])),
            ),
            enabled=draw(st.sampled_from([True, True, False])),
        )
        for one in DEPARTMENTS
    }
    enabled = st.sampled_from([True, True, False])
    roles = {one: Role(id=one, name=one, enabled=draw(enabled)) for one in ROLES}
    groups = {one: Group(id=one, name=one, enabled=draw(enabled)) for one in GROUPS}
    members = draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=1, max_size=2, unique=True))
    user = User.register(full_draft("uuu", *members), id="u", at=NOON)
    user.switch(enabled=draw(enabled), at=NOON)
    return user, AccessPicture(sheets=sheets, roles=roles, groups=groups, departments=departments)


def _expected(user: User, picture: AccessPicture) -> set[str]:
    """Compute the union a second way: by closure over who gives to whom."""
    if not user.active:
        return set()
    own = picture.sheets["user/u"]
    givers = {"user/u"} | {f"group/{one}" for one in own.groups if picture.groups[one].enabled}
    for giver in sorted(givers):
        givers |= {f"role/{o}" for o in picture.sheets[giver].roles if picture.roles[o].enabled}
    level = {one.department for one in user.memberships}
    reached: set[str] = set()
    while level := {o for o in level if o and picture.departments[o].works_on(DAY)} - reached:
        reached |= level
        level = {
            picture.departments[o].data.parent
            for o in level
            if picture.departments[o].data.inherits
        }
    givers |= {f"department/{one}" for one in reached}
    return {p for giver in givers for p in picture.sheets[giver].permissions}


@settings(max_examples=150, deadline=None)
@given(pictures())
def test_permissions_are_the_union_of_roles_own_and_departments(
    drawn: tuple[User, AccessPicture],
) -> None:
    """Model = app: role, direct and organisation grants, inherited by choice; duties never meet."""
    user, picture = drawn
    union = _expected(user, picture)
    access = access_of(user, picture, on=DAY)
    if len(duties_in(union)) > 1:
        assert access.permissions == {one for one in union if not duties_of(one)}
        assert access.duties == frozenset()
    else:
        assert access.permissions == union
    assert len(access.duties) <= 1
    assert len(duties_in(access.permissions)) <= 1
    assert access.passable <= access.permissions


@pytest.mark.parametrize(
    ("permission", "duties"),
    [
        ("identity.view_user", set()),
        ("tasks.close", set()),
        ("audit.search", {Duty.AUDIT}),
        ("identity.register_user", {Duty.SYSTEM}),
        ("identity.grant", {Duty.SECURITY}),
        ("identity.*", {Duty.SYSTEM, Duty.SECURITY}),
    ],
)
def test_permissions_belong_to_duties(permission: str, duties: set[Duty]) -> None:
    """System keeps the directory, security grants, audit reads the log; business is free."""
    assert duties_of(permission) == duties


@pytest.mark.parametrize("second", ["audit.search", "identity.add_region", "identity.*"])
def test_a_sheet_never_joins_two_duties(second: str) -> None:
    """三员分立: a holder with a security permission gets none of another duty."""
    sheet = GrantSheet.empty(HolderKind.ROLE, "r")
    sheet.grant("identity.grant", passable=False, by="x", at=NOON)
    sheet.grant("tasks.close", passable=False, by="x", at=NOON)
    with pytest.raises(GrantForbidden) as caught:
        sheet.grant(second, passable=False, by="x", at=NOON)
    assert [one.code for one in caught.value.reasons] == ["identity.duties_not_separate"]


@pytest.mark.parametrize("case", IDENTITY_CASES, ids=[one.name for one in IDENTITY_CASES])
def test_aggregates_round_trip(case: Any) -> None:
    """What is stored comes back field by field."""
    root = case.example("x-1")
    cls = type(root)
    if case.name == "Regions":
        from supervision_core.identity.model import RegionContent  # noqa: PLC0415
        from supervision_core.kernel.registers import Entry  # noqa: PLC0415

        cls = Entry[RegionContent]
    assert to_plain(from_plain(cls, to_plain(root))) == to_plain(root)


def test_no_repr_shows_personal_data() -> None:
    """Names, numbers, phones and addresses appear in no log line by accident."""
    shown = repr(full_user("u-1")) + repr(full_draft())
    for secret in ("王示例", "139000", "450103199", "示例路", "1990", "wang@"):
        assert secret not in shown
    assert personal_fields(PersonData)["document_number"] is True
    assert personal_fields(PersonData)["address"] is False


def test_an_agreement_holds_to_its_last_day() -> None:
    """A department works on the first and last day of its agreement, on none outside."""
    data = evolve(full_department("x").data, agreed_from=DAY, agreed_to=DAY)
    made = Department.add(data, id="x", at=NOON)
    assert made.works_on(DAY)
    assert not made.works_on(date(2026, 11, 23))
    assert not made.works_on(date(2026, 11, 25))
