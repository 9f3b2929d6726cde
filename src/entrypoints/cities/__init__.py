"""Batches by cities: workers in processes of their own, and who looks after them."""
