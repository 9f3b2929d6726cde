"""Supervision by devices: cameras and sensors, algorithms, jobs that join them, and their findings.

A finding becomes a clue in ``clues`` or a warning order in ``alerts``; the media itself is an
adapter's. Functions F195-F199 and the sensors of F219. Source: proposal 6.4.2.9 (3902-3961).
To be built.
"""
