"""Strategies that try to do what no strategy may, by family, and what shows that they could not."""
