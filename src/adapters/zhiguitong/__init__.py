"""智桂通 and the unified identity platform: sign-on, log-out, log-in codes, certification by face.

Functions F095, F096 and F218 (proposal 6.4.2.4.1, 6.4.2.4.2, 6.4.2.4.6, 6.4.2.12.8.2). The proposal
names no paths for OAuth2 and no form of signature: RFC 6749 and HMAC-SM3 are taken, every address
is a setting. Video meetings, seals and mini-apps (F098, F099, F101) are to be built.
"""
