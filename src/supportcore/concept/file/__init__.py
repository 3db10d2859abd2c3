"""The shape of a concept file, the lines of its entries, and the problems found in it."""
