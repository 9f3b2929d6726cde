"""The hotline 12345: clues come in, their handling goes back. Function F212. To be built."""
