"""Mappings: which column of a log holds which values, and which events its changes are."""
