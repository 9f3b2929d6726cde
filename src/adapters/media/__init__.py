"""Pictures of captchas; live and recorded video of devices, by a media engine behind REST.

Functions F195 and F196 (video) are to be built.
"""
