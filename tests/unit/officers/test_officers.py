from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from adapters.memory.ports import memory_transactions
from adapters.memory.unit import MemoryStore
from supervision_core.kernel.codes.data import guangxi_regions
from supervision_core.kernel.errors import Refused
from supervision_core.kernel.plain import from_plain, to_plain
from supervision_core.kernel.tables import Cell, RawRow, ReadRow, match_headers, read_row
from supervision_core.officers.intake import (
    OFFICER_TABLE,
    OfficerContext,
    OfficerIntake,
    take_in_officers,
)
from supervision_core.officers.lists import OFFICERS
from supervision_core.officers.messages import MESSAGES
from supervision_core.officers.model import (
    Certificate,
    Interest,
    InterestKind,
    Officer,
    OfficerDraft,
    OfficerInvalid,
    OfficerLocked,
    OfficerState,
    Party,
    Team,
    TeamInvalid,
    TeamKind,
    TeamLocked,
    linked,
)
from supervision_core.officers.ports import Teams
from supervision_core.testing.officers import (
    full_officer,
    full_officer_draft,
    full_team,
)

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def _codes(error: Refused) -> set[str]:
    return {reason.code for reason in error.reasons}


def _officer() -> Officer:
    return Officer.register(full_officer_draft(), id="o", at=NOON)


def test_every_aggregate_survives_plain() -> None:
    """A fully filled example comes back field by field."""
    for one in (full_officer(), full_team()):
        assert to_plain(from_plain(type(one), to_plain(one))) == to_plain(one)


def test_contact_data_is_never_printed() -> None:
    """Phone, identity card and address stay out of repr."""
    shown = f"{full_officer()!r}{full_officer_draft()}"
    for secret in ("19900000002", "450103198501010000", "示例路9号"):
        assert secret not in shown


def test_registering_names_every_gap() -> None:
    """Nobody without certificate is registered; every gap is told at once."""
    draft = OfficerDraft(name="", department="", region="", certificates=())
    with pytest.raises(OfficerInvalid) as refused:
        Officer.register(draft, id="o", at=NOON)
    assert _codes(refused.value) == {
        "officers.name_missing",
        "officers.department_missing",
        "officers.region_missing",
        "officers.certificate_missing",
    }
    wrong = Certificate(
        number="", regions=frozenset(), valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)
    )
    with pytest.raises(OfficerInvalid) as again:
        Officer.register(evolve(full_officer_draft(), certificates=(wrong,)), id="o", at=NOON)
    assert _codes(again.value) == {
        "officers.certificate_without_number",
        "officers.certificate_without_region",
        "officers.certificate_reversed",
    }


@pytest.mark.function("F064", surface="library")
@pytest.mark.parametrize(
    ("matter", "region", "day", "may"),
    [
        ("乳品", "450103", DAY, True),
        ("乳品", "451422", DAY, True),
        ("旅游", "450103", DAY, False),
        ("乳品", "450203", DAY, False),
        ("乳品", "450103", date(2023, 12, 31), False),
        ("乳品", "450103", date(2024, 1, 1), True),
        ("乳品", "450103", date(2028, 12, 31), True),
        ("乳品", "450103", date(2029, 1, 1), False),
        ("", "450103", DAY, True),
    ],
)
def test_a_certificate_covers_matter_region_and_day(
    matter: str,
    region: str,
    day: date,
    may: bool,  # noqa: FBT001 -- a table of cases
) -> None:
    """Both ends of the validity count; a region covers what lies below it."""
    assert _officer().may_check(matter=matter, region=region, day=day) is may


def test_a_certificate_without_matters_covers_all_of_them() -> None:
    """Empty matters and open ends do not narrow."""
    open_one = Certificate(number="1", regions=frozenset({"450000"}))
    assert open_one.covers(matter="任何", region="450103", day=DAY)


