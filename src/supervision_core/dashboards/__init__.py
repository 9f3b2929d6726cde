"""Indicators of the big screen and of the statistics pages: what is counted, over what, how often.

An indicator is defined once with its meaning and its source context and is computed from query
ports, never from aggregates. Functions F021, F142, F143, F209 and F210. Source: proposal 6.4.2.11
(4016-4161). To be built.
"""
