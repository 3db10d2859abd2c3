"""From rows to the events of a ticket."""
