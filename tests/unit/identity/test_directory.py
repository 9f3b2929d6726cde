from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from supervision_core.audit.model import Outcome
from supervision_core.identity.model import (
    DepartmentData,
    DepartmentInvalid,
    DepartmentLocked,
    ExtendedData,
    FirmProof,
    RegionContent,
    User,
    UserDraft,
    UserInvalid,
    UserKind,
    UserLocked,
)
from supervision_core.identity.ports import ChangeKind, Departments, Regions, Users
from supervision_core.identity.services.departments import (
    AddDepartment,
    AddRegion,
    AppointAdministrators,
    ChangeDepartment,
    ChangeRegion,
    DeleteDepartment,
    DeleteRegion,
    add_department,
    add_region,
    appoint_administrators,
    change_department,
    change_region,
    delete_department,
    delete_region,
)
from supervision_core.identity.services.intake import ImportUsers, import_users
from supervision_core.identity.services.ordering import OrderUsers, order_users
from supervision_core.identity.services.users import (
    ChangeUser,
    DeleteUser,
    RegisterUser,
    SwitchUser,
    change_user,
    delete_user,
    register_user,
    switch_user,
)
from supervision_core.identity.table import UserEntry
from supervision_core.kernel.errors import DomainError, NotFound
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.registers import EntryFilter, EntryInvalid
from supervision_core.testing.identity import full_draft


def _codes(kind: type[DomainError], act: Callable[[], object]) -> list[str]:
    with pytest.raises(kind) as caught:
        act()
    return [one.code for one in caught.value.reasons]


def _region(code: str, name: str, level: str, parent: str) -> RegionContent:
    return RegionContent(code=code, name=name, level=level, parent=parent)


@pytest.mark.function("F087")
@pytest.mark.function("F089")
@pytest.mark.function("F090")
def test_regions_are_listed_found_and_viewed(world: Any) -> None:
    """行政区划: a list by place, found by part of name or code, each with all its fields."""
    with world.transactions.begin() as unit:
        regions = unit[Regions]
        listed = regions.page(EntryFilter(), PageRequest()).items
        assert [one.content.name for one in listed] == ["广西壮族自治区", "南宁市", "青秀区"]
        by_name = regions.page(EntryFilter(text="青秀"), PageRequest()).items
        by_code = regions.page(EntryFilter(text="0103"), PageRequest()).items
        assert [one.id for one in by_name] == [one.id for one in by_code]
        viewed = regions.get(by_name[0].id)
        assert viewed.content == _region("450103", "青秀区", "county", "450100")
        assert viewed.position == 3


@pytest.mark.function("F088")
def test_a_region_is_changed_but_keeps_its_code(world: Any) -> None:
    """Name, 是否分级管理 and place change; the code is what everything else names."""
    made = world.region("450105", "江南区", "450100")
    content = evolve(_region("450105", "江南新区", "county", "450100"), graded=True)
    world.run(change_region, ChangeRegion(region_id=made, content=content, position=1))
    with world.transactions.begin() as unit:
        assert unit[Regions].get(made).content == content
    other = evolve(content, code="450106")
    codes = _codes(
        EntryInvalid,
        lambda: world.run(change_region, ChangeRegion(region_id=made, content=other, position=1)),
    )
    assert codes == ["identity.region_code_fixed"]


