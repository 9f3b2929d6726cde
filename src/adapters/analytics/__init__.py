"""Batch assessment as SQL: embedded in DuckDB over files, or inside the business database."""
