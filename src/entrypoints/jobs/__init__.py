"""后台作业: what each does, and how one is carried out from its file to those at its end."""

from entrypoints.jobs.batches import batch_order
from entrypoints.jobs.exports import export_order
from entrypoints.jobs.files import ending_of, stage
from entrypoints.jobs.runner import JobRunner, runs

__all__ = ["JobRunner", "batch_order", "ending_of", "export_order", "runs", "stage"]
