"""Calendars as people write them, before they become instants."""
