"""协同共治: supervision shared with firms, associations and citizens, as far as it is theirs.

What was done and found about a firm is here (F008). Complaints and appeals are ``clues``; firms'
own inspections and what associations publish (F010, F012, F155-F158, F200-F203) are to be built.
Source: proposal 6.4.2.10 (3962-4015) and 6.4.1.1 (1541-1807).
"""
