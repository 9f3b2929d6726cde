"""A store in memory that obeys the same contracts as a database: for tests and for embedding."""
