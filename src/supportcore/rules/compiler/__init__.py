"""From rules to bit masks per elementary interval and column (RUL-10)."""
