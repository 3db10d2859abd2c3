"""Cases with expected values from other systems, run through the public API.

Each area (`calendars`, `sla`, ...) is a module here with one function, `run(path) -> list[CaseResult]`,
that turns the cases of one file into calls of supportcore. `frame` holds what the areas share, `__main__`
prints the report.
"""
