"""Matrix row 1 (S3): every use case, called on what is foreign, answers as if it were absent.

Each act runs on a filled example of its aggregate by actors who hold its permission and reach the
object, lie in another region, belong to another department, or are a firm, citizen or third party
whom it does not concern; and on an id that nobody has.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from attrs import evolve, frozen
from tests.scan_codes import codes_of_test

from adapters.calendar import ChineseCalendars
from adapters.collation import HanCollation
from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from adapters.system import SystemIds
from entrypoints.catalogue import InstalledPermissions, described_permissions, use_cases
from entrypoints.registered import lists
from supervision_core.assessment.ports import EvaluationRounds, RiskModels
from supervision_core.audit.model import Outcome
from supervision_core.checklists.ports import Checklists
from supervision_core.identity.model import (
    SUPER,
    Actor,
    DataScope,
    PermissionDenied,
    RegionContent,
    SceneRole,
)
from supervision_core.identity.ports import (
    Collation,
    Departments,
    PermissionCatalogue,
    Regions,
    Users,
)
from supervision_core.identity.services import Commands, Question, UseCase, Work, use_case
from supervision_core.identity.services.insight import OVERSIGHT
from supervision_core.identity.services.keeping import find
from supervision_core.identity.services.second_person import (
    ASKABLE,
    RequestSecondPerson,
    request_second_person,
)
from supervision_core.kernel.calendar import Calendars
from supervision_core.kernel.errors import DomainError, NotFound
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.ports import Clock
from supervision_core.kernel.registers import Entry, Reading
from supervision_core.kernel.scan_codes import ScanCodes
from supervision_core.tasks.ports import Rectifications, Tasks, Visits
from supervision_core.testing.cases import CASES

from .building import NOON, built, command_of
from .calls import (
    BY_ID,
    LISTS,
    OF_ANOTHER,
    OWN_ACCOUNT,
    OWN_PARTY,
    OWN_PLACE,
    PLACED,
    PUBLIC,
    ROW_BY_ROW,
    WHOLE_PROVINCE,
)

EXAMPLES = {case.port: case.example for case in CASES}
OWN_ID, ABSENT_ID = "own-1", "absent-1"
SCOPES: Mapping[str, DataScope] = {
    "own": DataScope(region="450000"),
    "other_region": DataScope(region="440000"),
    "other_department": DataScope(region="450000", departments=frozenset({"strangers"})),
    "both": DataScope(region="440000", departments=frozenset({"strangers"})),
    "leading": DataScope(region="450000", departments=frozenset({"strangers"}),
                         role=SceneRole.LEAD),
    "third_party": DataScope(region="-", role=SceneRole.THIRD_PARTY, party="somebody"),
    "enterprise": DataScope(region="-", role=SceneRole.ENTERPRISE, party="somebody"),
    "citizen": DataScope(region="-", role=SceneRole.CITIZEN, party="somebody"),
}  # fmt: skip
FOREIGN = tuple(name for name in SCOPES if name != "own")
NAMED: tuple[tuple[type[Any], str], ...] = (
    (RiskModels, EXAMPLES[EvaluationRounds]("any").model_id),
    (Departments, EXAMPLES[Users]("any").memberships[0].department),
    (Tasks, EXAMPLES[Visits]("any").sheet.task),
)
"""What the examples name."""
DELETED = frozenset(
    {
        "identity.view_user",
        "identity.view_department",
        "identity.show_personal_data",
        "identity.view_access",
        "identity.view_grants",
        "identity.change_grants",
        "identity.grant",
        "identity.list_grantable",
        "identity.revoke",
        "identity.assign_roles",
        "identity.bind_certificate",
        "identity.change_contact",
        "identity.delegate_roles",
        "identity.list_assignable_roles",
        "identity.list_delegable_roles",
    }
)
"""Whoever looks at a deleted user or department finds nothing, though it is his own; nor can he
give it anything."""
SHARED = {"other_department": frozenset({"region"})}
"""Kinds that no department owns, within a scope that reaches their region."""

READ_BELOW = {
    "assessment.copy_model", "assessment.initiate_round", "grading.explain",
    "grading.grade_subjects",
}  # fmt: skip
"""Acts that only read what a region owns: those who work in line with it reach it.

