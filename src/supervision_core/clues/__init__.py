"""Clues of problems from every channel, until they are dealt with (F013-F015, F102-F104, F140).

Proposal 2916-2946: registered, copied, distributed, signed for, forwarded, answered, concluded.
"""
