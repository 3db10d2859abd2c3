"""Opening hours as sorted spans of instants, and the questions that they answer fast."""
