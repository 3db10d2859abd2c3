"""The frame itself: what it calls agreement, difference and too little, so that no case slips through it."""

import pytest

from tests.conformance.frame import CaseResult, Difference, FileReport, error_of, judge, not_applicable, not_built

CASE = "suite.py:12"


def test_equal_answers_agree() -> None:
    assert judge(CASE, 24, lambda: 24) == CaseResult(CASE, "agree", expected=24, ours=24)


def test_another_answer_is_unexplained() -> None:
    assert judge(CASE, 24, lambda: 25).verdict == "unexplained"


def test_an_error_is_unexplained_and_shown() -> None:
    result = judge(CASE, 24, lambda: 1 // 0)
    assert (result.verdict, result.reason) == (
        "unexplained",
        "raised ZeroDivisionError: integer division or modulo by zero",
    )


def test_an_expected_error_agrees() -> None:
    assert judge(CASE, "ZeroDivisionError", lambda: error_of(lambda: 1 // 0)).verdict == "agree"


def test_an_error_that_does_not_come_is_unexplained() -> None:
    assert judge(CASE, "ZeroDivisionError", lambda: error_of(lambda: 1)).ours == "no error, but 1"


def test_a_listed_difference_has_its_rule() -> None:
    listed = {CASE: Difference("CAL-2", 25, "the day has 25 hours")}
    result = judge(CASE, 24, lambda: 25, listed)
    assert (result.verdict, result.rule) == ("differs", "CAL-2")


def test_a_listed_difference_must_give_its_own_value() -> None:
    listed = {CASE: Difference("CAL-2", 25)}
    assert judge(CASE, 24, lambda: 26, listed).verdict == "unexplained"


def test_a_listed_difference_that_agrees_is_unexplained() -> None:
    listed = {CASE: Difference("CAL-2", 25)}
    assert judge(CASE, 24, lambda: 24, listed).verdict == "unexplained"


def test_a_difference_names_a_rule() -> None:
    with pytest.raises(ValueError, match="a difference names its rule"):
        CaseResult(CASE, "differs", rule="because")


def test_what_is_not_applicable_says_why() -> None:
    with pytest.raises(ValueError, match="says why"):
        CaseResult(CASE, "not applicable")


def test_the_line_counts_every_verdict() -> None:
    results = (
        judge("1", 1, lambda: 1),
        judge("2", 1, lambda: 2, {"2": Difference("CAL-4", 2)}),
        judge("3", 1, lambda: 3),
        not_built("4", "seasons"),
        not_applicable("5", "asks for a float"),
    )
    assert FileReport("calendars", "cases.json", results).line() == (
        "calendars/cases.json: 5 cases, 1 agree, 1 differ by rule (CAL-4 1), "
        "2 not applicable (asks for a float 1, no seasons yet 1), 1 UNEXPLAINED, "
        "TOO MANY SET ASIDE (1 without a feature's name)"
    )


def test_one_in_ten_may_be_set_aside() -> None:
    agreed = tuple(judge(str(n), 1, lambda: 1) for n in range(9))
    aside = (not_applicable("9", "asks for a float"),)
    assert not FileReport("calendars", "cases.json", agreed + aside).too_many_set_aside
    assert FileReport("calendars", "cases.json", agreed[:8] + aside).too_many_set_aside


def test_features_that_are_not_built_may_be_many() -> None:
    results = tuple(not_built(str(n), "seasons") for n in range(10))
    assert not FileReport("calendars", "cases.json", results).too_many_set_aside


def test_an_area_without_an_adapter_is_reported() -> None:
    assert FileReport("sla", "cases.json", None).line() == "sla/cases.json: no adapter yet"
