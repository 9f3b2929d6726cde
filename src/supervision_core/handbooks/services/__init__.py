"""What is done with handbooks: written, published, read, counted."""
