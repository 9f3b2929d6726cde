"""A year of one city: who does what on which day, what must hold of it, and what is told of it."""