def test_only_an_active_officer_is_sent() -> None:
    """Suspended and gone ones check nothing."""
    officer = _officer()
    officer.suspend(at=NOON)
    assert not officer.may_check(matter="乳品", region="450103", day=DAY)
    officer.resume()
    assert officer.may_check(matter="乳品", region="450103", day=DAY)
    officer.leave(at=NOON)
    assert not officer.may_check(matter="乳品", region="450103", day=DAY)
    assert [type(event).__name__ for event in officer.take_events()] == [
        "OfficerRegistered",
        "OfficerSuspended",
        "OfficerSuspended",
    ]


VERBS = ("suspend", "resume", "leave")


@given(st.lists(st.sampled_from(VERBS), max_size=8))
def test_no_forbidden_state_is_reachable(verbs: list[str]) -> None:
    """Who left never comes back; only a suspended one is resumed."""
    officer = _officer()
    for verb in verbs:
        before = officer.state
        allowed = {
            "suspend": {OfficerState.ACTIVE},
            "resume": {OfficerState.SUSPENDED},
            "leave": {OfficerState.ACTIVE, OfficerState.SUSPENDED},
        }[verb]
        try:
            if verb == "resume":
                officer.resume()
            else:
                getattr(officer, verb)(at=NOON)
        except OfficerLocked:
            assert before not in allowed
            assert officer.state is before
        else:
            assert before in allowed


def test_recusal_names_every_reason() -> None:
    """Declared interest, linked legal person and a shared address all count."""
    officer = _officer()
    stranger = Party(code="x", principal="陌生人", addresses=frozenset({"别处"}))
    assert officer.must_withdraw(stranger) == ()
    assert officer.must_withdraw(Party(code="x", principal="", addresses=frozenset({""}))) == ()
    interest = Interest(subject_code="c", kind=InterestKind.KINSHIP, declared_on=DAY)
    officer.declare(interest)
    officer.declare(evolve(interest, note="再次申报"))
    assert officer.interests == (interest,)
    party = Party(
        code="c", principal="王示例甲", addresses=frozenset({"南宁市青秀区示例路9号", "别处"})
    )
    assert {one.code for one in officer.must_withdraw(party)} == {
        "officers.interest_declared",
        "officers.legal_person_linked",
        "officers.address_shared",
    }
    himself = Party(code="x", principal="王示例")
    assert [one.code for one in officer.must_withdraw(himself)] == ["officers.legal_person_linked"]


TEXTS = st.sampled_from(["", "王示例", "王示例甲", "c", "南宁市青秀区示例路9号", "别处"])


@given(
    st.lists(st.builds(Party, code=TEXTS, principal=TEXTS, addresses=st.frozensets(TEXTS))),
    st.lists(TEXTS, max_size=2),
)
def test_nobody_withdraws_from_a_party_with_which_he_shares_no_text(
    parties: list[Party], interests: list[str]
) -> None:
    """Whom ``linked`` leaves out need not be asked whether he withdraws."""
    officer = _officer()
    for code in interests:
        kind = InterestKind.KINSHIP
        officer.declare(Interest(subject_code=code, kind=kind, declared_on=DAY))
    of_key = {str(at): party for at, party in enumerate(parties)}
    asked = {key for _, key in linked([officer], of_key)}
    assert {key for key, one in of_key.items() if officer.must_withdraw(one)} <= asked


def test_what_another_declares_keeps_who_and_when() -> None:
    """His own says nobody; nobody names himself or another as who entered it."""
    officer = full_officer()
    officer._interests = ()
    day = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
    for code, by in (("a", officer.user), ("b", "keeper-1")):
        link = Interest(
            subject_code=code,
            kind=InterestKind.OTHER,
            declared_on=DAY,
            entered_by="somebody",
            note="邻居",
        )
        officer.declare(link, at=day, by=by)
    assert [one.entered_by for one in officer.interests] == ["", "keeper-1"]
    around = timedelta(seconds=1)
    found = [
        officer.interests_of_others(since=since, until=until)
        for since, until in (
            (day, day), (day - 2 * around, day - around), (day + around, day + 2 * around)
        )
    ]  # fmt: skip
    assert [[one.subject_code for one in each] for each in found] == [["b"], [], []]


