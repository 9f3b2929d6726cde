"""Yearly inspection plans: who checks whom, when, together with whom (F105; proposal 2963-3004)."""
