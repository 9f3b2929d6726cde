"""The ways in: command line, HTTP and worker. Only ``container`` knows the adapters."""
