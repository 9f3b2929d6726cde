"""离线记录: what officers do on their phones without signal, until the platform has answered it.

Sealed on the phone, sent when there is signal, each carried out once by the use case that it names
and answered by a receipt. Functions F128 to F135; proposal 3183-3206.
"""
