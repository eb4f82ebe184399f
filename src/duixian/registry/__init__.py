"""The registry: the tables of knowledge in data/, loaded once and typed."""
