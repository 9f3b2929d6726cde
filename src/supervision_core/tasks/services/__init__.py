"""What is done with tasks, visits and what follows; each use case is one command.

An officer acts under the user id that is his officer id, a department or third-party institution
under its own id as the actor's department.
"""
