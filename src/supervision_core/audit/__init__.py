"""审计: a tamper-evident log: who did what, when, with which result; every context writes to it."""
