"""Scales of priorities (PRI-1). A scale is data: names per language, order low to high."""

from supportcore.domains import Scale

__all__ = ["DEFAULT_SCALE"]

DEFAULT_SCALE = Scale(
    "priority",
    ["minor", "major", "critical", "blocker"],
    names={
        "de": {"minor": "Minor", "major": "Major", "critical": "Critical", "blocker": "Blocker"},
        "en": {"minor": "Minor", "major": "Major", "critical": "Critical", "blocker": "Blocker"},
    },
)
