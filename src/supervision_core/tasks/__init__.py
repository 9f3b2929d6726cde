"""综合监管任务: joint inspection tasks, visits, results, rectification, publication.

Functions F106-F119, F128-F140, F144-F152; proposal 2.5.2 and 2.5.3 of chapter 6.4 (3004-3356).
"""
