"""The queue of jobs on DBOS, with a store of its own."""
