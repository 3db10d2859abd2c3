"""How the documentation is built: `make docs` renders it into build/docs and takes every warning for an error."""

from importlib.metadata import version as version_of

project = "supportcore"
copyright = "The supportcore authors"
author = "The supportcore authors"
version = release = version_of("supportcore")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "supportcore"
