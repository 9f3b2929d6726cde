"""后台作业: what a person starts and a worker carries out: with progress, a log and a file.

Design 12 "Jobs"; ADR 0052. Source: proposal 6.4.2 (imports of large tables).
"""
