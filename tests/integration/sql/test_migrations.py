import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from attrs import evolve
from sqlalchemy import Constraint, Engine, Index, MetaData, Table, inspect, select, text, update
from tests.conftest import mend

from adapters.sql import migrations
from adapters.sql.counts import SqlCounts
from adapters.sql.draws import draw
from adapters.sql.engine.database import open_engine
from adapters.sql.identity.directory import department_administrator
from adapters.sql.migrations import config_for, migrate, migrate_down
from adapters.sql.ports import sql_transactions
from adapters.sql.sealing.protection import Sealing
from adapters.sql.tables import metadata
from supervision_core.assessment.ports import EvaluationRounds, RiskModels
from supervision_core.checklists.lists import CHECKLISTS
from supervision_core.checklists.model import ChecklistContent
from supervision_core.checklists.ports import Checklists
from supervision_core.dashboards.ports import Wanted
from supervision_core.draws.model.draw import carried_by
from supervision_core.draws.model.series import DrawSeries, Fate, Numbered
from supervision_core.draws.model.sources import DrawNumber
from supervision_core.draws.ports import Draws, LeafTrees, Pools, SeriesOfDraws
from supervision_core.grading.ports import CurrentGrades, GradingRules
from supervision_core.identity.model import (
    NOWHERE,
    DataScope,
    Duty,
    GrantSheet,
    HolderKind,
    SceneRole,
    Way,
)
from supervision_core.identity.ports import (
    CredentialsStore,
    Departments,
    GrantSheets,
    Sessions,
    Users,
)
from supervision_core.identity.registers import TRADES, TradeContent
from supervision_core.identity.services.keeping import find
from supervision_core.items.ports import CheckItems
from supervision_core.kernel.canonical import sm3
from supervision_core.kernel.listing import ListFilter, Lists
from supervision_core.kernel.paging import PageRequest
from supervision_core.kernel.plain import to_plain
from supervision_core.kernel.registers import Ask, Entries, Entry, Register
from supervision_core.kernel.sealing import Place
from supervision_core.officers.ports import Officers, Teams
from supervision_core.officers.registers import ASSOCIATIONS, INSTITUTIONS, InstitutionContent
from supervision_core.plans.ports import Plans
from supervision_core.scenes.ports import Scenes
from supervision_core.scenes.registers import SCENE_CATEGORIES, SceneCategoryContent
from supervision_core.subjects.ports import Subjects
from supervision_core.subjects.registers import CATEGORIES, FORM_FIELDS
from supervision_core.tasks.lists import TASKS
from supervision_core.tasks.model.sheet import TaskState
from supervision_core.tasks.ports import Tasks, Transfers, VisitQueries, Visits
from supervision_core.testing.cases import CASES
from supervision_core.testing.counts import BEYOND, DUE, EVERY, FORMED
from supervision_core.testing.draws import POOL, completed_draw, drawn_2, frozen_draw, keep_pool
from supervision_core.testing.identity import (
    NOON,
    full_credentials,
    full_department,
    full_session,
    full_user,
)
from supervision_core.testing.officers import full_officer
from supervision_core.testing.scenes import full_scene
from supervision_core.testing.subjects import full_subject
from supervision_core.testing.tasks import task as a_task

