"""Service concepts and directories as values, and the files in which people write them."""

from supportcore.concept.concept import Directory, ServiceConcept
from supportcore.concept.loading import EXAMPLES, example, load, loads

__all__ = ["EXAMPLES", "Directory", "ServiceConcept", "example", "load", "loads"]
