"""Full-text search over subjects and published content. Serves F022. To be built."""
