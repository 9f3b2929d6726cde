"""The definition ``draw/1`` as pure functions, and the aggregate that carries one draw."""