@pytest.mark.function("F091")
def test_a_region_is_deleted_logically_once_nothing_hangs_on_it(world: Any) -> None:
    """A region with regions or departments stays; a deleted one is in no list and free again."""
    with world.transactions.begin() as unit:
        city, county = (unit[Regions].holder("code", one) for one in ("450100", "450103"))
    assert _codes(EntryInvalid, lambda: world.run(delete_region, DeleteRegion(region_id=city))) == [
        "identity.region_in_use"
    ]
    world.run(delete_region, DeleteRegion(region_id=county))
    with world.transactions.begin() as unit:
        assert unit[Regions].get(county).deleted
        assert unit[Regions].holder("code", "450103") is None
    world.department("1")
    assert _codes(EntryInvalid, lambda: world.run(delete_region, DeleteRegion(region_id=city))) == [
        "identity.region_in_use"
    ]
    assert world.region("450103", "青秀区", "450100") != county


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (_region("4501", "某", "city", ""), ["identity.region_code_form"]),
        (_region("450200", "柳州市", "county", "450000"), ["identity.region_level_unfit"]),
        (_region("450203", "鱼峰区", "county", "450100"), ["identity.region_parent_unfit"]),
        (_region("450203", "鱼峰区", "county", "450200"), ["identity.region_parent_unknown"]),
        (_region("450103", "某", "county", "450100"), ["kernel.register_taken"]),
        (
            _region("450200", "", "county", "450100"),
            ["kernel.register_required", "identity.region_level_unfit",
             "identity.region_parent_unfit"],
        ),
    ],
)  # fmt: skip
def test_a_region_fits_its_code(world: Any, content: RegionContent, codes: list[str]) -> None:
    """Level and parent follow from the code; every fault is told at once."""
    assert _codes(EntryInvalid, lambda: world.run(add_region, AddRegion(content=content))) == codes


def test_an_administrator_keeps_the_regions_of_his_own(world: Any) -> None:
    """管理员所属权限的行政区划: Liuzhou is absent to an administrator of Nanning."""
    admin = world.administrator("admin", world.department("1"))
    content = _region("450200", "柳州市", "city", "450000")
    with pytest.raises(NotFound) as caught:
        world.run(add_region, AddRegion(content=content), admin)
    assert caught.value.code == "not_found"
    assert world.store.audit[-1].entry.outcome is Outcome.DENIED


def test_departments_are_kept_by_who_administers_them_or_above(world: Any) -> None:
    """各级管理员管理自己的组织机构: below his own yes, beside and above no."""
    top = world.department("1")
    mine, other = world.department("11", top), world.department("12", top)
    admin = world.administrator("admin", mine)

    def add(parent: str) -> Callable[[], str]:
        data = DepartmentData(name="科", code=f"c{parent}", region="450100", parent=parent)
        return lambda: world.run(add_department, AddDepartment(data=data), admin)

    child = add(mine)()
    for foreign in (top, other, ""):
        assert _codes(NotFound, add(foreign)) == ["not_found"]
    world.run(delete_department, DeleteDepartment(department_id=child), admin)
    assert _codes(
        NotFound,
        lambda: world.run(delete_department, DeleteDepartment(department_id=other), admin),
    ) == ["not_found"]


def test_a_department_never_hangs_on_itself(world: Any) -> None:
    """The tree stays one: no ring, no unknown parent or region, no code twice."""
    top = world.department("1")
    below = world.department("11", top)
    data = DepartmentData(name="甲", code="1", region="450100", parent=below)
    move = ChangeDepartment(department_id=top, data=data)
    assert _codes(DepartmentInvalid, lambda: world.run(change_department, move)) == [
        "identity.department_ring"
    ]
    wrong = DepartmentData(name="甲", code="11", region="450999", parent="nowhere")
    move = ChangeDepartment(department_id=top, data=wrong)
    assert _codes(DepartmentInvalid, lambda: world.run(change_department, move)) == [
        "identity.department_code_taken",
        "identity.region_unknown",
        "identity.department_parent_unknown",
    ]
    assert _codes(
        DepartmentLocked, lambda: world.run(delete_department, DeleteDepartment(department_id=top))
    ) == ["identity.department_not_empty"]


def test_administrators_may_come_from_outside(world: Any) -> None:
    """非本组织下的用户: the super one chooses among all, others among whom they manage."""
    top = world.department("1")
    mine, far = world.department("11", top), world.department("2")
    below = world.department("111", mine)
    stranger, member = world.user("stranger", far), world.user("member", below)
    admin = world.administrator("admin", mine)

    def appoint(department: str, *users: str) -> AppointAdministrators:
        return AppointAdministrators(department_id=department, administrators=frozenset(users))

    world.run(appoint_administrators, appoint(below, stranger))
    with world.transactions.begin() as unit:
        assert unit[Departments].get(below).administrators == {stranger}
    world.run(appoint_administrators, appoint(below, stranger, member), admin)
    for department, users, code in [
        (mine, ["member"], "not_found"),
        (below, [stranger, member, "admin"], "identity.own_access"),
        (below, ["nobody"], "identity.user_unknown"),
    ]:
        act = appoint(department, *users)
        with pytest.raises(DomainError) as caught:
            world.run(appoint_administrators, act, admin)
        assert code in [one.code for one in caught.value.reasons]


