"""The phrases of a concept file: durations, deadlines, conditions, thresholds and policies."""
