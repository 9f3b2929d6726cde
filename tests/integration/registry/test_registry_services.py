from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import define, evolve

from adapters.memory.ports import PORTS
from adapters.memory.unit import MemoryStore, MemoryTransactions
from supervision_core.checklists.model import ChecklistLocked
from supervision_core.checklists.ports import Checklists
from supervision_core.checklists.services import (
    CopyChecklist,
    CreateChecklist,
    NameChecklist,
    ReviseChecklist,
    copy_checklist,
    create_checklist,
    delete_checklist,
    disable_checklist,
    make_checklist_default,
    publish_checklist,
    revise_checklist,
)
from supervision_core.identity.model import Actor, DataScope
from supervision_core.identity.registers import TRADES
from supervision_core.identity.services import Commands, UseCase
from supervision_core.items.ports import CheckItems
from supervision_core.kernel.canonical import Json
from supervision_core.kernel.errors import NotFound, Refused
from supervision_core.kernel.plain import digest, from_plain, to_plain
from supervision_core.kernel.ports import Clock, Ids
from supervision_core.kernel.registers import Entries, EntryInvalid, Register
from supervision_core.officers.intake import OfficerEntry
from supervision_core.officers.model import ContactData, Officer, TeamInvalid, TeamKind
from supervision_core.officers.ports import OfficerFilter, Officers
from supervision_core.officers.services import (
    AppointLeader,
    CreateTeam,
    ImportOfficers,
    JoinTeam,
    JoinTeamByQuery,
    appoint_leader,
    create_team,
    import_officers,
    join_team,
    join_team_by_query,
)
from supervision_core.scenes.model import ChecklistUse, SceneNotPublishable
from supervision_core.scenes.registers import SCENE_CATEGORIES
from supervision_core.scenes.services import (
    ConfigureScene,
    CreateScene,
    NameScene,
    configure_scene,
    create_scene,
    publish_scene,
)
from supervision_core.subjects.intake import SubjectEntry
from supervision_core.subjects.model import SubjectKind, SubjectStatus, TagInvalid
from supervision_core.subjects.model.content import STATUS_TITLES
from supervision_core.subjects.ports import SubjectFacts, Subjects
from supervision_core.subjects.services import (
    AddTagRule,
    ChangeTag,
    ClassifySubjects,
    CreateTag,
    ImportSubjects,
    RegisterSubject,
    RemoveTagRule,
    TagSubject,
    add_tag_rule,
    change_tag,
    classify_subjects,
    create_tag,
    import_subjects,
    register_subject,
    remove_tag_rule,
    tag_subject,
)
from supervision_core.testing.checklists import full_checklist_content
from supervision_core.testing.items import full_check_item
from supervision_core.testing.officers import full_officer_draft
from supervision_core.testing.offices import keep_directory
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject_draft
from supervision_core.testing.trades import CATEGORY_ID, TRADE_IDS, keep_trades

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CODE = "91450100MA5K000017"


class _Noon(Clock):
    def now(self) -> datetime:
        return NOON


@define
class _Counted(Ids):
    last: int = 0

    def next_id(self) -> str:
        self.last += 1
        return f"id-{self.last:06d}"


def _actor(region: str = "450000", *departments: str) -> Actor:
    return Actor(
        user="user-1",
        department="市场监管",
        scope=DataScope(region=region, departments=frozenset(departments)),
        permissions=frozenset(
            f"{one}.*" for one in ("subjects", "officers", "checklists", "scenes")
        ),
    )


@pytest.fixture
def commands() -> Commands:
    """Give the frame over a memory with nothing but what the examples refer to."""
    made = Commands(MemoryTransactions(MemoryStore(), PORTS), _Noon(), _Counted())
    with made.transactions.begin() as unit:
        keep_trades(unit)
        keep_directory(unit, ("市场监管", "农业农村", "卫生健康"))
        unit[CheckItems].save(full_check_item("item-1"))
        unit.commit()
    return made


