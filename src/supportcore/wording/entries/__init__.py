"""The German and English sentences, one module per subject."""
