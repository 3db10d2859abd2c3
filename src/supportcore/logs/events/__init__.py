"""Turn the rows of a ticket into events."""
