"""Plain data: parsed from TOML, YAML and JSON, and structured strictly into typed values."""
