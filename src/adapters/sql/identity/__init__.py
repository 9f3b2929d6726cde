"""Departments, users, access, log-ins and notices in tables, and their lists."""
