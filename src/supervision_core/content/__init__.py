"""What the portals show: notices, news, policies, exposures; drafted, reviewed, published.

Published inspection results come from ``tasks``; here stands what editors write. Functions
F003-F006, F018-F020, F024 and F141. Source: proposal 6.4.1 (1541-1886). To be built.
"""
