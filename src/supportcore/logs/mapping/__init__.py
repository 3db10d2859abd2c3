"""Mappings: which column of a log means what."""
