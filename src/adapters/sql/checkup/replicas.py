"""Whether a read replica is one, and whether it follows."""

from collections.abc import Iterator
from time import monotonic, sleep

from attrs import define, field
from sqlalchemy import URL, Engine, text

from adapters.sql.checkup.steps import Result, State, Unmet, first_line
from adapters.sql.engine.database import READING, open_engine
from adapters.sql.engine.replica import written
from adapters.sql.migrations import revisions

SECONDS = 5.0


@define(eq=False)
class _Pair:
    primary: URL
    copy: URL
    engines: list[Engine] = field(factory=list)

    def open(self) -> tuple[Engine, Engine]:
        """Open both, once."""
        if not self.engines:
            for url in (self.primary, self.copy):
                address = url.render_as_string(hide_password=False)
                self.engines.append(open_engine(address, pool_size=2))
        return self.engines[0], self.engines[1]

    def connect(self) -> str:
        """Reach the copy."""
        _, copy = self.open()
        with copy.connect().execution_options(**{READING: True}) as connection:
            connection.execute(text("SELECT 1"))
        return "连得上"

    def refuse_writes(self) -> str:
        """Be a copy that nobody writes to."""
        _, copy = self.open()
        if copy.dialect.name not in {"postgresql", "kingbase"}:
            return "请人工确认它只读"
        with copy.connect() as connection:
            if connection.execute(text("SHOW transaction_read_only")).scalar_one() != "on":
                raise Unmet("它接受写入，不是从库")
        return "只读"

    def hold_tables(self) -> str:
        """Have the same tables."""
        primary, copy = self.open()
        mine, its = revisions(primary)[0], revisions(copy)[0]
        if mine != its:
            raise Unmet(f"主库在第 {mine or '0'} 步，它在第 {its or '0'} 步")
        return f"第 {its} 步，与主库相同"

    def follow(self) -> str:
        """Have what the primary has, soon."""
        primary, copy = self.open()
        with primary.connect().execution_options(**{READING: True}) as connection:
            wanted = written(connection) or 0
        start = monotonic()
        while True:
            with copy.connect().execution_options(**{READING: True}) as connection:
                has = written(connection) or 0
            if has >= wanted:
                return f"{monotonic() - start:.2f} 秒内跟上主库"
            if monotonic() - start > SECONDS:
                raise Unmet(f"{SECONDS:.0f} 秒后仍落后 {wanted - has} 条修改")
            sleep(0.02)


def examine_copy(primary: URL, copy: URL) -> Iterator[Result]:
    """Examine the read replica at ``copy`` of the database at ``primary``; nothing is written."""
    pair = _Pair(primary, copy)
    steps = (
        (
            "replica.connection",
            "从库连接",
            "核对 SUPERVISION_REPLICA；不可用时平台只读主库",
            pair.connect,
        ),
        (
            "replica.read_only",
            "从库只读",
            "SUPERVISION_REPLICA 须指向从库，而不是主库",
            pair.refuse_writes,
        ),
        ("replica.tables", "从库的表", "请确认它复制的就是这个库，并已跟上", pair.hold_tables),
        ("replica.lag", "从库延迟", "检查复制进程和网络；落后时平台自动改读主库", pair.follow),
    )
    try:
        for name, title, remedy, run in steps:
            try:
                yield Result(name, title, State.GOOD, run())
            except Unmet as reason:
                yield Result(name, title, State.BAD, str(reason), remedy)
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is looked for
                yield Result(name, title, State.BAD, first_line(error), remedy)
                return
    finally:
        for engine in pair.engines:
            engine.dispose()
