"""Checks of agreements and histories that need no running clock."""
