"""一业一册: handbooks that tell a trade what the law asks of it (F001, F035, F059, F060).

A handbook belongs to a trade and a department; it holds sections with elements, each a duty with
its law article and the risk of breaking it, and is drafted, published and withdrawn in versions
as a checklist is. Scenes name handbooks by id already (``scenes.model.HandbookUse``); the model
comes later. Source: proposal 6.4.2.1.4.
"""
