"""What runs beside the web processes: small jobs at their intervals, until told to stop."""
