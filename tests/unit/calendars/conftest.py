"""What tests of calendars share."""

import os
import time
from collections.abc import Iterator

import pytest


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in another zone."""
    monkeypatch.setitem(os.environ, "TZ", "Pacific/Chatham")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