@pytest.mark.function("F025")
def test_users_belong_to_several_departments_and_each_manages_them(world: Any) -> None:
    """用户由所属组织和附属组织的管理员进行管理; each moves him only into and out of his own."""
    one, two = world.department("1"), world.department("2")
    first, second = world.administrator("first", one), world.administrator("second", two)
    made = world.run(register_user, RegisterUser(draft=full_draft("li.si", one)), first)
    assert _codes(
        NotFound, lambda: world.run(switch_user, SwitchUser(user_id=made, enabled=False), second)
    ) == ["not_found"]
    both = full_draft("li.si", one, two)
    assert _codes(
        UserInvalid, lambda: world.run(change_user, ChangeUser(user_id=made, draft=both), first)
    ) == ["identity.department_unknown"]
    world.run(change_user, ChangeUser(user_id=made, draft=both))
    world.run(switch_user, SwitchUser(user_id=made, enabled=False), second)
    assert _codes(
        UserInvalid,
        lambda: world.run(
            change_user, ChangeUser(user_id=made, draft=full_draft("li.si", two)), second
        ),
    ) == ["identity.membership_not_yours"]
    with world.transactions.begin() as unit:
        user = unit[Users].get(made)
        assert (user.active, user.departments) == (False, {one, two})


def test_users_have_an_order_in_each_department(world: Any) -> None:
    """用户排序: the order in one department leaves the others alone, and names each user once."""
    one, two = world.department("1"), world.department("2")
    for account in ("aaa", "bbb", "ccc"):
        world.user(account, one, two)
    world.run(order_users, OrderUsers(department_id=one, users=("ccc", "aaa", "bbb")))
    with world.transactions.begin() as unit:
        listed = [[user.id for user in unit[Users].of_department(d)] for d in (one, two)]
    assert listed == [["ccc", "aaa", "bbb"], ["aaa", "bbb", "ccc"]]
    short = OrderUsers(department_id=one, users=("ccc",))
    assert _codes(UserInvalid, lambda: world.run(order_users, short)) == [
        "identity.order_incomplete"
    ]


def test_a_deleted_user_is_no_more_and_frees_his_account(world: Any) -> None:
    """逻辑删除: no verb is left, the account may be taken, nobody deletes himself."""
    one = world.department("1")
    admin = world.administrator("admin", one)
    world.user("zhang", one)
    world.run(delete_user, DeleteUser(user_id="zhang"), admin)
    again = SwitchUser(user_id="zhang", enabled=True)
    assert _codes(UserLocked, lambda: world.run(switch_user, again)) == ["identity.user_deleted"]
    taken = RegisterUser(draft=full_draft("ADMIN", one))
    assert _codes(UserInvalid, lambda: world.run(register_user, taken)) == [
        "identity.account_taken"
    ]
    world.run(register_user, RegisterUser(draft=full_draft("zhang", one)))
    assert _codes(
        UserInvalid, lambda: world.run(delete_user, DeleteUser(user_id="admin"), admin)
    ) == ["identity.own_access"]


def test_every_fault_of_a_user_is_told_at_once(world: Any) -> None:
    """A form is corrected in one go."""
    good = full_draft("li", world.department("1"))
    bad = evolve(
        good,
        account=evolve(good.account, phone="123", mail="x"),
        person=evolve(good.person, name=" ", document_number="450103199001010011"),
        memberships=(*good.memberships, *good.memberships),
    )
    codes = _codes(UserInvalid, lambda: world.run(register_user, RegisterUser(draft=bad)))
    assert codes == [
        "identity.account_form",
        "identity.phone_form",
        "identity.mail_form",
        "identity.name_missing",
        "kernel.identity_card_check_digit",
        "identity.membership_twice",
    ]