EXAMPLES = {case.port: case.example for case in CASES}
RESERVED = frozenset(
    [
        "access",
        "add",
        "all",
        "and",
        "any",
        "as",
        "asc",
        "audit",
        "between",
        "by",
        "check",
        "cluster",
        "column",
        "comment",
        "connect",
        "current",
        "date",
        "day",
        "default",
        "delete",
        "desc",
        "distinct",
        "domain",
        "drop",
        "else",
        "end",
        "exists",
        "file",
        "for",
        "from",
        "grant",
        "group",
        "having",
        "identified",
        "in",
        "index",
        "initial",
        "insert",
        "integer",
        "intersect",
        "into",
        "is",
        "level",
        "like",
        "lock",
        "long",
        "minus",
        "mode",
        "month",
        "not",
        "null",
        "number",
        "object",
        "of",
        "offline",
        "on",
        "online",
        "option",
        "or",
        "order",
        "percent",
        "prior",
        "public",
        "raw",
        "reference",
        "rename",
        "resource",
        "revoke",
        "row",
        "rownum",
        "rows",
        "select",
        "session",
        "set",
        "share",
        "size",
        "start",
        "synonym",
        "sysdate",
        "table",
        "then",
        "to",
        "trigger",
        "type",
        "uid",
        "union",
        "unique",
        "update",
        "user",
        "validate",
        "values",
        "varchar",
        "view",
        "when",
        "where",
        "with",
        "year",
    ]
)


