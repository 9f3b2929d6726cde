"""Supervision shared with society: self-inspection, associations, appeals and complaints.

Enterprises inspect themselves and report, associations publish their rules and activities, citizens
complain; what needs an authority becomes a clue. Functions F007-F010, F012, F153-F158, F162 and
F200-F208. Source: proposal 6.4.2.10 (3962-4015) and 6.4.1.1 (1541-1807). To be built.
"""
