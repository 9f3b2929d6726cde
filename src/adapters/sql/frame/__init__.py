"""What every command commits beside its business rows: audit, outbox, done commands."""
