"""Contracts of what the directory asks of a store. Fixture: ``backend``."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from supervision_core.audit.model import ALARM, REPAIR, AuditEntry, Outcome, target_of
from supervision_core.audit.ports import AuditLog
from supervision_core.identity.lists import DEPARTMENTS
from supervision_core.identity.model import (
    WAITS,
    Credentials,
    Department,
    DepartmentData,
    Duty,
    ExtendedData,
    GrantSheet,
    Group,
    HolderKind,
    Role,
    SealBroken,
    SecondPersonRequest,
    Session,
    SignOnRecord,
    User,
    UserKind,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    ChangeKind,
    CredentialsStore,
    Departments,
    DirectoryChange,
    DirectoryChanges,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    KnownVersions,
    Repairs,
    Roles,
    SecondPersonFilter,
    SecondPersonQueries,
    SecondPersonRequests,
    Sessions,
    Users,
)
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import UnitOfWork
from supervision_core.testing.identity import (
    NOON,
    full_draft,
    full_grant_sheet,
    full_second_person_request,
)
from supervision_core.testing.units import Backend, refuses


def store(backend: Backend, port: type[Any], *roots: Aggregate) -> None:
    """Store aggregates and commit."""
    with backend.transactions.begin() as unit:
        for root in roots:
            unit[port].save(root)
        unit.commit()


def ids(roots: Sequence[Aggregate]) -> list[str]:
    """Give the ids in order."""
    return [root.id for root in roots]


def a_department(
    id: str, parent: str = "", *, order: int = 0, region: str = "450100"
) -> Department:
    """Build a department whose code is its id."""
    data = DepartmentData(name=f"机构{id}", code=id, region=region, parent=parent, order=order)
    return Department.add(data, id=id, at=NOON)


def a_user(id: str, *departments: str) -> User:
    """Build a user whose account is his id."""
    return User.register(full_draft(id, *departments), id=id, at=NOON)


class DepartmentsContract:
    """The tree of departments."""

    def test_a_code_is_found_among_the_living_only(self, backend: Backend) -> None:
        """A code has one living department; deleting it frees the code."""
        first = a_department("d-1")
        store(backend, Departments, first)
        other = evolve(a_department("d-2").data, code="d-1")
        with refuses(Conflict):
            store(backend, Departments, Department.add(other, id="d-2", at=NOON))
        first.delete(at=NOON)
        store(backend, Departments, first)
        with backend.transactions.begin() as unit:
            assert unit[Departments].find_by_code("d-1") is None
        store(backend, Departments, Department.add(other, id="d-2", at=NOON))
        with backend.transactions.begin() as unit:
            found = unit[Departments].find_by_code("d-1")
            assert found is not None
            assert found.id == "d-2"

    def test_a_lineage_goes_up_to_the_top(self, backend: Backend) -> None:
        """Nearest first, deleted ones too, nothing for an unknown id, a ring walked once."""
        middle = a_department("d-2", "d-1")
        middle.delete(at=NOON)
        ring = [a_department("r-1", "r-2"), a_department("r-2", "r-1")]
        tree = [a_department("d-1"), middle, a_department("d-3", "d-2")]
        store(backend, Departments, *tree, *ring, a_department("e-1", "gone"))
        with backend.transactions.begin() as unit:
            lineage = unit[Departments].lineage
            assert ids(lineage("d-3")) == ["d-3", "d-2", "d-1"]
            assert ids(lineage("e-1")) == ["e-1"]
            assert ids(lineage("gone")) == []
            assert ids(lineage("r-1")) == ["r-1", "r-2"]
            many = unit[Departments].lineages(["d-3", "e-1", "gone", "d-3"])
            assert {one: ids(found) for one, found in many.items()} == {
                "d-3": ["d-3", "d-2", "d-1"],
                "e-1": ["e-1"],
                "gone": [],
            }
            assert unit[Departments].lineages([]) == {}

    def test_what_lies_below_comes_by_order_then_id(self, backend: Backend) -> None:
        """All depths, living ones only, a branch below a deleted one is cut, a ring walked once."""
        dead = a_department("d-5", "d-1")
        dead.delete(at=NOON)
        store(
            backend,
            Departments,
            a_department("d-1"),
            a_department("d-2", "d-1", order=9),
            a_department("d-3", "d-1", order=1),
            a_department("d-4", "d-2", order=1),
            dead,
            a_department("d-6", "d-5"),
            a_department("r-1", "r-2"),
            a_department("r-2", "r-1"),
        )
        with backend.transactions.begin() as unit:
            below = unit[Departments].below
            assert ids(below("d-1")) == ["d-3", "d-4", "d-2"]
            assert ids(below("d-4")) == []
            assert ids(below("r-1")) == ["r-1", "r-2"]
            assert ids(below("")) == ["d-1", "d-3", "d-4", "d-2"]
            tree = unit[Departments].tree()
            for one in ("d-1", "d-4", "r-1", "", "gone"):
                assert tree.below(one) == frozenset(ids(below(one)))

    def test_a_region_is_in_use_by_living_departments(self, backend: Backend) -> None:
        """Exactly that region counts, and a deleted department does not."""
        one = a_department("d-1", region="450103")
        store(backend, Departments, one)
        with backend.transactions.begin() as unit:
            used = unit[Departments].any_in_region
            assert [used(code) for code in ("450103", "450100", "450102")] == [True, False, False]
        one.delete(at=NOON)
        store(backend, Departments, one)
        with backend.transactions.begin() as unit:
            assert not unit[Departments].any_in_region("450103")

    def test_an_administrator_finds_the_departments_he_was_appointed_for(
        self, backend: Backend
    ) -> None:
        """Those of today: not those he was dismissed from, nor the deleted, nor what lies below."""
        roots = [a_department("d-1"), a_department("d-2"), a_department("d-3", "d-1")]
        roots[0].appoint(frozenset({"u-1", "u-2"}), at=NOON)
        roots[1].appoint(frozenset({"u-1"}), at=NOON)
        store(backend, Departments, *roots)

        def found(user: str) -> list[str]:
            with backend.transactions.begin() as unit:
                wanted = ListFilter(asked={"administrator": user})
                page = unit[Lists].page(DEPARTMENTS, wanted, PageRequest())
                return [one.id for one in page.items]

        assert [found(one) for one in ("u-1", "u-2", "u-3")] == [["d-1", "d-2"], ["d-1"], []]
        roots[0].appoint(frozenset({"u-2"}), at=NOON)
        roots[1].delete(at=NOON)
        store(backend, Departments, roots[0], roots[1])
        assert [found(one) for one in ("u-1", "u-2")] == [[], ["d-1"]]


class UsersContract:
    """Users and how they are found."""

    def test_an_account_is_one_living_user_s(self, backend: Backend) -> None:
        """Letter case does not count; deleting frees the account."""
        first = a_user("Wang.Li")
        store(backend, Users, first)
        with refuses(Conflict):
            store(backend, Users, User.register(full_draft("wang.li"), id="u-2", at=NOON))
        with backend.transactions.begin() as unit:
            found = unit[Users].find_by_account("WANG.LI")
            assert found is not None
            assert found.draft == first.draft
            assert unit[Users].find_by_account("wang") is None
        first.delete(at=NOON)
        store(backend, Users, first)
        store(backend, Users, User.register(full_draft("wang.li"), id="u-2", at=NOON))

    def test_many_are_found_by_their_accounts(self, backend: Backend) -> None:
        """Letter case does not count; the unknown and the deleted are left out."""
        gone = a_user("Gone")
        store(backend, Users, a_user("Wang.Li"), a_user("zhao"), gone)
        gone.delete(at=NOON)
        store(backend, Users, gone)
        with backend.transactions.begin() as unit:
            found = unit[Users].find_by_accounts(["WANG.LI", "zhao", "gone", "nobody", "wang.li"])
            assert sorted(one.account.account for one in found) == ["Wang.Li", "zhao"]
            assert unit[Users].find_by_accounts([]) == []

    def test_an_id_of_the_platform_is_one_living_user_s(self, backend: Backend) -> None:
        """Found by it, refused a second time, free after deleting."""
        record = SignOnRecord(user_code="code-1", updated_at="1")
        first, second = a_user("u-1x"), a_user("u-2x")
        first.remember_sign_on(record, at=NOON)
        second.remember_sign_on(record, at=NOON)
        store(backend, Users, first)
        with refuses(Conflict):
            store(backend, Users, second)
        with backend.transactions.begin() as unit:
            found = unit[Users].find_by_user_code("code-1")
            assert found is not None
            assert found.id == "u-1x"
            assert unit[Users].find_by_user_code("code-2") is None
        first.delete(at=NOON)
        store(backend, Users, first)
        with backend.transactions.begin() as unit:
            assert unit[Users].find_by_user_code("code-1") is None

    def test_a_document_finds_the_living_who_have_it(self, backend: Backend) -> None:
        """By id; several may share one, a changed one counts, nothing is found by nothing."""
        number = full_draft().person.document_number
        gone, without = a_user("u-3x"), a_user("u-4x")
        gone.delete(at=NOON)
        person = evolve(without.person, document_number="")
        without.change(evolve(without.draft, person=person), at=NOON)
        store(backend, Users, a_user("u-2x"), a_user("u-1x"), gone, without)
        with backend.transactions.begin() as unit:
            assert ids(unit[Users].find_by_document(number)) == ["u-1x", "u-2x"]
            assert unit[Users].find_by_document(number[:-1]) == []
            assert unit[Users].find_by_document("") == []

    def test_a_party_finds_who_acts_for_it(self, backend: Backend) -> None:
        """The living users of that firm, institution or citizen, by id."""
        firm = ExtendedData(kind=UserKind.ENTERPRISE, party="firm-1")
        users = [a_user(f"u-{at}xx") for at in (3, 1, 2)]
        for user in users:
            user._extended, user._memberships = firm, ()  # noqa: SLF001 - what is stored
        users[2].delete(at=NOON)
        store(backend, Users, *users)
        with backend.transactions.begin() as unit:
            assert ids(unit[Users].find_by_party("firm-1")) == ["u-1xx", "u-3xx"]
            assert unit[Users].find_by_party("firm-2") == []

    def test_members_come_by_their_place_in_the_department(self, backend: Backend) -> None:
        """Main and other members alike, living ones, by order then id; who left is no member."""
        users = [a_user(f"u-{at}xx", *places) for at, places in enumerate(
            (("d-1", "d-2"), ("d-2", "d-1"), ("d-1",), ("d-1",), ("d-3",), ("d-1",))
        )]  # fmt: skip
        users[2].place("d-1", 9, at=NOON)
        users[3].delete(at=NOON)
        store(backend, Users, *users)
        left = users[5]
        members = users[4].memberships
        left.change(evolve(left.draft, memberships=members), at=NOON)
        store(backend, Users, left)
        with backend.transactions.begin() as unit:
            assert ids(unit[Users].of_department("d-1")) == ["u-0xx", "u-1xx", "u-2xx"]
            assert ids(unit[Users].of_department("d-3")) == ["u-4xx", "u-5xx"]
            assert unit[Users].of_department("d-9") == []


class AccessContract:
    """Grants, seals and the epoch."""

    def test_sheets_are_found_by_the_ids_that_exist(self, backend: Backend) -> None:
        """Each once, unknown ids left out, also of many ids at once."""
        store(backend, GrantSheets, *(full_grant_sheet(f"u-{at}") for at in range(3)))
        wanted = [f"{HolderKind.USER.value}/u-{at}" for at in (0, 2, 2, *range(9, 1300))]
        with backend.transactions.begin() as unit:
            found = unit[GrantSheets].find_many(wanted)
            assert sorted(ids(found)) == ["user/u-0", "user/u-2"]
            assert unit[GrantSheets].find_many([]) == []

    def test_holders_are_found_until_they_hold_no_more(self, backend: Backend) -> None:
        """谁持有: those of just this role or group, page by page, as sheets are saved anew."""
        users = [a_user(f"u-{at}") for at in range(3)]
        group = Group.add(id="r-1", name="专班", department="")
        store(backend, Users, *users)
        store(backend, Groups, group)
        sheets = [GrantSheet.empty(HolderKind.USER, one.id) for one in users]
        for one in (*sheets, last := GrantSheet.empty(HolderKind.GROUP, "r-1")):
            held = frozenset({"r-1"} if one is last else {"r-1", "r-2"})
            groups = frozenset() if one is last else frozenset({"r-1"})
            one.assign(roles=held, groups=groups, at=NOON)
        store(backend, GrantSheets, *sheets, last)

        def found(**wanted: Any) -> list[str]:
            with backend.transactions.begin() as unit:
                queries = unit[HolderQueries]
                pages = every_page(
                    lambda page: queries.page(HolderFilter(**wanted), evolve(page, size=2))
                )
                return [one.id for page in pages for one in page.items]

        assert found(role="r-1") == ["r-1", "u-0", "u-1", "u-2"]
        assert found(role="r-2") == found(group="r-1") == ["u-0", "u-1", "u-2"]
        assert found(group="r-2") == []
        with backend.transactions.begin() as unit:
            sheet = unit[GrantSheets].get("user/u-1")
            sheet.assign(roles=frozenset({"r-2"}), groups=frozenset(), at=NOON)
            unit[GrantSheets].save(sheet)
            gone = unit[Users].get("u-2")
            gone.delete(at=NOON)
            unit[Users].save(gone)
            unit.commit()
        assert found(role="r-1") == ["r-1", "u-0"]
        assert found(role="r-2") == ["u-0", "u-1"]

    def test_holders_of_a_duty_are_found_on_every_way(self, backend: Backend) -> None:
        """By their own grant, a role, a group, a group's role, a department or one above."""
        store(backend, Departments, a_department("d-1"), a_department("d-2", parent="d-1"))
        users = [a_user(f"u-{at}", "d-9") for at in range(5)]
        store(backend, Users, *users, a_user("u-5", "d-2"))
        granted = [(HolderKind.USER, "u-0"), (HolderKind.ROLE, "r-1"), (HolderKind.GROUP, "g-1")]
        granted += [(HolderKind.DEPARTMENT, "d-1")]
        sheets = [GrantSheet.empty(kind, holder) for kind, holder in granted]
        for one in sheets:
            one.grant("identity.grant", passable=False, by="cli", at=NOON)
        ways = [("u-1", "r-1", ""), ("u-2", "", "g-1"), ("u-3", "", "g-2"), ("u-4", "r-2", "")]
        for user, role, group in ways:
            sheets.append(one := GrantSheet.empty(HolderKind.USER, user))
            held, groups = frozenset({role} - {""}), frozenset({group} - {""})
            one.assign(roles=held, groups=groups, at=NOON)
        sheets.append(through := GrantSheet.empty(HolderKind.GROUP, "g-2"))
        through.assign(roles=frozenset({"r-1"}), groups=frozenset(), at=NOON)
        sheets.append(other := GrantSheet.empty(HolderKind.ROLE, "r-2"))
        other.grant("audit.view_entry", passable=False, by="cli", at=NOON)
        store(backend, GrantSheets, *sheets)
        with backend.transactions.begin() as unit:
            found = unit[GrantSheets]
            security = frozenset({"u-0", "u-1", "u-2", "u-3", "u-5"})
            assert found.holders_of_duty(Duty.SECURITY) == security
            assert found.holders_of_duty(Duty.AUDIT) == {"u-4"}
            assert found.holders_of_duty(Duty.SYSTEM) == frozenset()
            own = found.get("user/u-0")
            own.revoke("identity.grant", at=NOON)
            found.save(own)
            assert found.holders_of_duty(Duty.SECURITY) == security - {"u-0"}

    def test_roles_are_found_together(self, backend: Backend) -> None:
        """Those of many ids that exist."""
        roles = [Role.add(id=f"r-{at}", name="检查员", department="") for at in range(3)]
        store(backend, Roles, *roles)
        with backend.transactions.begin() as unit:
            found = unit[Roles].find_many(["r-2", "r-0", "r-9", "r-2"])
        assert {one.id for one in found} == {"r-0", "r-2"}

    def test_a_row_older_than_the_log_says_is_given_to_nobody(self, backend: Backend) -> None:
        """Nor one that is missed; newer ones, and those that the log never named, are given."""
        with backend.transactions.begin() as unit:
            for one in ("r-1", "r-2"):
                unit[Roles].save(Role.add(id=one, name="检查员", department=""))
            self._log(unit, "audit.x", target_of("role", "r-1", 2), target_of("role", "r-3", 1))
            unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[Roles].get("r-2").version == 1
            with refuses(SealBroken):
                unit[Roles].get("r-1")
            known = unit[KnownVersions]
            assert [known.disputes("role", "r-1", at) for at in (1, 2, 3)] == [True, False, False]
            assert [known.disputes("role", one, 0) for one in ("r-2", "r-3")] == [False, True]
            assert not known.disputes("session", "s-1", 0)

    def test_what_an_alarm_names_is_refused_until_it_is_repaired(self, backend: Backend) -> None:
        """A repair must name a higher version, under a seal that only key holders make."""
        role = target_of("role", "r-1", 4)
        with backend.transactions.begin() as unit:
            unit[Roles].save(Role.add(id="r-1", name="检查员", department=""))
            self._log(unit, ALARM, target_of("role", "r-1", 3), "visit/v-1@2")
            self._log(unit, REPAIR, role, seal="sm3$v1$00")
            self._log(unit, REPAIR, target_of("role", "r-1", 3), repaired=True)
            unit.commit()
        with backend.transactions.begin() as unit:
            before = unit[KnownVersions].alarms
            assert unit[Repairs].refused("role", "r-1") == 3
            assert unit[Repairs].refused("visit", "v-1") is None
            with refuses(SealBroken):
                unit[Roles].get("r-1")
            found = unit[Repairs].read("role", "r-1")
            assert found is not None
            unit[Repairs].write("role", found, 5)
            self._log(unit, REPAIR, target_of("role", "r-1", 5), repaired=True)
            unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[KnownVersions].alarms > before
            assert unit[Roles].get("r-1").version == 5
            assert unit[Repairs].read("role", "r-2") is None

    def _log(
        self, unit: UnitOfWork, action: str, *targets: str, seal: str = "", repaired: bool = False
    ) -> None:
        made = unit[Repairs].seal(targets[0]) if repaired else seal
        entry = AuditEntry(
            at=NOON,
            actor="u-1",
            department="",
            action=action,
            outcome=Outcome.DENIED if action == ALARM else Outcome.DONE,
            request="0" * 64,
            targets=targets,
            note=(("seal", made),),
        )
        unit[AuditLog].append(entry)

    def test_the_epoch_moves_with_a_commit_that_asks_for_it(self, backend: Backend) -> None:
        """Not before the commit, not without one, and not for who does not ask."""

        def now() -> int:
            with backend.transactions.begin() as unit:
                return unit[AccessEpoch].current()

        first = now()
        with backend.transactions.begin() as unit:
            unit[AccessEpoch].advance()
        with backend.transactions.begin() as unit:
            unit.commit()
        assert now() == first
        with backend.transactions.begin() as unit:
            unit[AccessEpoch].advance()
            unit[AccessEpoch].advance()
            unit.commit()
        assert now() > first

    def test_an_epoch_tells_what_it_changed(self, backend: Backend) -> None:
        """Together for several; nothing is told where one of them may have changed anything."""

        def begin(*calls: tuple[str, ...]) -> int:
            with backend.transactions.begin() as unit:
                for one in calls:
                    unit[AccessEpoch].advance(*one)
                unit.commit()
            with backend.transactions.begin() as unit:
                return unit[AccessEpoch].current()

        def changed(after: int, upto: int) -> frozenset[str] | None:
            with backend.transactions.begin_reading() as unit:
                return unit[AccessEpoch].changed(after, upto)

        first = begin(("user/u-0",))
        second = begin(("user/u-1", "grant_sheet/user/u-1"), ("user/u-1", "role/r-1"))
        third = begin(("user/u-2",))
        assert changed(first, first) == frozenset()
        assert changed(second, third) == frozenset({"user/u-2"})
        both = frozenset({"user/u-1", "grant_sheet/user/u-1", "role/r-1", "user/u-2"})
        assert changed(first, third) == both
        assert changed(third, first) is None
        last = begin(("user/u-3",), ())
        assert changed(third, last) is None
        assert changed(second, third) == frozenset({"user/u-2"})

    def test_a_changed_tree_is_as_if_it_were_read_anew(self, backend: Backend) -> None:
        """Added, moved, deleted, revived: of those that are named; the others stay as they were."""
        places = (("d-1", ""), ("d-2", "d-1"), ("d-3", "d-2"), ("d-4", ""))
        roots = {one: a_department(one, parent) for one, parent in places}
        store(backend, Departments, *roots.values())
        with backend.transactions.begin_reading() as unit:
            tree = unit[Departments].tree()
        roots["d-2"].change(evolve(roots["d-2"].data, parent="d-4"), at=NOON, by="u-1")
        roots["d-5"] = a_department("d-5", "d-3")
        roots["d-1"].delete(at=NOON)
        store(backend, Departments, *(roots[one] for one in ("d-2", "d-5", "d-1")))
        with backend.transactions.begin_reading() as unit:
            after = unit[Departments].tree_after(tree, frozenset({"d-1", "d-2", "d-5", "gone"}))
            assert after.parents == unit[Departments].tree().parents
        assert after.below("d-4") == {"d-2", "d-3", "d-5"}
        assert after.below("") == {"d-2", "d-3", "d-4", "d-5"}


