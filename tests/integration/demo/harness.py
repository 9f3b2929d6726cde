"""Kills a demo (-9) at random moments, resumes it by the same command, and asks what is left.

A moment is a random delay after a line that the demo prints when a stage is through, so that
moments fall into every stage. A printed line is a promise: after each kill a copy of the database
and the files are asked whether all promised so far is there, and whether the audit log still
begins as it did after the kill before. In the end the folder must equal that of a run that nobody
disturbed: same inputs, same nonces of the departments, same ids and leaves.
"""

import os
import queue
import random  # noqa: TID251 - seeded: the same moments every time
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import define, field, frozen

from .folder import ROOT, Folder, file_fault

PROGRAM = Path(__file__).with_name("program.py")
PATIENCE = 300.0
"""Seconds after which a run that says nothing is given up."""

_LINE = re.compile(r"^· ([^：]+)：(\d+)/(\d+)$")
_ANNOUNCED = re.compile(r"^· ([^：]+)：(\d+)(户企业|名执法人员)$")


@frozen
class Setting:
    """What is run: how many firms and officers, and which fault is built in, if any."""

    firms: int
    officers: int
    fault: str = ""

    def command(self, folder: Path, *more: str) -> list[str]:
        """Give the command line."""
        sizes = ["--count", str(self.firms), "--officer-count", str(self.officers)]
        program = [sys.executable, str(PROGRAM), self.fault]
        return [*program, "demo", "--out", str(folder), "--json", *sizes, *more]


