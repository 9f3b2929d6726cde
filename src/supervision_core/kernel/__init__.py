"""What every context speaks: codes, working days, paging, events, errors, units of work."""
