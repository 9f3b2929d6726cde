"""Contract suites and builders, shipped for whoever writes an adapter.

A contract is a class of ``test_`` methods; a subclass gives the fixtures that it names. A builder
gives a fully filled example of an aggregate. Nothing here imports pytest.
"""
