"""统计: counts of the work by day, region, department and scene, that homes and screens read.

What is counted is what lists show, so that each figure opens its list. Functions F021, F142, F143,
F209 and F210. Source: proposal 1812-1820, 3236-3248, 4016-4161.
"""
