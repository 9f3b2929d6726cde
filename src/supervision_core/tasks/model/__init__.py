"""The aggregates of a task: the task itself, its visits, and what each visit leads to."""
