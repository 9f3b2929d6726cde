"""``supervision demo``: four pilot scenes through one whole cycle, on anybody's workbooks.

Every step is a command under a key of its own, so a run that was broken off goes on where it
stopped and does nothing twice. What people in departments and on the spot would do is played by
``field``; everything else is the platform at work.
"""
