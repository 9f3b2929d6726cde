"""一业一单: the comprehensive checklist of a trade, in versions (F050-F058)."""
