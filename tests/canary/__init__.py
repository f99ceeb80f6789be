"""Keys nobody could mistake are planted, then looked for wherever a key must never be."""