So does who asks about what lists show them.
"""
IN_LINE = frozenset({"other_department", "leading"})

OUTSIDE = (SceneRole.THIRD_PARTY, SceneRole.ENTERPRISE, SceneRole.CITIZEN)
INSTITUTION = EXAMPLES[Tasks]("any").third_parties[0].institution
FIRM = EXAMPLES[Rectifications]("any").sheet.subject
ACTS_OF_PARTIES: Mapping[str, DataScope] = {
    **{
        f"tasks.{verb}": DataScope(region="-", role=SceneRole.THIRD_PARTY, party=INSTITUTION)
        for verb in (
            "allot_assistants", "claim_assistance", "name_assistants", "note_as_assistant",
            "claim_visit", "arrive_to_assist", "hand_over_assistance", "report_problem")
    },
    **{
        f"tasks.{one}": DataScope(region="-", role=SceneRole.ENTERPRISE, party=FIRM)
        for one in ("report_rectification", "ask_rectification_term", "rate_visit",
                    "confirm_visit")
    },
    "grading.explain": DataScope(region="-", role=SceneRole.ENTERPRISE, party="x"),
    "tasks.view_own_visit": DataScope(
        region="-", role=SceneRole.ENTERPRISE, party=EXAMPLES[Visits]("any").sheet.subject
    ),
    "tasks.view_order_withdrawal": DataScope(region="-", role=SceneRole.ENTERPRISE, party=FIRM),
}  # fmt: skip
"""What a party does with what concerns it, as whom: the example's own, or its subject's."""
OF_PARTIES_ALONE = {
    "tasks.view_own_visit", "tasks.view_order_withdrawal", "tasks.rate_visit",
    "tasks.confirm_visit",
} | {
    one for one, scope in ACTS_OF_PARTIES.items() if scope.party == INSTITUTION
}  # fmt: skip
"""Acts of institutions and firms alone: staff find them absent, as what is foreign."""


@frozen
class Still(Clock):
    """Stands still."""

    def now(self) -> Any:
        """Give noon."""
        return NOON


class House:
    """A store in memory with one example of every aggregate."""

    def __init__(self) -> None:
        """Store them."""
        self.store = MemoryStore()
        calendars, permissions = ChineseCalendars(), InstalledPermissions()
        self.transactions = memory_transactions(
            self.store,
            {
                Calendars: lambda _: calendars,
                Collation: lambda _: HanCollation(),
                PermissionCatalogue: lambda _: permissions,
                ScanCodes: lambda _: codes_of_test(),
            },
        )
        self.commands = Commands(self.transactions, Still(), SystemIds())
        ports = {port for _, port in BY_ID.values()}
        with self.transactions.begin() as unit:
            for port in sorted(ports, key=lambda one: one.__name__):
                root = EXAMPLES[port](f"{OWN_ID}-{port.kind}")
                unit[port].save(root)
            for port, name in NAMED:
                if find(unit, port, name) is None:
                    unit[port].save(EXAMPLES[port](name))
            unit.commit()

    def outcome(self, case: UseCase[Any, Any], scope: str, id: str) -> tuple[str, str]:
        """Call a use case; give what came of it, with the id taken out."""
        field, _ = BY_ID[case.permission]
        return self.answer(case, built(command_of(case), {field: id}), scope, id)

    def answer(
        self, case: UseCase[Any, Any], command: Any, scope: str, id: str = "\0"
    ) -> tuple[str, str]:
        """Give how a command ends: what it raised and every reason, or that it answered."""
        within = ACTS_OF_PARTIES[case.permission] if scope == "party" else SCOPES[scope]
        more = {SUPER, OVERSIGHT} if scope == "own" else set()
        return self.answer_in(case, command, within, id, more)

    def outcome_in(self, case: UseCase[Any, Any], scope: DataScope, id: str) -> tuple[str, str]:
        """Call a use case within any scope."""
        field, _ = BY_ID[case.permission]
        return self.answer_in(case, built(command_of(case), {field: id}), scope, id, set())

    def answer_in(
        self, case: UseCase[Any, Any], command: Any, scope: DataScope, id: str, more: set[str]
    ) -> tuple[str, str]:
        """Give how a command ends within any scope, with ``more`` permissions."""
        actor = Actor(
            user="tester",
            department="strangers",
            scope=scope,
            permissions=frozenset({case.permission, *more}),
        )
        try:
            act: Any = self.commands.ask if isinstance(case, Question) else self.commands.run
            act(case, command, actor=actor)
        except DomainError as error:
            reasons = [(one.code, one.at, dict(one.data)) for one in error.reasons]
            return type(error).__name__, json.dumps(reasons).replace(id, "*")
        return "answered", ""


@pytest.fixture
def house() -> House:
    """Give a fresh one."""
    return House()


def cases_by_id() -> Iterator[Any]:
    """Give every use case that acts on one object."""
    for permission in sorted(BY_ID):
        for case in use_cases().get(permission, ()):
            yield pytest.param(case, id=permission)


_DESCRIBED = described_permissions()
"""Held by ``RegisterCasesContract`` and by ``tests/integration/listing``."""


def test_every_use_case_says_how_its_reach_is_proved() -> None:
    """A use case that stands in no list, or in two, fails: nobody adds one without a policy."""
    known = [
        *BY_ID,
        *PUBLIC,
        *LISTS,
        *WHOLE_PROVINCE,
        *PLACED,
        *ROW_BY_ROW,
        *OF_ANOTHER,
        *OWN_PARTY,
        *OWN_ACCOUNT,
        *OWN_PLACE,
    ]
    known += _DESCRIBED
    missing = sorted({*use_cases()} - {*known})
    assert not missing, f"say how their reach is proved, by to= or in calls.py: {missing}"
    assert sorted({*known} - {*use_cases()}) == []
    assert {*BY_ID} >= READ_BELOW
    assert sorted(one for one, times in Counter(known).items() if times > 1) == []


def _read_below(case: UseCase[Any, Any], kind: str) -> bool:
    reading = {one.read for one in lists().values() if one.port.kind == kind and not one.partial}
    asks = isinstance(case, Question) and bool(reading - {Reading.OWNER})
    return asks or case.permission in READ_BELOW


@pytest.mark.parametrize("case", list(cases_by_id()))
def test_foreign_is_absent(house: House, case: UseCase[Any, Any]) -> None:
    """Same refusal, same reasons; only whoever reaches the object sees anything else."""
    _, port = BY_ID[case.permission]
    own_id = f"{OWN_ID}-{port.kind}"
    absent = house.outcome(case, "own", ABSENT_ID)
    assert absent[0] == "NotFound"
    for scope in FOREIGN:
        if port.kind in SHARED.get(scope, frozenset()):
            continue
        if scope in IN_LINE and _read_below(case, port.kind):
            assert house.outcome(case, scope, own_id) != absent, scope
            continue
        assert house.outcome(case, scope, ABSENT_ID) == absent, scope
        rows = len(house.store.audit)
        assert house.outcome(case, scope, own_id) == absent, scope
        (denied,) = house.store.audit[rows:]
        assert denied.entry.outcome is Outcome.DENIED
    kind = json.loads(absent[1])[0][2]["kind"]
    own = house.outcome(case, "party" if case.permission in OF_PARTIES_ALONE else "own", own_id)
    if case.permission in DELETED:
        assert own == absent
        return
    assert own[0] != "NotFound" or json.loads(own[1])[0][2]["kind"] != kind


@pytest.mark.parametrize("case", list(cases_by_id()))
def test_a_party_reaches_what_concerns_it(house: House, case: UseCase[Any, Any]) -> None:
    """Institutions and firms reach, for the acts that are theirs, what is said to concern them.

    No other act finds anything, though they hold its permission.
    """
    _, port = BY_ID[case.permission]
    own_id, absent = f"{OWN_ID}-{port.kind}", house.outcome(case, "own", ABSENT_ID)
    if case.permission in ACTS_OF_PARTIES:
        assert house.outcome(case, "party", ABSENT_ID) == absent
        kind = json.loads(absent[1])[0][2]["kind"]
        found = house.outcome(case, "party", own_id)
        assert found[0] != "NotFound" or json.loads(found[1])[0][2]["kind"] != kind
        own = ACTS_OF_PARTIES[case.permission]
        for role in {*OUTSIDE} - {own.role}:
            assert house.outcome_in(case, evolve(own, role=role), own_id) == absent, role
        return
    for name in {one.party for one in ACTS_OF_PARTIES.values()}:
        for role in OUTSIDE:
            scope = DataScope(region="-", role=role, party=name)
            assert house.outcome_in(case, scope, own_id) == absent, (name, role)


@pytest.mark.parametrize(
    "case", [one for one in ASKABLE if one.permission in BY_ID], ids=lambda one: one.name
)
def test_asking_for_another_tells_nothing_of_the_foreign(
    house: House, case: UseCase[Any, Any]
) -> None:
    """Who asks a second person for something on what is foreign, finds it as absent as ever."""
    field, port = BY_ID[case.permission]
    for scope in FOREIGN:
        actor = Actor(
            user="tester",
            department="strangers",
            scope=SCOPES[scope],
            permissions=frozenset({case.permission, request_second_person.permission}),
        )
        for aim in (ABSENT_ID, f"{OWN_ID}-{port.kind}"):
            command = to_plain(built(command_of(case), {field: aim}))
            asked = RequestSecondPerson(action=case.name, command=command, reason="核对")
            with pytest.raises(NotFound):
                house.commands.run(request_second_person, asked, actor=actor)


def test_a_foreign_checklist_can_be_copied_once_it_is_published(house: House) -> None:
    """What another region only drafts is absent; its published pilots are shared."""
    (case,) = use_cases()["checklists.copy"]
    places = {"region": "440100", "checklist_id": f"{OWN_ID}-checklist"}
    command = built(command_of(case), places)
    with house.transactions.begin() as unit:
        there = RegionContent(code="440100", name="广州市", level="city", parent="")
        unit[Regions].save(Entry.add(id="region-440100", content=there, position=1, at=NOON))
        unit.commit()
    assert house.answer(case, command, "other_region")[0] == "answered"
    with house.transactions.begin() as unit:
        draft = EXAMPLES[Checklists]("draft")
        draft._versions = ()
        unit[Checklists].save(draft)
        unit.commit()
    answers = [
        house.answer(case, evolve(command, code="y", checklist_id=one), "other_region", one)
        for one in ("draft", ABSENT_ID)
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == "NotFound"


def test_the_matrix_catches_a_use_case_without_reach(house: House) -> None:
    """Negative control: one that loads and answers is seen to tell foreign from absent."""

    @use_case("checklists.publish", "发布检查单")
    def leaking(work: Work, cmd: Any) -> str:
        return work[Checklists].get(cmd.checklist_id).id

    (real,) = use_cases()["checklists.publish"]
    command = built(command_of(real), {"checklist_id": f"{OWN_ID}-checklist"})
    absent = evolve(command, checklist_id=ABSENT_ID)
    answers = [house.answer(leaking, one, "other_region") for one in (command, absent)]
    assert [one[0] for one in answers] == ["answered", "NotFound"]


@pytest.mark.parametrize("permission", sorted(PLACED))
def test_nothing_is_made_out_of_reach(house: House, permission: str) -> None:
    """Who places something where he reaches nothing, is refused, and nothing is written."""
    for case in use_cases()[permission]:
        places = {"region": "450100", "department": "d-1", "parent": "d-1", "code": "450100"}
        command = built(command_of(case), places)
        before = {name: dict(rows) for name, rows in house.store.texts.items()}
        for scope in ("other_region", "both", "third_party", "enterprise", "citizen"):
            assert house.answer(case, command, scope)[0] != "answered", scope
        assert {name: dict(rows) for name, rows in house.store.texts.items()} == before


@pytest.mark.parametrize("permission", sorted(WHOLE_PROVINCE))
def test_what_names_everything_is_for_who_reaches_everything(house: House, permission: str) -> None:
    """A city, a department, a firm is denied, whatever it holds."""
    for case in use_cases()[permission]:
        command = built(command_of(case), {})
        for scope in ("other_department", "leading", "third_party", "citizen"):
            kind, _ = house.answer(case, command, scope)
            assert kind in {PermissionDenied.__name__, NotFound.__name__}, scope


@pytest.mark.parametrize("permission", sorted(use_cases()))
def test_without_the_permission_nothing_happens(house: House, permission: str) -> None:
    """Denied and audited, before anything is read; the permission of another act does not help."""
    for case in use_cases()[permission]:
        command = built(command_of(case), {})
        actor = Actor(
            user="tester",
            department="",
            scope=SCOPES["own"],
            permissions=frozenset(use_cases()) - {permission},
        )
        rows = len(house.store.audit)
        act: Any = house.commands.ask if isinstance(case, Question) else house.commands.run
        with pytest.raises(PermissionDenied):
            act(case, command, actor=actor)
        (denied,) = house.store.audit[rows:]
        assert (denied.entry.action, denied.entry.outcome) == (permission, Outcome.DENIED)
