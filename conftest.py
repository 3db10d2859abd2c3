"""The examples in README, docs and docstrings are tests; each document has a namespace of its own."""

from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.myst import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

documents = Sybil(parsers=[PythonCodeBlockParser()], patterns=["README.md", "docs/**/*.md"])
docstrings = Sybil(
    parsers=[DocTestParser()],
    patterns=["src/**/*.py"],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (documents + docstrings).pytest()
