"""Workbooks, letters and packages: what people send in and what they take away.

Reads .xlsx, .xls and .csv, writes .xlsx, .docx and .pdf; serves 批量导入/导出, 文书 and 场景包.
"""
