"""检查计划: yearly inspection plans: who checks whom, when, together with whom (F105).

Proposal 2963-3004.
"""
