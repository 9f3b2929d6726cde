"""场景: what ties trade, departments, subjects, checklists and models together (F030-F042)."""
