"""What a field may refer to is found by the initials of its name, whatever kind of thing it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from attrs import evolve

from entrypoints.registered import lists, registers
from entrypoints.searching import offered
from supervision_core.identity.lists import masked
from supervision_core.identity.model import Actor, DataScope, FirmProof, SceneRole, User, UserKind
from supervision_core.identity.model.user import NAMED
from supervision_core.identity.ports import Users
from supervision_core.identity.services.lists import cases_of
from supervision_core.kernel.initials import initials
from supervision_core.kernel.registers import Ask, Entries, EntryFilter
from supervision_core.kernel.search import as_initials, folded
from supervision_core.officers.ports import Officers
from supervision_core.subjects.lists import DATA_CHANGES
from supervision_core.subjects.ports import DataChanges
from supervision_core.testing.identity import full_draft
from supervision_core.testing.subjects import full_data_change

from .conftest import Surface

CONTEXTS = {one.partition(".")[0] for one in (*lists(), *registers())}
EVERYTHING = Actor(
    user="system", department="office", scope=DataScope(region="450000"),
    permissions=frozenset(f"{one}.*" for one in CONTEXTS),
)  # fmt: skip
BY_INDEX = {one.port.kind for one in lists().values() if one.searched is not None}
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
PEOPLE = {"user", "officer", "officers.institution_person", "officers.association_person"}


def things(surface: Surface) -> Iterator[tuple[str, str, str]]:
    """Give one thing of each kind that can be referred to: kind, id and name."""
    platform = surface.province.platform
    commands, transactions = platform.commands, platform.transactions
    for query in lists().values():
        if not query.partial and query.called != "id":
            cases = cases_of(query)
            for row in commands.ask(cases.list, cases.asking(), actor=EVERYTHING).items[:3]:
                yield query.port.kind, row.id, query.label(row)
    with transactions.begin_looking() as unit:
        for one in registers().values():
            every = unit[Entries].of(one).labels(EntryFilter(enabled=True))
            yield from ((one.name, id_, name) for id_, name in [*every.items()][:1])


def usable(surface: Surface, kind: str, id: str) -> bool:
    """Tell whether a thing can be chosen."""
    with surface.province.platform.transactions.begin_looking() as unit:
        try:
            found = unit[Ask].resolve(kind, [id]).get(id)
        except KeyError:
            return False
    return found is not None and found.usable


def test_things_of_every_kind_are_offered_by_initials(whole: Surface) -> None:
    """选择时输入首字母: whatever has a public name; people never; none by letters it lacks."""
    platform, seen = whole.province.platform, set[str]()
    for kind, id_, name in things(whole):
        letters = next(iter(initials(folded(name))), "")
        if as_initials(letters) and kind not in BY_INDEX and usable(whole, kind, id_):
            found = [one.id for one in offered(platform, EVERYTHING, kind, letters)]
            people = kind in PEOPLE and not name.isascii()
            assert (id_ in found) is not people, (kind, name, found)
            assert offered(platform, EVERYTHING, kind, "qqqzzz") == ()
            seen.add(kind)
    assert {"team", "law", "plan", "scene", "department", "risk_model", "identity.trade",
            "standard_material", "check_item", "officers.institution"} - seen == set()  # fmt: skip


@pytest.mark.parametrize("kind", ["user", "officer"])
def test_people_are_offered_by_the_name_of_their_department(whole: Surface, kind: str) -> None:
    """人员: the list of the department that is named; a county's clerk sees his own reach alone."""
    platform = whole.province.platform
    with platform.transactions.begin_looking() as unit:
        name = unit[Ask].resolve("department", ["nanning"])["nanning"].name
    asked = f"/api/v1/references/{kind}?text={quote(name)}"
    assert whole.call("system", "GET", asked).json()["items"], name
    assert whole.call("nobody", "GET", asked).json()["items"] == []


def test_officers_are_offered_by_account_with_it_beside_the_name(whole: Surface) -> None:
    """人员: by any piece of the account that is tied, within reach alone; the account is shown."""
    whole.restore()
    with whole.province.platform.transactions.begin() as unit:
        login = unit[Ask].offered("user", "", 1)[0]
        for one in unit[Officers].of_users([login.id]):
            one.untie(at=NOON)
            unit[Officers].save(one)
        free = (one for one in unit[Officers].walk("", 50) if one.state == "active")
        officer = next(one for one in free if not one.user)
        officer.tie(login.id, at=NOON)
        unit[Officers].save(officer)
        unit.commit()
    asked = f"/api/v1/references/officer?text={quote(login.code[1:])}"
    found = whole.call("system", "GET", asked).json()["items"]
    assert [one["account"] for one in found if one["id"] == officer.id] == [login.code]
    assert whole.call("nobody", "GET", asked).json()["items"] == []


def test_who_acts_is_called_alike_in_lists_and_where_he_is_named(whole: Surface) -> None:
    """姓名: staff and officers whole, in each list of people as in choosers, columns and exports.

    Of a firm's people lists leave the surname, and others call them by their account. Control: so
    do lists of a citizen.
    """
    platform, seen = whole.province.platform, set[str]()
    with platform.transactions.begin_looking() as unit:
        for query in lists().values():
            if query.port.kind not in PEOPLE or "name" not in {one.name for one in query.fields}:
                continue
            cases = cases_of(query)
            rows = platform.commands.ask(cases.list, cases.asking(), actor=EVERYTHING).items
            known = unit[Ask].resolve(query.port.kind, [one.id for one in rows])
            named = [one for one in rows if getattr(one, "kind", UserKind.STAFF) in NAMED]
            for one in rows:
                shown = one.name if one in named else one.account
                assert known[one.id].name == shown, query.name
                assert ("*" in one.name) is (one not in named), query.name
            seen |= {query.name} if rows else set()
        draft = unit[Users].get("clerk").draft
    citizen = evolve(draft, extended=evolve(draft.extended, kind=UserKind.CITIZEN))
    assert (masked(draft).person.name, masked(citizen).person.name) == ("王示例", "王**")
    assert seen >= {"identity.user", "officers.officer"}


def test_a_firm_reads_who_acted_on_its_own_side(whole: Surface) -> None:
    """申请人: by name to whoever acts for the same firm, by account to departments (0099, 0108)."""
    platform, cases = whole.province.platform, cases_of(DATA_CHANGES)
    draft = full_draft("firm.own")
    firm = evolve(draft.extended, kind=UserKind.ENTERPRISE, party="subject-1")
    proof = FirmProof(document="营业执照", number="例〔2026〕1号")
    draft = evolve(draft, extended=firm, memberships=())
    change = full_data_change("own-change")
    user = User.register(draft, id=change.by, at=NOON, proof=proof)
    with platform.transactions.begin() as unit:
        unit[Users].save(user)
        unit[DataChanges].save(change)
        unit.commit()

    def called(scope: DataScope) -> str:
        actor = evolve(EVERYTHING, user="reader", department="", scope=scope)
        found = platform.commands.ask(cases.view, cases.named(id="own-change"), actor=actor)
        return {(one.kind, one.id): str(one.name) for one in found.names}["user", user.id]

    acts = DataScope(region="-", role=SceneRole.ENTERPRISE, party="subject-1")
    assert called(acts) == draft.person.name
    assert called(EVERYTHING.scope) == draft.account.account
