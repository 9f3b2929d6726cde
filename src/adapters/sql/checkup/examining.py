"""The whole check-up of a database, and of its read replica."""

from collections.abc import Iterator

from sqlalchemy import URL, Connection, text
from sqlalchemy.schema import DropTable

from adapters.sql.checkup.migrating import MIGRATING
from adapters.sql.checkup.reaching import REACHING
from adapters.sql.checkup.steps import Patient, Result, State, Step, walk
from adapters.sql.checkup.transactions import TRANSACTIONS
from adapters.sql.checkup.values import VALUES
from adapters.sql.engine.database import ONE_STATE
from adapters.sql.engine.requirements import ABSENT, KINDS, findings
from adapters.sql.sealing.protection import Sealing
from supervision_core.kernel.messages import Messages
from supervision_core.kernel.ports import Clock

BARRIERS = frozenset(step.name for step in REACHING if step.essential)


def examine(
    url: URL, *, sealing: Sealing, clock: Clock, suffix: str, messages: Messages
) -> Iterator[Result]:
    """Try the database at ``url`` in every way that the platform uses it, and clean up.

    ``suffix`` makes the names of what is made for it its own; ``sealing`` is for it alone.
    """
    patient = Patient(url=url, sealing=sealing, clock=clock, suffix=suffix)
    cleaned: list[Result] = []
    try:
        results = list(walk(REACHING, patient))
        yield from results
        if not any(one.state is State.BAD and one.name in BARRIERS for one in results):
            yield from _settings(patient, messages)
            yield from walk((*VALUES, *TRANSACTIONS, *MIGRATING), patient)
    finally:
        if hasattr(patient, "scratch"):
            cleaned.append(_clean_up(patient))
        if hasattr(patient, "engine"):
            patient.engine.dispose()
    yield from cleaned


def _settings(patient: Patient, messages: Messages) -> Iterator[Result]:
    """Say what each setting is that matters, and what to set it to."""
    if patient.kind not in KINDS:
        yield Result("settings", "设置", State.BAD, f"平台不认识 {patient.kind} 数据库")
        return
    with patient.reading() as connection:
        for finding in findings(connection):
            setting = finding.requirement.setting
            name, title = f"setting.{setting}", f"设置 {setting}"
            if finding.good:
                found = finding.value if finding.value != ABSENT else "没有这个参数"
                yield Result(name, title, State.GOOD, found)
                continue
            wanted = "、".join(sorted(finding.requirement.good - {ABSENT}))
            remedy = f"{messages.explain(finding.violation).remedy}（可用：{wanted}）"
            yield Result(name, title, State.BAD, finding.value, remedy)
        if patient.kind in ONE_STATE:
            yield _checksums(connection)


def _checksums(connection: Connection) -> Result:
    """Advise sums over pages: the platform's seals notice damage too, but only where they lie."""
    value = str(connection.execute(text("SHOW data_checksums")).scalar_one())
    name, title = "setting.data_checksums", "设置 data_checksums"
    if value == "on":
        return Result(name, title, State.GOOD, value)
    remedy = (
        "建议停库后用 pg_checksums --enable 打开（人大金仓：sys_checksums）："
        "磁盘悄悄损坏时报错，而不是读出错的数据"
    )
    return Result(name, title, State.WARNED, value, remedy)


def _clean_up(patient: Patient) -> Result:
    def drop(patient: Patient) -> str:
        with patient.engine.begin() as connection:
            connection.execute(DropTable(patient.scratch, if_exists=True))
        return "临时表已删除"

    remedy = f"请手工删除名称以 doctor_{patient.suffix} 开头的表和模式"
    return next(walk([Step("clean", "清理", remedy, drop)], patient))
