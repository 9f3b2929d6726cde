"""The supervision systems that departments own: tasks go out, results come back.

Function F213. To be built.
"""
