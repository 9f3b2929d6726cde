"""Messages to people by SMS, e-mail and the unified message service.

Functions F097 and F100; delivers the documents of F133. To be built.
"""
