"""Close by department and as a whole, archive, publish."""

from entrypoints.cli.console import Advance
from entrypoints.demo.cycle import Cycle, SceneRun
from entrypoints.demo.settings import head_of
from supervision_core.tasks.services.publications import PublishResult, publish_result
from supervision_core.tasks.services.tasks import (
    ArchiveTask,
    ClosePart,
    CloseTask,
    PublishTask,
    archive_task,
    close_part,
    close_task,
    publish_task,
)

_DISPLAY_YEARS = 1


def close(cycle: Cycle) -> None:
    """Close by department, then as a whole."""
    cycle.at("close")
    for run in cycle.runs:
        code = run.scene.code
        for department in run.departments:
            part = ClosePart(task_id=run.task)
            cycle.do(close_part, part, by=head_of(department), key=f"{code}/close/{department}")
        cycle.at("close", hour=16)
        cycle.do(close_task, CloseTask(task_id=run.task), by=run.lead, key=f"{code}/close")


def archive(cycle: Cycle, run: SceneRun, manifest: str) -> None:
    """Fix a task's file by its manifest."""
    cycle.at("close", hour=17)
    command = ArchiveTask(task_id=run.task, manifest=manifest)
    cycle.do(archive_task, command, by=run.lead, key=f"{run.scene.code}/archive")


def publish(cycle: Cycle, run: SceneRun, advance: Advance) -> None:
    """Show every result to the public, then end the task."""
    day = cycle.at("publish")
    until = day.replace(year=day.year + _DISPLAY_YEARS)
    for row in cycle.visits(run):
        command = PublishResult(visit_id=row.id, until=until)
        cycle.do(publish_result, command, by=run.lead, key=f"publish/{row.number}")
        advance(1)
    done = PublishTask(task_id=run.task)
    cycle.do(publish_task, done, by=run.lead, key=f"{run.scene.code}/publish")
