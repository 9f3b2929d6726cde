"""监管事项: matters, check items and their law, document templates, materials (F043-F049)."""
