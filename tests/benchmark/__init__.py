"""What Octavo costs: whole processes measured, beside those of others, and what must hold."""