@pytest.fixture(params=["sqlite", "postgres", "kingbase"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give a migrated database of each kind."""
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


def test_the_files_say_one_chain_of_steps() -> None:
    """Each step follows another one that no other follows."""
    last = ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads()
    assert len(last) == 1, f"let one follow the other (down_revision): {sorted(last)}"


def test_migrations_give_the_tables_that_the_code_expects(engine: Engine) -> None:
    """The migrated schema equals the metadata: no table, column, index or key is missing."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        missing = compare_metadata(context, metadata)
        assert missing == [], "\n".join(map(repr, missing))


@pytest.mark.parametrize("kind", ["sqlite", "postgres", "kingbase"])
def test_every_step_goes_up_down_and_up_again(
    kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    """Each revision can be taken, taken back and taken again; the way down leaves no table."""
    if kind == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('stairs')}/stairs.db")
    else:
        engine = request.getfixturevalue(f"{kind}_engine")
        migrate_down(engine)
    script = ScriptDirectory.from_config(config_for(engine))
    steps = [step.revision for step in reversed(list(script.walk_revisions()))]
    for before, step in zip(["base", *steps], steps, strict=False):
        migrate(engine, step)
        migrate_down(engine, before)
        migrate(engine, step)
    migrate_down(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    migrate(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *metadata.tables}
    if kind == "sqlite":
        engine.dispose()


@pytest.mark.parametrize("step", ["base", "0023"])
def test_tables_are_made_anew_after_a_test_that_failed(postgres_engine: Engine, step: str) -> None:
    """Whatever step a test of migrations stopped at, the next one finds every table."""
    migrate_down(postgres_engine, step)
    mend(postgres_engine)
    assert set(inspect(postgres_engine).get_table_names()) == {"alembic_version", *metadata.tables}


def test_sums_are_filled_from_what_is_counted_already(sqlite_engine: Engine) -> None:
    """Whoever reads right after the upgrade is told as much as before it, and nothing is wrong."""
    with sqlite_engine.begin() as connection:
        counts = SqlCounts(connection)
        for at, cell in enumerate((DUE, DUE, FORMED, BEYOND)):
            counts.settle("visit", f"v-{at}", (cell,))
        counts.flush()
        before = counts.sums(Wanted(measures=EVERY, region="450000"), ("department", "measure"))
    migrate_down(sqlite_engine, "0081")
    migrate(sqlite_engine)
    with sqlite_engine.begin() as connection:
        counts = SqlCounts(connection)
        assert not counts.wrong()
        wanted = Wanted(measures=EVERY, region="450000")
        assert counts.sums(wanted, ("department", "measure")) == before
        assert sum(before.values()) > 1


def test_names_suit_every_engine() -> None:
    """Each name is lower case, at most 30 characters and no reserved word (DM, KingbaseES)."""
    names: list[str] = []
    for table in metadata.tables.values():
        names += [table.name, *(column.name for column in table.c)]
        groups: list[Constraint | Index] = [*table.constraints, *table.indexes]
        names += [str(group.name) for group in groups]
    assert [name for name in names if len(name) > 30 or name != name.lower()] == []
    assert "none" not in names
    assert RESERVED.intersection(names) == set()


def test_administrators_appointed_before_are_found_after(sqlite_engine: Engine) -> None:
    """A department kept by an older release is found by its administrators at once."""
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        unit[Departments].save(full_department("d-1"))
        unit.commit()
    migrate_down(sqlite_engine, "0008")
    migrate(sqlite_engine)
    with sqlite_engine.connect() as connection:
        found = connection.execute(select(department_administrator)).all()
    assert sorted(map(tuple, found)) == [("d-1", "u-1"), ("d-1", "u-2")]


def test_what_bodies_name_is_found_by_its_name_after(sqlite_engine: Engine) -> None:
    """Check items, teams, models and rules of an older release are found, and sealed as before."""
    migrate(sqlite_engine)
    named = [one for one in CASES if one.port in {CheckItems, Teams, RiskModels, GradingRules}]
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        for one in named:
            unit[one.port].save(one.example("x-1"))
        known = {one: unit[Ask].resolve(one.port.kind, ["x-1"])["x-1"] for one in named}
        unit.commit()
    assert any(one.usable for one in known.values())
    migrate_down(sqlite_engine, "0064")
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        for one, thing in known.items():
            unit[one.port].get("x-1")
            found = unit[Ask].named(one.port.kind, [thing.name, "x"])
            usable = [thing] if thing.usable else []
            assert {name: list(those) for name, those in found.items()} == {
                thing.name: usable, "x": []
            }, one  # fmt: skip


def test_holders_of_duties_before_are_found_after(sqlite_engine: Engine) -> None:
    """What an older release granted tells at once who holds an administrators' duty."""
    migrate(sqlite_engine)
    sheet = GrantSheet.empty(HolderKind.USER, "u-1")
    sheet.grant("audit.view_entry", passable=False, by="cli", at=NOON)
    with sql_transactions(sqlite_engine).begin() as unit:
        unit[GrantSheets].save(sheet)
        unit.commit()
    migrate_down(sqlite_engine, "0016")
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        assert unit[GrantSheets].holders_of_duty(Duty.AUDIT) == {"u-1"}
        assert unit[GrantSheets].holders_of_duty(Duty.SYSTEM) == frozenset()


def test_who_could_log_in_before_can_after(sqlite_engine: Engine) -> None:
    """Credentials, users and sessions of an older release keep their seals and their ways."""
    credentials, user = full_credentials("u-1"), full_user("u-1")
    session = full_session("s-1")
    session._way = Way.SIGN_ON
    migrate(sqlite_engine)
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        unit[CredentialsStore].save(credentials)
        unit[Users].save(user)
        unit[Sessions].save(session)
        unit.commit()
    migrate_down(sqlite_engine, "0016")
    with sqlite_engine.connect() as connection:
        kept = json.loads(connection.execute(text("SELECT body FROM credentials")).scalar_one())
    assert kept["_failures"] == 0
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        kept_user, found = unit[Users].get("u-1"), unit[CredentialsStore].get("u-1")
        assert to_plain(found) == to_plain(credentials)
        assert (kept_user.person, kept_user.proof) == (user.person, None)
        assert unit[Sessions].get("s-1").way is Way.SIGN_ON


def test_draws_that_held_their_pool_find_it_after(sqlite_engine: Engine) -> None:
    """A pool goes out of the rows of its draws, once for all of them, and the rows hold sealed."""
    before = [completed_draw("d-1"), completed_draw("d-2")]
    with sql_transactions(sqlite_engine).begin() as unit:
        keep_pool(unit)
        unit[Draws].save_all(before)
        unit.commit()
    migrate_down(sqlite_engine, "0023")
    with sqlite_engine.connect() as connection:
        (kept,) = connection.execute(text("SELECT pool FROM draw WHERE id = 'd-1'")).scalars()
    assert json.loads(kept) == {"canonical": POOL.parts[0].decode()}
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        assert unit[Pools].get(POOL.hash) == POOL
        for number, one in enumerate(before, start=1):
            given = DrawNumber(lead="dept-market", scene="", year=2026, number=number)
            object.__setattr__(one, "number", given)
            object.__setattr__(one, "task", "")  # nothing rests on it
            assert to_plain(unit[Draws].get(one.id)) == to_plain(one)


def test_draws_of_before_have_numbers_after(sqlite_engine: Engine) -> None:
    """Each follows those of its lead, scene and year by its deadline, with what became of it."""
    sent, cleared = completed_draw("draw-1"), completed_draw("draw-0")
    cleared.clear(by="u-1", reason="名单有误", at=NOON)
    series = DrawSeries.begin(lead="dept-market", scene="scene-dairy", year=2026)
    series.enter("draw-9")
    with sql_transactions(sqlite_engine).begin() as unit:
        keep_pool(unit)
        unit[Tasks].save(a_task("task-1"))
        unit[Draws].save_all([sent, cleared])
        unit[SeriesOfDraws].save(series)
        unit.commit()
    migrate_down(sqlite_engine, "0093")
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        (found,) = unit[SeriesOfDraws].of_year(2026, lead="dept-market", scene="scene-dairy")
        assert found.numbered == (
            Numbered(draw="draw-9"),
            Numbered(draw="draw-0", fate=Fate.CLEARED, reason="名单有误"),
            Numbered(draw="draw-1", fate=Fate.DISPATCHED),
        )
        numbers = [one.number for one in unit[Draws].find_many(["draw-0", "draw-1"])]
        assert [one and one.number for one in numbers] == [2, 3]
        assert unit[SeriesOfDraws].years() == [2026]


def test_places_of_visits_of_before_are_counted_after(sqlite_engine: Engine) -> None:
    """What proves the place is read from the sealed arrival, and from the firm's own scan."""
    transactions, made = (
        sql_transactions(sqlite_engine),
        [EXAMPLES[Visits](f"v-{at}") for at in "abc"],
    )
    arrival = made[0].started
    assert arrival is not None
    posted = evolve(arrival, code="SC1", place="22.81,108.36（误差9米）", photo="f-1", reason="")
    for one, arrived in zip(made, (posted, evolve(posted, photo=""), arrival), strict=True):
        one._check_in, one._party_scan = arrived, None
    made[2]._party_scan = EXAMPLES[Visits]("v-c").party_scan
    assert [one.place_proof for one in made] == ["posted", "none", "firm"]
    with transactions.begin() as unit:
        unit[Visits].save_all(made)
        unit.commit()
    formed = made[0].formed_on
    assert formed is not None
    with transactions.begin_reading() as unit:
        before = unit[VisitQueries].places(since=formed, until=formed)
    migrate_down(sqlite_engine, "0099")
    migrate(sqlite_engine)
    with transactions.begin_reading() as unit:
        assert unit[VisitQueries].places(since=formed, until=formed) == before
        assert sorted(proof for _, proof in before) == ["firm", "none", "posted"]
        assert [to_plain(unit[Visits].get(one.id)) for one in made] == [
            to_plain(one) for one in made
        ]


def test_institutions_of_drafts_of_before_read_nothing_after(sqlite_engine: Engine) -> None:
    """Those of tasks that went out go on reading them; a draft shows no customer (§14)."""
    transactions = sql_transactions(sqlite_engine)
    made = [EXAMPLES[Tasks](one) for one in ("t-draft", "t-out")]
    made[0]._state = TaskState.DRAFTED
    with transactions.begin() as unit:
        unit[Tasks].save_all(made)
        unit.commit()
    migrate_down(sqlite_engine, "0110")

    def read() -> set[str]:
        told = text("SELECT task_id FROM task_party WHERE party = 'institution-1'")
        with sqlite_engine.connect() as connection:
            return {row[0] for row in connection.execute(told)}

    assert read() == {"t-draft", "t-out"}
    migrate(sqlite_engine)
    assert read() == {"t-out"}


def test_draws_of_own_pools_belong_to_no_task_after(sqlite_engine: Engine) -> None:
    """Whatever task somebody named for one: those alone stay with theirs on which a task rests."""
    own, other, of_task = (completed_draw(f"draw-{one}") for one in range(3))
    rests = a_task("task-1")
    rests._sheet = evolve(rests.sheet, draw=of_task.id)
    for at, one in enumerate((own, other, of_task), start=1):
        scene = "scene-1" if one is other else ""
        given = DrawNumber(lead="dept-market", scene=scene, year=2026, number=at)
        object.__setattr__(one, "number", given)
    with sql_transactions(sqlite_engine).begin() as unit:
        keep_pool(unit)
        unit[Tasks].save(rests)
        unit[Draws].save_all([own, other, of_task])
        unit.commit()
    migrate_down(sqlite_engine, "0099")
    migrate(sqlite_engine)
    with sql_transactions(sqlite_engine).begin() as unit:
        assert [one.id for one in unit[Draws].of_task("")] == [own.id]
        assert [one.id for one in unit[Draws].of_task("task-1")] == [other.id, of_task.id]
        assert unit[Draws].get(own.id).own


def test_draws_of_a_chain_keep_their_seed_or_are_frozen_anew(sqlite_engine: Engine) -> None:
    """What was opened holds as the one leaf of a tree; what was not has none, no tree began."""
    opened, waiting = drawn_2("draw-1"), frozen_draw("draw-2")
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        keep_pool(unit)
        unit[LeafTrees].save(EXAMPLES[LeafTrees]("2026"))
        unit[Draws].save_all([opened, waiting])
        unit.commit()
    migrate_down(sqlite_engine, "0106")
    link = sm3(b"link").hex()
    with sqlite_engine.begin() as connection:
        for one, known in ((opened.id, link), (waiting.id, None)):
            chain = {"anchor": "00" * 32, "index": 3, "link": known}
            body = connection.execute(select(draw.c.body).where(draw.c.id == one)).scalar_one()
            old = json.dumps(json.loads(body) | {"_chain": chain})
            connection.execute(update(draw).where(draw.c.id == one).values(body=old))
    migrate(sqlite_engine)
    with transactions.begin_reading() as unit:
        found, again = unit[Draws].get(opened.id), unit[Draws].get(waiting.id)
        assert find(unit, LeafTrees, "2026") is None
    assert found.leaf is not None
    assert (found.leaf.holds, found.leaf.index) == (True, 3)
    assert (found.leaf.value or b"").hex() == link
    assert (found.seed, found.picks, found.round.began_at) == (opened.seed, opened.picks, None)
    assert again.leaf is None
    assert carried_by([again], again.pool_hash, again.rule.hash) is None


def test_what_lists_tell_is_told_of_what_was_there(sqlite_engine: Engine) -> None:
    """Scenes of transfers, codes of graded subjects, and evaluations of models that count."""
    transactions, transfer = sql_transactions(sqlite_engine), EXAMPLES[Transfers]("t-1")
    visit = EXAMPLES[Visits](transfer.sheet.visit)
    task, grade = EXAMPLES[Tasks](visit.sheet.task), EXAMPLES[CurrentGrades]("g-1")
    subject, round_ = EXAMPLES[Subjects](grade.subject), EXAMPLES[EvaluationRounds]("e-1")
    told = evolve(transfer.sheet, task=task.id, scene=task.sheet.scene)
    object.__setattr__(transfer, "sheet", evolve(told, task="", scene=""))
    grade.follow(evolve(grade.place, code=""))
    with transactions.begin() as unit:
        unit[Transfers].save(transfer)
        unit[Visits].save(visit)
        unit[Tasks].save(task)
        unit[CurrentGrades].save(grade)
        unit[Subjects].save(subject)
        unit[EvaluationRounds].save(round_)
        unit.commit()
    migrate_down(sqlite_engine, "0058")
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        assert unit[Transfers].get("t-1").sheet == told
        assert unit[CurrentGrades].get("g-1").place.code == subject.identity.shown != ""
        used = unit[Ask].uses("risk_model", [round_.model_id], "assessment.round")
        assert used == {round_.model_id: 1}


def test_plans_of_before_are_numbered(sqlite_engine: Engine) -> None:
    """A number, one after the other in a region and year; what refers to things is counted."""
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        for one in ("p-1", "p-2"):
            unit[Plans].save(EXAMPLES[Plans](one))
        unit[Scenes].save(EXAMPLES[Scenes]("s-1"))
        unit[CheckItems].save(EXAMPLES[CheckItems]("i-1"))
        unit.commit()
    migrate_down(sqlite_engine, "0047")
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        numbers = [unit[Plans].get(one).number for one in ("p-1", "p-2")]
        assert numbers == ["JH450100202600001", "JH450100202600002"]
        assert unit[Plans].last_number("JH4501002026") == numbers[-1]
        assert unit[Ask].uses("risk_model", ["risk-1"], "scenes.scene") == {"risk-1": 1}
        used = unit[Ask].uses("standard_material", ["material-1"], "items.check_item")
        assert used == {"material-1": 1}
        assert unit[Scenes].get("s-1").version == 1


def test_officers_and_institutions_of_before_are_found_after(sqlite_engine: Engine) -> None:
    """An officer by identity number and account, a task by the institution that assists."""
    officer, assisted = full_officer("o-1"), a_task("t-1")
    institution = assisted.third_parties[0].institution
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        unit[Officers].save(officer)
        unit[Tasks].save(assisted)
        unit.commit()
    migrate_down(sqlite_engine, "0024")
    migrate(sqlite_engine)
    reach = DataScope(region=NOWHERE, role=SceneRole.THIRD_PARTY, party=institution).predicate()
    with transactions.begin() as unit:
        for found in (
            unit[Officers].find_by_identity_cards([officer.contact.identity_card]),
            unit[Officers].of_users([officer.user]),
        ):
            assert [to_plain(one) for one in found] == [to_plain(officer)]
        page = unit[Lists].page(TASKS, ListFilter(reach=reach), PageRequest(size=10))
    assert [one.id for one in page.items] == ["t-1"]


def _old_category(id: str, **said: Any) -> dict[str, Any]:
    body = {"_department": "", "_fields": [], "_order": 0}
    body |= {name: value for name, value in said.items() if name in body}
    columns: dict[str, Any] = {"parent": None, "deleted": False, "name": "食品", "region": "450100"}
    columns |= {name: value for name, value in said.items() if name in columns}
    return {"id": id, "version": 1, **columns, "body": json.dumps(body)}


def _field(name: str, title: str, kind: str = "text", *choices: str) -> dict[str, Any]:
    return {
        "name": name, "title": title, "kind": kind, "required": False, "choices": list(choices),
        "max_length": 200,
    }  # fmt: skip


def _partner(sealing: Sealing, table: str, id: str, **said: Any) -> dict[str, Any]:
    phone = sealing.fields.seal(json.dumps({"_phone": "示例电话"}), Place(table, "sealed", id))
    return {
        "id": id, "version": 1, "region": "450100", "sealed": phone, "row_seal": "-",
        "body": json.dumps({"_deleted": False, **said}),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_rows_of_before_are_entries_after(
    kind: str, request: pytest.FixtureRequest, sealing: Sealing
) -> None:
    """Categories, their forms, institutions and associations of an older release are found."""
    engine = request.getfixturevalue(f"{kind}_engine")
    subject = full_subject()
    transactions = sql_transactions(engine)
    with transactions.begin() as unit:
        unit[Subjects].save(subject)
        unit.commit()
    migrate_down(engine, "0029")
    herd, grade = _field("herd", "存栏数", "integer"), _field("grade", "等级", "choice", "甲", "乙")
    rows = {
        "category": [
            _old_category("category-1", _fields=[herd, grade], _department="d-1"),
            _old_category("category-2", parent="category-1", _fields=[herd], _department="d-1"),
            _old_category("category-3", name="旧", deleted=True),
        ],
        "institution": [
            _partner(
                sealing, "institution", one, _name="示例检测", _sort="testing", _entrusted=True,
                _business="检测", _address="示例路", _note="说明", _deleted=gone,
            )
            for one, gone in (("i-1", False), ("i-2", True))
        ],
        "association": [
            _partner(sealing, "association", "a-1", _name="示例协会", _trades=["dairy"])
        ],
    }  # fmt: skip
    with engine.begin() as connection:
        for name, some in rows.items():
            connection.execute(Table(name, MetaData(), autoload_with=connection).insert(), some)
    migrate(engine)
    with transactions.begin() as unit:
        categories, fields = (unit[Entries].of(one) for one in (CATEGORIES, FORM_FIELDS))
        first, second = categories.get("category-1"), categories.get("category-2")
        assert (first.content.name, second.content.name) == ("食品", "食品（2）")
        assert (second.content.parent, second.region, second.department) == (
            "category-1", "450100", "d-1",
        )  # fmt: skip
        assert categories.get("category-3").deleted
        assert [fields.get(one).content.title for one in first.content.form] == ["存栏数", "等级"]
        assert second.content.form == first.content.form[:1]
        number = fields.get(first.content.form[0]).content
        assert number.type == "integer"
        assert (
            unit[Subjects].get(subject.id).extras.values[number.key]
            == subject.extras.values["herd"]
        )
        known = unit[Entries].of(INSTITUTIONS)
        assert known.get("i-1").content == InstitutionContent(
            name="示例检测", sort="testing", business="检测", entrusted=True, phone="示例电话",
            address="示例路", description="说明",
        )  # fmt: skip
        assert known.get("i-2").deleted
        assert unit[Entries].of(ASSOCIATIONS).get("a-1").content.trades == ("dairy",)


def test_trades_called_by_name_are_entries_after(sqlite_engine: Engine) -> None:
    """What an entry is called by becomes its id, in every version; other texts stay."""
    transactions = sql_transactions(sqlite_engine)
    with transactions.begin() as unit:
        entries: tuple[tuple[Register[Any], Any], ...] = (
            (TRADES, TradeContent(name="乳品", code="RP")),
            (SCENE_CATEGORIES, SceneCategoryContent(name="食品安全")),
        )
        for register, content in entries:
            entry = Entry.add(
                id=f"{register.noun}-1", content=content, position=1, at=NOON,
                register=register.name,
            )  # fmt: skip
            unit[Entries].of(register).save(entry)
        unit[Scenes].save(full_scene())
        unit[Checklists].save(EXAMPLES[Checklists]("c-1"))
        unit[GradingRules].save(EXAMPLES[GradingRules]("r-1"))
        unit.commit()
    migrate_down(sqlite_engine, "0055")
    migrate(sqlite_engine)
    with transactions.begin() as unit:
        scene, checklist = unit[Scenes].get("scene-1"), unit[Checklists].get("c-1")
        assert (scene.basics.sort, scene.basics.trades) == ("category-1", ("trade-1",))
        uses: tuple[Any, ...] = (
            *scene.checklists, *scene.handbooks, *scene.risk_models, *scene.credit_models,
        )  # fmt: skip
        assert {one.trade for one in uses} == {"trade-1"}
        contents: tuple[ChecklistContent, ...] = (
            checklist.draft,
            *(one.content for one in checklist.versions),
        )
        assert {one.trade for one in contents} == {"trade-1"}
        assert unit[GradingRules].get("r-1").trade == "dairy"
        asked = ListFilter(asked={"trade": "trade-1"})
        page = unit[Lists].page(CHECKLISTS, asked, PageRequest(size=10))
    assert [one.id for one in page.items] == ["c-1"]
