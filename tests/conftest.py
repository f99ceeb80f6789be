"""Its place makes modules beside it, such as `page`, importable from every test."""
