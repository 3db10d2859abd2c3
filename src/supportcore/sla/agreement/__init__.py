"""What an agreement promises: metrics, conditions, targets, thresholds and policies."""