class SecondPersonContract:
    """Requests for a second person."""

    def test_requests_are_found_while_they_wait(self, backend: Backend) -> None:
        """Those of one user, those that wait, those of others about others; page by page."""
        late = NOON + WAITS
        made = [full_second_person_request(f"s-{at}") for at in range(4)]
        made += [a_request("s-4", by="u-9"), a_request("s-5", about="u-9")]
        made[1].refuse(reason="没有必要", by="u-3", at=NOON)
        made[2].withdraw(by="u-2", at=NOON)
        store(backend, SecondPersonRequests, *made)

        def found(**wanted: Any) -> list[str]:
            with backend.transactions.begin() as unit:
                queries = unit[SecondPersonQueries]
                pages = every_page(
                    lambda page: queries.page(SecondPersonFilter(**wanted), evolve(page, size=2))
                )
                return [one.id for page in pages for one in page.items]

        assert found() == [f"s-{at}" for at in range(6)]
        assert found(at=NOON) == ["s-0", "s-3", "s-4", "s-5"]
        assert found(at=late) == []
        assert found(asked_by="u-9") == ["s-4"]
        assert found(at=NOON, beside="u-9") == ["s-0", "s-3"]
        with backend.transactions.begin() as unit:
            requests = unit[SecondPersonRequests]
            assert ids(requests.waiting_of("u-2", at=NOON)) == ["s-0", "s-3", "s-5"]
            assert requests.waiting_of("u-2", at=late) == []
            assert ids(requests.about("u-1")) == ["s-0", "s-3", "s-4"]
            assert ids(requests.about("u-9")) == ["s-5"]

    def test_a_page_goes_on_as_time_does(self, backend: Backend) -> None:
        """A cursor of what waits serves a moment later, too."""
        store(
            backend,
            SecondPersonRequests,
            *(full_second_person_request(f"s-{at}") for at in range(2)),
        )
        with backend.transactions.begin() as unit:
            queries = unit[SecondPersonQueries]
            first = queries.page(SecondPersonFilter(at=NOON), PageRequest(size=1))
            later = SecondPersonFilter(at=NOON + WAITS / 2)
            rest = queries.page(later, PageRequest(size=1, cursor=first.next_cursor))
        assert ids([*first.items, *rest.items]) == ["s-0", "s-1"]


