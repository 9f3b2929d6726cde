"""风险与信用评价: indicators over facts, points, levels, evaluations and their review.

Functions F164-F175 and F183-F190 (proposal 6.4.2.6, 6.4.2.7). ``model`` holds the definition of a
model and of its evaluation; every executor in the adapters must agree with ``model.evaluate``.
"""