@define
class Running:
    """A demo that runs, and what it said so far, each with its moment."""

    process: "subprocess.Popen[str]"
    began: float = field(factory=time.monotonic)
    said: list[tuple[float, str]] = field(factory=list)
    _heard: "queue.Queue[tuple[float, str] | None]" = field(factory=queue.Queue)

    @classmethod
    def start(cls, command: Sequence[str], log: Path) -> "Running":
        """Start ``command``; its result goes to ``log``."""
        with log.open("w") as out:
            process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdout=out,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
            )
        running = cls(process)
        threading.Thread(target=running._listen, daemon=True).start()
        return running

    def _listen(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                self._heard.put((time.monotonic(), line.rstrip("\n")))
        self._heard.put(None)

    def hear(self, until: float) -> bool:
        """Wait for one more line; tell whether it ended instead. Raises ``queue.Empty``."""
        found = self._heard.get(timeout=max(0.0, until - time.monotonic()))
        if found is not None:
            self.said.append(found)
        return found is None

    def end(self) -> int:
        """Let it end by itself and give its exit code."""
        while not self.hear(time.monotonic() + PATIENCE):
            pass
        return self.process.wait()

    def kill(self) -> bool:
        """Kill it with -9; tell whether that came before its own end.

        A process that prints for it may live on for a moment, as in life: nobody waits for that.
        """
        self.process.send_signal(signal.SIGKILL)
        code = self.process.wait()
        with suppress(queue.Empty):
            while not self.hear(time.monotonic() + 0.1):
                pass
        return code == -signal.SIGKILL

    @property
    def lines(self) -> list[str]:
        """Give what it said of its stages."""
        return stages(line for _, line in self.said)


def stages(lines: Iterable[str]) -> list[str]:
    """Give the lines by which stages are known, each with how often it had come."""
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        if match := _LINE.match(line) or _ANNOUNCED.match(line):
            title = match[1] + (match[3] if _ANNOUNCED.match(line) else "")
            seen[title] += 1
            found.append(f"{title}#{seen[title]}")
    return found


@frozen
class Calm:
    """A run that nobody disturbed, and how long each of its stages took."""

    folder: Folder
    seconds: Mapping[str, float]
    """By the stage's first line ("" is the start), how long until the next line or the end."""


def run_calmly(setting: Setting, folder: Path, nonces: Path | None = None) -> Calm:
    """Run to the end without a kill."""
    if nonces:
        give_nonces(nonces, folder)
    running = Running.start(setting.command(folder), folder.with_suffix(".out"))
    code = running.end()
    assert code == 0, running.said
    marks = [("", running.began)]
    marks += [
        (stage, at) for stage, (at, _) in zip(running.lines, _told(running.said), strict=True)
    ]
    ends = [*(at for _, at in marks[1:]), time.monotonic()]
    return Calm(
        Folder(folder),
        {stage: end - at for (stage, at), end in zip(marks, ends, strict=True)},
    )


def _told(said: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    return [(at, line) for at, line in said if _LINE.match(line) or _ANNOUNCED.match(line)]


def give_nonces(source: Path, folder: Path) -> None:
    """Let the departments of ``folder`` have the nonces of ``source``: all is drawn alike then."""
    folder.mkdir()
    shutil.copy(source / "demo.json", folder / "demo.json")
    shutil.copytree(source / "部门随机数", folder / "部门随机数")


@frozen(order=True)
class Moment:
    """When to kill: ``share`` of a stage's usual time after its first line."""

    place: int
    share: float


def choose(calm: Calm, count: int, chance: random.Random) -> list[Moment]:
    """Choose moments in order: half of them by time, half in different stages."""
    seconds = list(calm.seconds.values())
    by_time = chance.choices(range(len(seconds)), seconds, k=count // 2)
    by_stage = chance.sample(range(len(seconds)), count - len(by_time))
    return sorted(Moment(place, chance.random()) for place in (*by_time, *by_stage))


@define
class Story:
    """What became of one run that was killed again and again."""

    folder: Folder
    kills: list[str] = field(factory=list)
    """The stage in which each kill fell."""
    actions: list[str] = field(factory=list)
    """The last command that had been logged at each kill."""
    faults: list[str] = field(factory=list)
    seconds: float = 0.0


def disturb(setting: Setting, calm: Calm, folder: Path, moments: Sequence[Moment]) -> Story:
    """Run ``setting`` in ``folder``, killed at ``moments``; stop at the first fault."""
    began = time.monotonic()
    story = Story(Folder(folder))
    give_nonces(calm.folder.path, folder)
    promised: set[str] = set()
    log: list[str] = []
    for moment in moments:
        running = Running.start(setting.command(folder), folder.with_suffix(".out"))
        killed = _kill_at(running, calm, moment, promised)
        promised |= set(running.lines)
        if not killed:
            break
        story.kills.append(running.lines[-1] if running.lines else "")
        copied = _copy(story.folder, folder.with_name(f"{folder.name}-copy"))
        log = _look_back(story, copied, calm.folder, promised, log)
        if story.faults:
            break
    if not story.faults:
        running = Running.start(setting.command(folder), folder.with_suffix(".out"))
        if code := running.end():
            said = [line for _, line in running.said][-5:]
            story.faults.append(f"resumed: exit code {code}: {said}")
        else:
            story.faults += [f"end: {one}" for one in story.folder.faults()]
            story.faults += [f"end: {one}" for one in story.folder.difference(calm.folder)]
            if story.folder.leaves()[: len(log)] != log:
                story.faults.append("end: the audit log does not begin as it did")
    story.seconds = time.monotonic() - began
    return story


def _kill_at(running: Running, calm: Calm, moment: Moment, promised: set[str]) -> bool:
    """Kill at a moment; tell whether it came to that. A run that ends badly is not killed."""
    anchor, delay = (
        list(calm.seconds)[moment.place],
        moment.share * list(calm.seconds.values())[moment.place],
    )
    start = calm.seconds[""]
    deadline: float | None = None
    if not anchor:
        deadline = running.began + delay
    elif anchor in promised and _said_once(anchor):
        deadline = running.began + start + delay
    while True:
        try:
            ended = running.hear(deadline or time.monotonic() + PATIENCE)
        except queue.Empty:
            return running.kill()
        if ended:
            running.process.wait()
            return False
        if deadline is None and anchor in running.lines:
            deadline = running.said[-1][0] + delay


def _said_once(stage: str) -> bool:
    return stage.startswith(("生成示例名单", "导入"))


def _copy(folder: Folder, to: Path) -> Folder:
    """Copy the database as the kill left it: reading mends it, and the next run is to do that."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder.path, to, ignore=shutil.ignore_patterns(".*.part"))
    return Folder(to)


def _look_back(
    story: Story, now: Folder, calm: Folder, promised: set[str], log: list[str]
) -> list[str]:
    """Note what does not hold after a kill; give the audit log's leaves as they are now."""
    if not now.database.exists() or not now.ask(
        "SELECT name FROM sqlite_master WHERE name = 'audit_row'"
    ):
        if promised - {stage for stage in promised if stage.startswith("生成示例名单")}:
            story.faults.append("kill: the database is gone")
        story.actions.append("")
        return log
    leaves = now.leaves()
    if leaves[: len(log)] != log:
        story.faults.append("kill: the audit log does not begin as it did")
    story.actions.append(
        now.one(
            "SELECT max(action) FROM audit_row GROUP BY position ORDER BY position DESC LIMIT 1"
        )
        if leaves
        else ""
    )
    story.faults += [f"kill: {one}" for one in now.database_faults()]
    for stage in sorted(promised):
        if stage not in PROMISES:
            story.faults.append(f"harness: nobody knows what {stage} promises")
        elif not PROMISES[stage](now, calm):
            story.faults.append(f"kill: {stage} was said, and does not hold")
    return leaves


Promise = Callable[[Folder, Folder], bool]


def _as_many(query: str) -> Promise:
    """Hold when a count has reached what it is in the end."""
    return lambda now, calm: bool(now.one(query) == calm.one(query) > 0)


def _none(query: str) -> Promise:
    """Hold when nothing is left to do, and something was done."""
    return lambda now, _: now.one(query) == 0


def _whole(pattern: str) -> Promise:
    """Hold when every file that is there is whole: a second process may still be printing."""
    return lambda now, _: (
        not any(file_fault(path) for path in now.files(pattern) if not path.name.startswith("."))
    )


def _papers(pattern: str) -> Promise:
    def there(now: Folder, calm: Folder) -> bool:
        names = {path.name for path in calm.files(pattern) if "档案" not in path.parts}
        found = [path for path in now.files(pattern) if "档案" not in path.parts]
        return names == {path.name for path in found} and not any(map(file_fault, found))

    return there


def _every(*promises: Promise) -> Promise:
    return lambda now, calm: all(promise(now, calm) for promise in promises)


OF_CYCLE = "SELECT count(*) FROM visit v JOIN task t ON t.id = v.task WHERE t.code LIKE '%-001'"
"""Counts the visits of the tasks that go through the whole cycle: one more task goes on."""
_GRADED = "SELECT count(*) FROM graded_subject WHERE as_of = (SELECT {}(as_of) FROM graded_subject)"

PROMISES: Mapping[str, Promise] = {
    "生成示例名单户企业#1": lambda now, _: now.path.exists(),
    "生成示例名单名执法人员#1": lambda now, _: (now.path / "输入" / "企业名单.xlsx").exists(),
    "导入企业#1": _every(
        _as_many("SELECT count(*) FROM subject"),
        _as_many("SELECT count(*) FROM subject_tag"),
        _as_many("SELECT count(*) FROM subject_statement"),
    ),
    "导入执法人员#1": _as_many("SELECT count(*) FROM officer"),
    "评价与分级#1": _as_many(_GRADED.format("min")),
    "双随机抽取#1": _every(
        _as_many("SELECT count(*) FROM draw WHERE state = 'drawn'"),
        _as_many(OF_CYCLE),
        _as_many("SELECT count(*) FROM plan WHERE state = 'settled'"),
    ),
    "检查、整改、复查、公示#1": _every(
        _papers("抽取证明/*.json"),
        _as_many("SELECT count(*) FROM visit WHERE state = 'completed'"),
        _as_many("SELECT count(*) FROM rectification WHERE state = 'done'"),
        _as_many("SELECT count(*) FROM publication WHERE state = 'shown'"),
        _whole("文书/*/检查笔录-*.pdf"),
        _whole("文书/*/责令改正-*.pdf"),
        _whole("文书/*/责令改正-*.docx"),
    ),
    "送印整改复查意见书#1": _whole("文书/*/整改复查-*.pdf"),
    "归档#1": _every(
        _none(
            "SELECT count(*) FROM task WHERE json_extract(body, '$._manifest') = '' "
            "AND code LIKE '%-001' AND state <> 'deleted'"
        ),
        lambda now, _: not any(now.archive_faults()),
        _papers("*.pdf"),
        _papers("*.docx"),
    ),
    "评价与分级#2": _every(
        _as_many("SELECT count(*) FROM task WHERE state = 'published'"),
        _as_many("SELECT count(*) FROM graded_subject"),
    ),
    "公开内容、进行中的检查#1": _every(
        _as_many("SELECT count(*) FROM law WHERE state = 'enabled'"),
        _as_many("SELECT count(*) FROM article WHERE state = 'published'"),
        _as_many("SELECT count(*) FROM handbook WHERE state = 'published'"),
        _as_many("SELECT count(*) FROM visit WHERE state <> 'completed'"),
    ),
}
"""What holds for good once a stage's line was printed."""
