"""Slow, obvious twins of the engines: minute by minute, rule by rule, entry by entry."""
