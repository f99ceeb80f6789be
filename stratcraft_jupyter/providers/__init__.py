"""Models that write code: one interface, and what speaks to each vendor."""
