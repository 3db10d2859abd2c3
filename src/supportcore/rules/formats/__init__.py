"""Decision tables in files: text grids, matrices, CSV, plain trees, DMN and Markdown."""
