"""Durable jobs and schedules, resumed after a kill; steps run at least once.

Serves F179, F199 and F220. To be built.
"""
