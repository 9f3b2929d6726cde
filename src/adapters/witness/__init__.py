"""Witnesses of the audit log: one that keeps a file, one at another department over HTTP."""
