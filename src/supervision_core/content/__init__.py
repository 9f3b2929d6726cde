"""门户内容: what the portals show: notices, news and exposures; drafted, reviewed, published.

Published inspection results come from ``tasks``; here stands what editors write, and the one port
by which everybody reads what is published. Functions F001-F006, F018-F020, F024 and F141. How the
public reaches departments is kept here too. Source: proposal 6.4.1 (1541-1886).
"""
