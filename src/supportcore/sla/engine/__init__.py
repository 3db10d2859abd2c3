"""How clocks run: one pass over the events of a ticket."""