def a_request(id: str, *, by: str = "u-2", about: str = "u-1") -> SecondPersonRequest:
    """Give a request that waits, of somebody or about somebody."""
    made = full_second_person_request(id)
    need = evolve(made.need, user=about)
    return SecondPersonRequest(
        id=id,
        action=made.action,
        command=made.command,
        seen=made.seen,
        need=need,
        reason=made.reason,
        asked_by=by,
        asked_for=made.asked_for,
        asked_at=made.asked_at,
    )


class FeedContract:
    """The change feed."""

    def _append(self, backend: Backend, *changed: str, commit: bool = True) -> None:
        with backend.transactions.begin() as unit:
            for one in changed:
                unit[DirectoryChanges].append(
                    DirectoryChange(kind="user", id=one, change=ChangeKind.WRITTEN, at=NOON)
                )
            if commit:
                unit.commit()

    def test_changes_come_in_the_order_of_the_commits(self, backend: Backend) -> None:
        """Numbered from 1 without a gap, page by page; what was not committed is not there."""
        self._append(backend, "u-1", "u-2")
        self._append(backend, "u-3", commit=False)
        self._append(backend, "u-4")
        with backend.transactions.begin() as unit:
            feed = unit[DirectoryChanges]
            assert [(one.number, one.id) for one in feed.after(0, 9)] == [
                (1, "u-1"),
                (2, "u-2"),
                (3, "u-4"),
            ]
            assert [one.id for one in feed.after(0, 2)] == ["u-1", "u-2"]
            (last,) = feed.after(2, 9)
            assert last == DirectoryChange(
                kind="user", id="u-4", change=ChangeKind.WRITTEN, at=NOON, number=3
            )
            assert feed.after(3, 9) == []


