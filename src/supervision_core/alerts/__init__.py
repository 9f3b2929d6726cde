"""Risk points and the warning orders that models and devices raise (F176-F182).

A risk point belongs to a theme and has indicators, a level and how it is to be handled; running
a warning model over facts (assessment) raises clues, of which an order (预警单) is made, judged,
given to a unit, handled and looked over. What stands so far: nothing but this purpose; orders
enter as clues of channel ``data_alert`` or ``device`` meanwhile.
"""
