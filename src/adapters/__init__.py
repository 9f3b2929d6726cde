"""Technologies that serve the ports of the core: one package a technology, none imports another."""