def firm_draft(account: str, home: str, party: str = "firm-1") -> UserDraft:
    """Say all of a user who acts for a firm."""
    draft = full_draft(account, home)
    return evolve(draft, extended=ExtendedData(kind=UserKind.ENTERPRISE, party=party))


def known(world: Any, user: str) -> User:
    """Give a user as stored."""
    with world.transactions.begin() as unit:
        found: User = unit[Users].get(user)
    return found


PROOF = FirmProof(document="营业执照和授权委托书", number="例〔2026〕1号")


@pytest.mark.parametrize(
    "proof",
    [None, evolve(PROOF, document=" "), evolve(PROOF, number="")],
    ids=["none", "document", "number"],
)
def test_no_user_of_a_firm_without_proof(world: Any, proof: FirmProof | None) -> None:
    """企业用户: nobody is made a firm's by naming it, neither by form nor by table."""
    home = world.department("1")
    draft = firm_draft("li.si", home)
    command = RegisterUser(draft=draft, proof=proof)
    assert _codes(UserInvalid, lambda: world.run(register_user, command)) == [
        "identity.firm_proof_missing"
    ]
    told = world.run(import_users, ImportUsers(entries=(UserEntry(row=2, draft=draft),)))
    assert [one["code"] for one in told["refused"]] == ["identity.firm_proof_missing"]


def test_the_proof_of_a_firm_is_kept_and_in_the_log(world: Any) -> None:
    """What was seen, and under which number: with the user, and in the audit row."""
    home = world.department("1")
    made = world.run(register_user, RegisterUser(draft=firm_draft("li.si", home), proof=PROOF))
    note = world.store.audit[-1].entry.note
    assert note == (("proof", PROOF.document), ("proof_number", PROOF.number))
    assert known(world, made).proof == PROOF
    staff = world.run(register_user, RegisterUser(draft=full_draft("zhang", home), proof=PROOF))
    assert known(world, staff).proof is None


def test_nobody_is_made_anothers_firm(world: Any) -> None:
    """For whom a user acts is never changed, nor staff made a firm's, by form or by table."""
    home = world.department("1")
    made = world.run(register_user, RegisterUser(draft=firm_draft("li.si", home), proof=PROOF))
    staff = world.run(register_user, RegisterUser(draft=full_draft("zhang", home)))
    other = firm_draft("li.si", home, "firm-2")
    for user, draft, codes in [
        (made, other, ["identity.party_fixed"]),
        (made, full_draft("li.si", home), ["identity.party_fixed", "identity.kind_fixed"]),
        (staff, firm_draft("zhang", home), ["identity.party_fixed", "identity.kind_fixed"]),
    ]:
        change = ChangeUser(user_id=user, draft=draft)
        assert _codes(UserInvalid, lambda c=change: world.run(change_user, c)) == codes  # type: ignore[misc]
    world.run(import_users, ImportUsers(entries=(UserEntry(row=2, draft=other),)))
    assert known(world, made).extended.party == "firm-1"


@pytest.mark.function("F025")
def test_other_systems_follow_a_feed_that_misses_nothing(world: Any) -> None:
    """标准接口: users, departments and regions, deletions too, under rising numbers."""
    start = world.feed()[-1].number
    one = world.department("1")
    made = world.run(register_user, RegisterUser(draft=full_draft("li.si", one)))
    world.run(delete_user, DeleteUser(user_id=made))
    found = world.feed(start)
    assert [(row.kind, row.id, row.change) for row in found] == [
        ("department", one, ChangeKind.WRITTEN),
        ("user", made, ChangeKind.WRITTEN),
        ("user", made, ChangeKind.DELETED),
    ]
    assert [row.number for row in found] == [start + 1, start + 2, start + 3]
    assert world.feed(start + 1, 1) == found[1:2]
