"""分级分类: the rule that crosses risk and credit into a grade with its measures (F191-F194)."""
