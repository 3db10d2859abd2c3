"""Holidays: own dates, public holidays, and frozen files."""
