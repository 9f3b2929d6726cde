"""一业一册: handbooks that tell a trade what the law asks of it (F016, F035, F059, F060).

A handbook belongs to a trade and a department; it holds chapters with elements, each a demand with
its law article and the risk of breaking it, and is drafted, published and withdrawn in versions
as a checklist is. Scenes name the handbooks that they show. Source: proposal 6.4.2.1.4.
"""
