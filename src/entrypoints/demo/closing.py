"""Close by department and as a whole, archive, publish."""

from entrypoints.demo.cycle import Cycle, SceneRun
from supervision_core.tasks.services.archiving import ArchiveTask, archive_task
from supervision_core.tasks.services.tasks import (
    NameTask,
    close_part,
    close_task,
    publish_task,
)


def close(cycle: Cycle) -> None:
    """Close by department, then as a whole."""
    cycle.at("close")
    for run in cycle.runs:
        code = run.scene.code
        for department in run.departments:
            part = NameTask(task_id=run.task)
            cycle.do(close_part, part, by=department, key=f"{code}/close/{department}")
        cycle.at("close", hour=16)
        cycle.do(close_task, NameTask(task_id=run.task), by=run.lead, key=f"{code}/close")


def archive(cycle: Cycle, run: SceneRun, manifest: str) -> None:
    """Fix a task's file; keep the hash of the printed one's manifest beside."""
    cycle.at("close", hour=17)
    command = ArchiveTask(task_id=run.task, manifest=manifest)
    cycle.do(archive_task, command, by=run.lead, key=f"{run.scene.code}/archive")


def publish(cycle: Cycle) -> None:
    """End each task, its results being decided on."""
    cycle.at("close", hour=18)
    for run in cycle.runs:
        done = NameTask(task_id=run.task)
        cycle.do(publish_task, done, by=run.lead, key=f"{run.scene.code}/publish")
