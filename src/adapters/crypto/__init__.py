"""Providers of the SM algorithms: OpenSSL, gmssl, a password machine by GM/T 0018. To be built."""
