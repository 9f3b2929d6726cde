"""Governed data: standards, sources, cleaning, quality rules, comprehensive and topic libraries.

Functions F220-F228 and what F211 and F215-F217 bring in. Source: proposal 6.4.4 (4541-5433). To be
built.
"""
