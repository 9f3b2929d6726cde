"""What phones ask for and send: the package of visits, their keys, and records."""
