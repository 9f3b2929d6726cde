"""Users, departments, regions, roles, permissions, data scope; and the frame of every command."""
