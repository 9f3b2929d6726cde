"""Public codes: how they are written, checked, completed and resolved.

A check is a pure function from the written code to its violations, empty where it is sound. A
violation is a flag, not a verdict: real registers hold codes that fail, and those are kept.
"""
