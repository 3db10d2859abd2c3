"""The budgets of parts that are not built yet; each moves to a module of its own with its part."""

from benchmarks.budgets import Budget

ACCOUNTS = (
    Budget("100,000 work entries, 100 contracts, 36 periods", 5, "of `sorted` of the same entries"),
    Budget("the same with calendar weights", 15, "of `sorted` of the same entries"),
)
