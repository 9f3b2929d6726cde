"""The data sharing and exchange platform: base data in, behaviour data out.

Functions F211 and F215-F217. To be built.
"""
