"""Partners played on this machine, for whoever integrates: never part of a running platform."""
