"""Priorities, clocks, escalation and contracts of a support desk, as pure functions over plain values."""
