"""智桂通 and the unified identity platform: sign-on, log-out, short messages with log-in codes.

Functions F095 and F218 (proposal 6.4.2.4.1, 6.4.2.4.6, 6.4.2.12.8.2). The proposal names no paths
for OAuth2 and no form of signature: RFC 6749 and HMAC-SM3 are taken, every address is a setting.
Face check, messages, video meetings, seals and mini-apps (F096, F098, F099, F101) are to be built.
"""