class CredentialsContract:
    """Certificates and sessions."""

    def _credentials(self, id: str, *certificates: str) -> Credentials:
        made = Credentials(id=id, password="hash", changed_at=NOON)  # noqa: S106 - no password
        for one in certificates:
            made.bind(one)
        return made

    def test_a_certificate_is_one_user_s(self, backend: Backend) -> None:
        """Found by each of his; bound to another it is refused."""
        store(backend, CredentialsStore, self._credentials("u-1", "t-1", "t-2"))
        with refuses(Conflict):
            store(backend, CredentialsStore, self._credentials("u-2", "t-3", "t-2"))
        with backend.transactions.begin() as unit:
            found = unit[CredentialsStore].find_by_certificate("t-2")
            assert found is not None
            assert found.id == "u-1"
            assert unit[CredentialsStore].find_by_certificate("t-3") is None

    def test_a_session_comes_with_the_epoch(self, backend: Backend) -> None:
        """As committed, both of one moment; there is none with a session that is unknown."""
        session = Session(id="0" * 64, user="u-1", department="d-1", started_at=NOON, seen_at=NOON)
        store(backend, Sessions, session)
        with backend.transactions.begin() as unit:
            before = unit[AccessEpoch].current()
            unit[AccessEpoch].advance()
            unit.commit()
        with backend.transactions.begin_looking() as unit:
            found, epoch = unit[Sessions].with_epoch(session.id)
        assert (to_plain(found), epoch) == (to_plain(session), before + 1)
        with refuses(NotFound), backend.transactions.begin_looking() as unit:
            unit[Sessions].with_epoch("1" * 64)

    def test_sessions_of_a_user_are_those_that_go_on(self, backend: Backend) -> None:
        """Neither ended ones nor those of others."""
        sessions = [
            Session(id=f"{at:064x}", user=user, department="d-1", started_at=NOON, seen_at=NOON)
            for at, user in enumerate(("u-1", "u-1", "u-2", "u-1"))
        ]
        sessions[1].end(at=NOON)
        store(backend, Sessions, *sessions)
        with backend.transactions.begin() as unit:
            found = sorted(ids(unit[Sessions].of_user("u-1")))
            assert found == [f"{at:064x}" for at in (0, 3)]
            both = ids(unit[Sessions].of_users(["u-2", "u-1", "u-3"]))
            assert both == [f"{at:064x}" for at in (0, 2, 3)]
            assert ids(unit[Sessions].of_users([])) == []
