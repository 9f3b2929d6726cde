"""Reading what is open to everybody."""
