"""The cells of decision tables: their values, their text form, and the coercion of plain Python values."""
