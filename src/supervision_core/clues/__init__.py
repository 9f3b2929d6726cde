"""问题线索: clues of problems from every channel, until they are dealt with.

Functions F013-F015, F102-F104, F140; proposal 2916-2946: registered, copied,
distributed, signed for, forwarded, answered, concluded.
"""
