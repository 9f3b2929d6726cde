"""The domain of cross-department supervision: pure, without I/O, clock or randomness.

One package a bounded context, in the order in which data flows (``docs/adr/0001``). Inside a
context: ``model`` (aggregates, values, events), ``ports`` (what the context wants from the
outside), ``services`` (use cases), ``messages`` (the Chinese words for its refusals).
"""