def _entry(row: int = 2, **changes: Any) -> SubjectEntry:
    draft = evolve(full_subject_draft(CODE), **changes)
    return SubjectEntry(row=row, draft=draft, facts={"penalties_3y": 2})


def _import(
    commands: Commands, *entries: SubjectEntry, actor: Actor | None = None
) -> Mapping[str, Json]:
    return commands.run(
        import_subjects,
        ImportSubjects(source="import:a", entries=entries),
        actor=actor or _actor(),
    )


@pytest.mark.function("F061", surface="library")
def test_an_import_told_twice_changes_nothing(commands: Commands) -> None:
    """Added, then the same; a changed row corrects, and facts are known on the day."""
    none = {"added": 0, "changed": 0, "same": 0, "refused": [], "left": []}
    assert _import(commands, _entry()) == {**none, "added": 1}
    assert _import(commands, _entry()) == {**none, "same": 1}
    assert _import(commands, _entry(name="改名公司"))["changed"] == 1
    with commands.transactions.begin() as unit:
        (subject,) = unit[Subjects].find_by_codes([CODE])
        assert subject.name == "改名公司"
        known = unit[SubjectFacts].facts_on([subject.id], date(2026, 3, 2))
        assert known[subject.id] == {"penalties_3y": 2}


def test_rows_outside_the_scope_are_refused_and_the_rest_goes_in(commands: Commands) -> None:
    """A row of another city, or of a subject there, is named with its row."""
    other = evolve(
        full_subject_draft(CODE),
        region="450203",
        identity=evolve(full_subject_draft().identity, code="9145020X"),
    )
    city = _actor("450100")
    answer = _import(commands, _entry(), SubjectEntry(row=3, draft=other), actor=city)
    assert (answer["added"], answer["same"]) == (1, 0)
    assert answer["refused"] == [
        {"row": 3, "code": "subjects.out_of_scope", "at": "region", "data": {}}
    ]
    elsewhere = _import(commands, _entry(region="450203"), actor=_actor("450200"))
    assert elsewhere["refused"] == [{**answer["refused"][0], "row": 2}]


@pytest.mark.parametrize("known", SubjectStatus)
def test_a_table_changes_no_status(known: SubjectStatus, commands: Commands) -> None:
    """Nor does the registrar's own: the rest of the row goes in, and its answer names the field."""
    _import(commands, _entry(status=known))
    for status in set(SubjectStatus) - {known}:
        answer = _import(commands, _entry(status=status, name=f"改名{status}公司"))
        said = {"said": STATUS_TITLES[status], "now": STATUS_TITLES[known]}
        assert (answer["changed"], answer["refused"]) == (1, [])
        assert answer["left"] == [
            {"row": 2, "code": "subjects.status_left", "at": "status", "data": said}
        ]
        with commands.transactions.begin() as unit:
            (subject,) = unit[Subjects].find_by_codes([CODE])
        assert (subject.status, subject.name) == (known, f"改名{status}公司")
    assert _import(commands, _entry(status=None))["left"] == []


def test_a_table_makes_no_firm_a_person(commands: Commands) -> None:
    """The row is refused, whether the firm is known or new."""
    wrong = _entry(kind=SubjectKind.PERSON)
    expected = {"row": 2, "code": "subjects.person_by_other_number", "at": "kind", "data": {}}
    assert _import(commands, wrong)["refused"] == [expected]
    _import(commands, _entry())
    assert _import(commands, wrong)["refused"] == [expected]


def test_an_identity_is_registered_once(commands: Commands) -> None:
    """The second registration is refused."""
    commands.run(register_subject, RegisterSubject(draft=full_subject_draft()), actor=_actor())
    with pytest.raises(Refused) as refused:
        commands.run(register_subject, RegisterSubject(draft=full_subject_draft()), actor=_actor())
    assert [one.code for one in refused.value.reasons] == ["subjects.identity_taken"]


