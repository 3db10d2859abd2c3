"""Everything that shows that supportcore is right; see docs/development.md for what lies where."""
