"""One's own supervision: everything others wrote about oneself, and what one says to it."""