@pytest.mark.parametrize("note", ["", " \n"])
def test_a_link_of_no_named_kind_says_what_it_is(note: str) -> None:
    """An officer was kept from a firm by 其他 without a word why."""
    officer = _officer()
    link = Interest(subject_code="c", kind=InterestKind.OTHER, declared_on=DAY, note=note)
    with pytest.raises(OfficerInvalid) as refusal:
        officer.declare(link)
    (violation,) = refusal.value.violations
    assert (violation.code, violation.at) == ("officers.interest_unexplained", "interest.note")
    assert officer.interests == ()
    officer.declare(evolve(link, note="邻居"))
    officer.declare(evolve(link, kind=InterestKind.KINSHIP))
    assert len(officer.interests) == 2


def test_correcting_keeps_what_is_not_said() -> None:
    """Other certificates, contact data and links stay; equal content changes nothing."""
    officer = _officer()
    said = OfficerDraft(
        name="王示例",
        department="应急管理",
        region="450100",
        certificates=(Certificate(number="2", regions=frozenset({"450100"})),),
    )
    assert officer.correct(said)
    assert [one.number for one in officer.certificates] == ["45010000001", "2"]
    assert officer.contact == full_officer_draft().contact
    assert officer.department == "应急管理"
    assert not officer.correct(said)


@pytest.mark.function("F065", surface="library")
@pytest.mark.function("F066", surface="library")
@pytest.mark.function("F067", surface="library")
def test_members_join_lead_and_leave() -> None:
    """Only a member leads; a leader who leaves leads no more."""
    team = Team.create(id="t", name="一组", kind=TeamKind.ENFORCEMENT, region="450100")
    assert team.join(frozenset({"a", "b"})) == 2
    assert team.join(frozenset({"b", "c"})) == 1
    with pytest.raises(TeamInvalid) as refused:
        team.appoint("x")
    assert _codes(refused.value) == {"officers.leader_not_member"}
    team.appoint("a")
    assert team.dismiss(frozenset({"b", "z"})) == 1
    assert team.leader == "a"
    assert team.dismiss(frozenset({"a"})) == 1
    assert team.members == {"c"}
    assert team.leader is None


def test_an_officer_says_the_living_teams_of_his_and_whether_he_leads_one() -> None:
    """Review groups and deleted teams are left out, and so is who leads them."""
    made = {"t-1": TeamKind.ENFORCEMENT, "t-2": TeamKind.RISK, "t-3": TeamKind.ENFORCEMENT}
    teams = [Team.create(id=t, name=t, kind=kind, region="450100") for t, kind in made.items()]
    for one in teams:
        one.join(frozenset({"a", "b"}))
    _, risk, gone = teams
    risk.appoint("b")
    gone.appoint("b")
    gone.delete()
    teams[0].appoint("a")
    with memory_transactions(MemoryStore()).begin() as unit:
        for one in teams:
            unit[Teams].save(one)
        told = {
            name: OFFICERS.completed(unit, officer, OFFICERS.viewed(officer))
            for name, officer in ((name, full_officer(name)) for name in ("a", "b", "c"))
        }
    assert {name: (one.teams, one.leads) for name, one in told.items()} == {
        "a": (("t-1",), True), "b": (("t-1",), False), "c": ((), False),
    }  # fmt: skip


@pytest.mark.function("F068", surface="library")
def test_a_deleted_team_is_left_alone() -> None:
    """A nameless team is refused; a deleted one refuses every change."""
    with pytest.raises(TeamInvalid) as nameless:
        Team.create(id="t", name=" ", kind=TeamKind.CREDIT, region="450100")
    assert _codes(nameless.value) == {"officers.team_without_name"}
    team = full_team()
    for attempt in (
        lambda: team.join(frozenset({"x"})),
        lambda: team.dismiss(frozenset({"x"})),
        lambda: team.appoint("officer-1"),
        lambda: team.describe(name="新", order=1),
        team.delete,
    ):
        with pytest.raises(TeamLocked) as refused:
            attempt()
        assert _codes(refused.value) == {"officers.team_deleted"}


