"""The shape of a concept file, and the lines of its entries."""