@pytest.mark.function("F062", surface="library")
def test_tags_follow_their_rules(commands: Commands) -> None:
    """Import tags at once; a changed rule is followed when subjects are classified again."""
    tag = commands.run(create_tag, CreateTag(name="乳品"), actor=_actor("450000"))
    rule = AddTagRule(tag_id=tag, industries=("144",))
    commands.run(add_tag_rule, rule, actor=_actor("450000"))
    with pytest.raises(TagInvalid):
        commands.run(create_tag, CreateTag(name="乳品", region="450000"), actor=_actor())
    _import(commands, _entry())
    with commands.transactions.begin() as unit:
        (subject,) = unit[Subjects].find_by_codes([CODE])
    assert subject.tags == {tag}
    commands.run(remove_tag_rule, RemoveTagRule(tag_id=tag, number=1), actor=_actor())
    again = ClassifySubjects(subject_ids=(subject.id,))
    assert commands.run(classify_subjects, again, actor=_actor()) == 1
    assert commands.run(classify_subjects, again, actor=_actor()) == 0
    commands.run(
        tag_subject,
        TagSubject(subject_id=subject.id, put=frozenset({tag}), reason="核实"),
        actor=_actor(),
    )
    with pytest.raises(TagInvalid):
        commands.run(tag_subject, TagSubject(subject_id=subject.id, reason=" "), actor=_actor())
    with pytest.raises(NotFound):
        commands.run(
            tag_subject,
            TagSubject(subject_id=subject.id, put=frozenset({"none"}), reason="核实"),
            actor=_actor(),
        )
    with commands.transactions.begin() as unit:
        assert unit[Subjects].get(subject.id).tags == {tag}


@pytest.mark.function("F064", surface="library")
@pytest.mark.function("F066", surface="library")
def test_officers_are_imported_once_and_led_by_a_member(commands: Commands) -> None:
    """An import told twice changes nothing; a certificate belongs to one officer."""
    entry = OfficerEntry(row=2, draft=full_officer_draft())
    run = ImportOfficers(entries=(entry,))
    assert commands.run(import_officers, run, actor=_actor())["added"] == 1
    assert commands.run(import_officers, run, actor=_actor())["same"] == 1
    foreign = commands.run(import_officers, run, actor=_actor("450200"))
    assert foreign["refused"] == [
        {"row": 2, "code": "officers.out_of_scope", "at": "region", "data": {}}
    ]
    with commands.transactions.begin() as unit:
        (officer,) = unit[Officers].find_by_certificates(["45010000001"])
    team = commands.run(
        create_team,
        CreateTeam(name="一组", kind=TeamKind.ENFORCEMENT, region="450100"),
        actor=_actor(),
    )
    with pytest.raises(TeamInvalid):
        commands.run(
            appoint_leader, AppointLeader(team_id=team, officer_id=officer.id), actor=_actor()
        )
    joined = JoinTeam(team_id=team, officer_ids=frozenset({officer.id}))
    assert commands.run(join_team, joined, actor=_actor()) == 1
    commands.run(appoint_leader, AppointLeader(team_id=team, officer_id=officer.id), actor=_actor())


@pytest.mark.function("F064", surface="library")
def test_an_imported_officer_stands_in_a_department(commands: Commands) -> None:
    """By id, name or code; one of a department that is none is refused, and what is near is named.

    One who stood in a word from before is put right by the next import.
    """
    said = ("市场监管", "45011", "45012", "市监", "")
    drafts = [
        evolve(full_officer_draft(f"4501000000{at}"), department=one, contact=ContactData())
        for at, one in enumerate(said)
    ]
    with commands.transactions.begin() as unit:
        unit[Officers].save(Officer.from_draft(evolve(drafts[2], department="卫健委"), id="old"))
        unit.commit()
    entries = tuple(OfficerEntry(row=at, draft=one) for at, one in enumerate(drafts))
    answer = commands.run(import_officers, ImportOfficers(entries=entries), actor=_actor())
    assert (answer["added"], answer["changed"]) == (2, 1)
    near = {"title": "所属部门", "value": "市监", "near": "“市场监管（45010）”"}
    assert answer["refused"] == [
        {"row": 3, "code": "kernel.register_nearly_called", "at": "department", "data": near},
        {"row": 4, "code": "officers.department_missing", "at": "department", "data": {}},
    ]
    with commands.transactions.begin() as unit:
        numbers = [one.certificates[0].number for one in drafts]
        found = unit[Officers].find_by_certificates(numbers)
    assert sorted(one.department for one in found) == ["农业农村", "卫生健康", "市场监管"]


