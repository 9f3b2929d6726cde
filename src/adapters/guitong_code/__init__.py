"""The QR platform 桂通码: makes and resolves the codes that inspectors, firms and citizens scan.

Function F214; serves F148-F150, F159 and F160. To be built.
"""
