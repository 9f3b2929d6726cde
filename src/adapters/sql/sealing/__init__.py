"""Protection of rows: fields that only key holders read, rows that nobody changes unseen."""