def test_a_team_takes_in_by_query_only_who_is_within_reach(commands: Commands) -> None:
    """A query without a limit of its own shows its asker's officers, and joins no others."""
    drafts = [
        evolve(full_officer_draft(f"4501000000{at}"), region=region)
        for at, region in enumerate(("450100", "450200"))
    ]
    entries = tuple(OfficerEntry(row=at, draft=one) for at, one in enumerate(drafts))
    commands.run(import_officers, ImportOfficers(entries=entries), actor=_actor())
    made = CreateTeam(name="一组", kind=TeamKind.ENFORCEMENT, region="450100")
    team = commands.run(create_team, made, actor=_actor())
    asked = JoinTeamByQuery(team_id=team, filter=OfficerFilter())
    assert commands.run(join_team_by_query, asked, actor=_actor("450100")) == 1
    assert commands.run(join_team_by_query, asked, actor=_actor()) == 1


@pytest.mark.function("F053", surface="library")
@pytest.mark.function("F054", surface="library")
@pytest.mark.function("F055", surface="library")
def test_checklists_from_draft_to_copy_to_deletion(commands: Commands) -> None:
    """Codes are unique in a region; one default a trade; a pilot is copied into one's own scope."""
    actor = _actor()
    content = evolve(full_checklist_content(), attachments=())
    ids = []
    for code in ("A", "B"):
        create = CreateChecklist(code=code, region="450000", content=content)
        ids.append(commands.run(create_checklist, create, actor=actor))
        assert (
            commands.run(publish_checklist, NameChecklist(checklist_id=ids[-1]), actor=actor) == 1
        )
        commands.run(make_checklist_default, NameChecklist(checklist_id=ids[-1]), actor=actor)
    with pytest.raises(ChecklistLocked) as taken:
        commands.run(
            create_checklist,
            CreateChecklist(code="A", region="450000", content=content),
            actor=actor,
        )
    assert [one.code for one in taken.value.reasons] == ["checklists.code_taken"]
    with commands.transactions.begin() as unit:
        assert [unit[Checklists].get(one).default for one in ids] == [False, True]
    city = _actor("450100")
    copy = CopyChecklist(checklist_id=ids[0], code="A", region="450100", departments={})
    copied = commands.run(copy_checklist, copy, actor=city)
    assert commands.run(publish_checklist, NameChecklist(checklist_id=copied), actor=city) == 1
    with pytest.raises(NotFound):
        commands.run(disable_checklist, NameChecklist(checklist_id=ids[0]), actor=city)
    commands.run(disable_checklist, NameChecklist(checklist_id=ids[0]), actor=actor)
    commands.run(delete_checklist, NameChecklist(checklist_id=ids[0]), actor=actor)


@pytest.mark.function("F030", surface="library")
def test_a_scene_is_not_opened_unfit(commands: Commands) -> None:
    """Creating stores a draft; publishing names what is missing."""
    create = CreateScene(code="dairy", region="450000", basics=full_scene().basics)
    scene = commands.run(create_scene, create, actor=_actor())
    with pytest.raises(SceneNotPublishable) as refused:
        commands.run(publish_scene, NameScene(scene_id=scene), actor=_actor())
    assert {one.code for one in refused.value.reasons} == {
        "scenes.subjects_missing",
        "scenes.checklist_missing",
        "scenes.risk_model_missing",
        "scenes.credit_model_missing",
        "scenes.grading_rule_missing",
    }
    called = {one.data["trade"] for one in refused.value.reasons if "trade" in one.data}
    assert called == {f"{TRADE_IDS[0]}业"}


