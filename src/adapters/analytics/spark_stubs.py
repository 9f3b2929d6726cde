"""The stubs of the Spark Connect protocol.

pyspark takes a program that has no file (one given as text, a worker of a pool) for its own
doctests, and ends the process: while it is imported, such a program has one.
"""

import sys

_program = sys.modules["__main__"]
_without_file = not hasattr(_program, "__file__")
if _without_file:
    _program.__file__ = __file__
try:
    from pyspark.sql.connect.proto import base_pb2, base_pb2_grpc
finally:
    if _without_file:
        del _program.__file__

__all__ = ["base_pb2", "base_pb2_grpc"]
