"""Contracts of what the directory asks of a store. Fixture: ``backend``."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from supervision_core.identity.model import (
    Credentials,
    Department,
    DepartmentData,
    Duty,
    ExtendedData,
    GrantSheet,
    Group,
    HolderKind,
    Session,
    SignOnRecord,
    User,
    UserKind,
)
from supervision_core.identity.ports import (
    AccessEpoch,
    ChangeKind,
    CredentialsStore,
    DepartmentFilter,
    DepartmentQueries,
    Departments,
    DirectoryChange,
    DirectoryChanges,
    GrantSheets,
    Groups,
    HolderFilter,
    HolderQueries,
    RowSeals,
    SealedRow,
    Sessions,
    Users,
)
from supervision_core.kernel.errors import Conflict, NotFound
from supervision_core.kernel.events import Aggregate
from supervision_core.kernel.paging import PageRequest, every_page
from supervision_core.kernel.plain import to_plain
from supervision_core.testing.identity import NOON, full_draft, full_grant_sheet
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
                wanted = DepartmentFilter(administrator=user)
                page = unit[DepartmentQueries].page(wanted, PageRequest())
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
            user.change(evolve(user.draft, extended=firm, memberships=()), at=NOON)
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

    def test_a_seal_holds_for_what_was_sealed(self, backend: Backend) -> None:
        """Another digest, version, id or kind does not hold, nor does an older state."""
        row = SealedRow(kind="role", id="r-1", version=2, digest="ab" * 32)
        older = evolve(row, version=1)
        with backend.transactions.begin() as unit:
            unit[RowSeals].seal(older)
            unit[RowSeals].seal(row)
            unit.commit()
        others = [
            older,
            evolve(row, digest="ac" * 32),
            evolve(row, version=3),
            evolve(row, id="r-2"),
            evolve(row, kind="group"),
        ]
        with backend.transactions.begin() as unit:
            assert unit[RowSeals].holds(row)
            assert unit[RowSeals].broken([*others, row]) == others

    def test_many_are_sealed_at_once(self, backend: Backend) -> None:
        """New ones and those sealed before, of several kinds; nothing sealed is nothing done."""
        first = SealedRow(kind="role", id="r-1", version=1, digest="ab" * 32)
        rows = [
            evolve(first, version=2),
            *(SealedRow(kind="user", id=f"u-{at}", version=1, digest="ac" * 32) for at in range(3)),
        ]
        with backend.transactions.begin() as unit:
            unit[RowSeals].seal(first)
            unit[RowSeals].seal(*rows)
            unit[RowSeals].seal()
            unit.commit()
        with backend.transactions.begin() as unit:
            assert unit[RowSeals].broken([*rows, first]) == [first]

    def test_what_is_not_there_was_never_sealed(self, backend: Backend) -> None:
        """A row that is missed where a seal is left was taken away past the platform."""
        row = SealedRow(kind="role", id="r-1", version=1, digest="ab" * 32)
        with backend.transactions.begin() as unit:
            unit[RowSeals].seal(row)
            unit.commit()
        gone, never = SealedRow(kind="role", id="r-1"), SealedRow(kind="role", id="r-2")
        with backend.transactions.begin() as unit:
            assert unit[RowSeals].broken([gone, never]) == [gone]

    def test_a_seal_is_forgotten_with_its_unit(self, backend: Backend) -> None:
        """What was not committed was not sealed."""
        row = SealedRow(kind="role", id="r-1", version=1, digest="ab" * 32)
        with backend.transactions.begin() as unit:
            unit[RowSeals].seal(row)
            assert unit[RowSeals].holds(row)
        with backend.transactions.begin() as unit:
            assert not unit[RowSeals].holds(row)

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
