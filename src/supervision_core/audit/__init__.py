"""Tamper-evident log: who did what, when, with which result; every context writes to it."""
