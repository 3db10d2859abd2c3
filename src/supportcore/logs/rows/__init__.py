"""Rows of a log file: their columns, cells and instants."""
