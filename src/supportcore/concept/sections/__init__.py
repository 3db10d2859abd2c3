"""The sections of a concept file, one module each."""