def _row(number: int, /, **cells: Cell) -> ReadRow:
    filled = {"姓名": "王示例", "执法证号": "45010000001", "手机": "19900000002"} | cells
    filled = {key: value for key, value in filled.items() if value is not None}
    match = match_headers(OFFICER_TABLE, list(filled))
    assert match.violations == ()
    return read_row(OFFICER_TABLE, RawRow(number=number, cells=filled), match)


def _take(*rows: ReadRow) -> OfficerIntake:
    return take_in_officers(
        rows,
        OfficerContext(
            today=DAY, region="450100", department="市场监管", regions=guangxi_regions()
        ),
    )


def test_a_row_of_officers_becomes_a_draft() -> None:
    """Names of regions, lists by any separator and ends of validity are understood."""
    intake = _take(
        _row(
            2,
            单位="应急管理",
            所属区划="青秀区",
            执法区域="南宁市、崇左",
            执法领域="危化品；食品",
            有效期至="2028.12.31",
        )
    )
    assert intake.faults == ()
    (entry,) = intake.entries
    (certificate,) = entry.draft.certificates
    assert (entry.draft.department, entry.draft.region) == ("应急管理", "450103")
    assert certificate.regions == {"450100", "451400"}
    assert certificate.matters == {"危化品", "食品"}
    assert certificate.valid_to == date(2028, 12, 31)


def test_the_context_fills_department_and_region() -> None:
    """A department's own table need not repeat itself."""
    (entry,) = _take(_row(2)).entries
    assert (entry.draft.department, entry.draft.region) == ("市场监管", "450100")
    assert entry.draft.certificates[0].regions == {"450100"}


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"执法证号": None}, "执法证号", "officers.certificate_missing"),
        ({"所属区划": "火星区"}, "所属区划", "kernel.region_unknown"),
        ({"执法区域": "南宁市、火星区"}, "执法区域", "kernel.region_unknown"),
        (
            {"有效期自": "2026-02-01", "有效期至": "2026-01-01"},
            "有效期至",
            "officers.certificate_reversed",
        ),
    ],
)
def test_faults_keep_an_officer_out(cells: dict[str, Cell], column: str, code: str) -> None:
    """Each fault names its column."""
    intake = _take(_row(2, **cells))
    assert intake.entries == ()
    assert [(one.column, one.violation.code) for one in intake.faults] == [(column, code)]


def test_an_expired_certificate_warns_only() -> None:
    """He is registered, but no draw will take him."""
    intake = _take(_row(2, 有效期至="2026-03-01"))
    assert [one.violation.code for one in intake.faults] == ["officers.certificate_expired"]
    assert len(intake.entries) == 1


def test_equal_rows_go_in_once_and_a_stolen_number_stays_out() -> None:
    """A certificate number belongs to the first who has it."""
    intake = _take(_row(2), _row(3), _row(4, 姓名="李示例"))
    assert ([entry.row for entry in intake.entries], intake.repeated) == ([2], 1)
    assert [(one.row, one.violation.code, one.severity.value) for one in intake.faults] == [
        (3, "officers.row_repeated", "warning"),
        (4, "officers.certificate_taken", "error"),
    ]


def test_two_certificates_of_one_person_are_joined() -> None:
    """Same name, department and phone are one officer; namesakes without phone are not."""
    joined = _take(_row(2), _row(3, 执法证号="45010000002"))
    assert [[c.number for c in entry.draft.certificates] for entry in joined.entries] == [
        ["45010000001", "45010000002"]
    ]
    apart = _take(_row(2, 手机=None), _row(3, 手机=None, 执法证号="45010000002"))
    assert len(apart.entries) == 2


def test_every_text_has_a_remedy() -> None:
    """Whoever is refused learns what to do."""
    assert all(one.remedy for one in MESSAGES.values())
