"""监管对象: who and what is supervised, with tags, categories and dated facts (F061-F063)."""
