"""The examples in README, docs and docstrings are tests; each document has a namespace of its own."""

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

# Patterns are matched from the right: `*.py` below a path means any depth, while `**` would mean exactly one folder.
documents = Sybil(parsers=[PythonCodeBlockParser()], patterns=["README.md"])
pages = Sybil(parsers=[PythonCodeBlockParser()], path="docs", patterns=["*.md"])
docstrings = Sybil(
    parsers=[DocTestParser()],
    path="src",
    patterns=["*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = SybilCollection((documents, pages, docstrings)).pytest()
