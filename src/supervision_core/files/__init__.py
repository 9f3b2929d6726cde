"""附件: bytes staged piece by piece, hung on things of other contexts, seen through them alone.

Proposal 3106, 3203, 3221, 3314, 3326; design 12 "Files"; ADR 0035.
"""
