"""双随机抽查: a draw of objects, check items and inspectors that anyone can replay (F053-F060).

``model`` holds the definition ``draw/1`` as pure functions, the aggregate ``Draw``, the
assignment of inspectors and the proof with its verifier; readings of the text that defines it
stand in ``docs/adr/0003-draw-readings.md``.
"""
