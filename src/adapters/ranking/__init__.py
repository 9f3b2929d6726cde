"""Draws over files of millions of candidates: the same answers as the core, on every processor.

The standard library's SM3 in small worker processes; no array library is needed.
"""
