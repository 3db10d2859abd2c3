"""The budgets of parts that are not built yet; each moves to a module of its own with its part."""

from benchmarks.budgets import Budget

CASES = (
    Budget("three clocks with target selection, ten events", 0.1, "ms from built events"),
    Budget("`plan`, six steps, a week", 0.3, "ms"),
    Budget("who is on call, warm", 0.002, "ms"),
    Budget("`evaluate`, ten events, three clocks, plan left lazy", 0.25, "ms"),
)
ACCOUNTS = (
    Budget("100,000 work entries, 100 contracts, 36 periods", 5, "of `sorted` of the same entries"),
    Budget("the same with calendar weights", 15, "of `sorted` of the same entries"),
)
