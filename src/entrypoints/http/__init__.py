"""The HTTP surface: what a route declares, and one frame that answers every one of them alike."""
