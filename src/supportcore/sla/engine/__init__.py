"""How clocks run: one fold over the events of a ticket."""
