"""The app 智桂通: unified log-in, face check, messages, video meetings, seals and its mini-apps.

Functions F095, F096, F098, F099, F101 and F218. Source: proposal 6.4.2.4. To be built.
"""