def test_scenes_and_checklists_refer_to_what_registers_hold(commands: Commands) -> None:
    """What is not there or disabled is chosen no more; what was chosen before may stay."""
    basics = full_scene().basics
    content = evolve(full_checklist_content(), attachments=())
    unknown = evolve(basics, sort="其他", trades=("乳品", "旅行"))
    create = CreateScene(code="dairy", region="450000", basics=unknown)
    with pytest.raises(EntryInvalid) as refused:
        commands.run(create_scene, create, actor=_actor())
    assert [(one.code, one.at, one.data["value"]) for one in refused.value.reasons] == [
        ("kernel.register_unknown", "basics.sort", "其他"),
        ("kernel.register_unknown", "basics.trades", "旅行"),
    ]
    create = evolve(create, basics=basics)
    scene = commands.run(create_scene, create, actor=_actor())
    made = CreateChecklist(code="A", region="450000", content=content)
    checklist = commands.run(create_checklist, made, actor=_actor())
    with commands.transactions.begin() as unit:
        used: tuple[tuple[Register[Any], str], ...] = (
            (TRADES, TRADE_IDS[0]), (SCENE_CATEGORIES, CATEGORY_ID),
        )  # fmt: skip
        for register, id_ in used:
            entry = unit[Entries].of(register).get(id_)
            entry.disable(at=NOON, by="user-1")
            unit[Entries].of(register).save(entry)
        unit.commit()
    renamed = ConfigureScene(scene_id=scene, basics=evolve(basics, name="改"))
    commands.run(configure_scene, renamed, actor=_actor())
    revise = ReviseChecklist(checklist_id=checklist, content=evolve(content, name="改"))
    commands.run(revise_checklist, revise, actor=_actor())
    uses = tuple(ChecklistUse(checklist=checklist, trade=one) for one in (TRADE_IDS[0], "旅行"))
    attempts: tuple[tuple[UseCase[Any, Any], Any, list[tuple[str, str]]], ...] = (
        (create_checklist, evolve(made, code="B"), [("unusable", "content.trade")]),
        (
            configure_scene,
            ConfigureScene(scene_id=scene, checklists=uses),
            [("unknown", "checklists[1].trade")],
        ),
    )
    for case, command, faults in attempts:
        with pytest.raises(EntryInvalid) as refused:
            commands.run(case, command, actor=_actor())
        assert [(one.code, one.at) for one in refused.value.reasons] == [
            (f"kernel.register_{code}", at) for code, at in faults
        ]


def test_a_county_puts_tags_of_the_regions_above_and_changes_none(commands: Commands) -> None:
    """What the region or city owns is used below; a neighbour's tag is absent."""
    _import(commands, _entry())
    with commands.transactions.begin() as unit:
        (subject,) = unit[Subjects].find_by_codes([CODE])
    tags = {
        region: commands.run(
            create_tag, CreateTag(name=f"标签{region}", region=region), actor=_actor()
        )
        for region in ("450000", "450100", "450200")
    }
    county = _actor("450103", "d-7")
    for region in ("450000", "450100"):
        put = TagSubject(subject_id=subject.id, put=frozenset({tags[region]}), reason="核实")
        commands.run(tag_subject, put, actor=county)
        change = ChangeTag(tag_id=tags[region], name="改")
        with pytest.raises(NotFound):
            commands.run(change_tag, change, actor=county)
    foreign = TagSubject(subject_id=subject.id, put=frozenset({tags["450200"]}), reason="核实")
    with pytest.raises(NotFound):
        commands.run(tag_subject, foreign, actor=county)


def test_what_stands_for_rows_in_the_log_nobody_outside_says() -> None:
    """Rows that come with a digest of somebody else's are not understood; theirs is their own."""
    sent = {"source": "a", "entries": [to_plain(_entry())]}
    told = from_plain(ImportSubjects, sent)
    assert to_plain(told) == {"source": "a", "content": digest(told.entries)}
    with pytest.raises(Exception, match="content"):
        from_plain(ImportSubjects, {**sent, "content": "0" * 64})
