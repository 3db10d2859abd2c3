"""The rows of a log's files, with their cells parsed."""
