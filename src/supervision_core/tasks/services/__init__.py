"""What is done with tasks, visits and what follows; each use case is one command.

Whoever inspects acts as the officer of the acting account; a third-party institution, and a firm,
through the party that the account acts for; a department as the actor's department.
"""
