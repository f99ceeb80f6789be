"""Emits how a strategy trades, beyond one plain entry of each side with a stop."""
