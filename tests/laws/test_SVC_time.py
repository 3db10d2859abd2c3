"""SVC-2: where `check` finds no error in the time of a concept, each clock begun in it has its due instant."""

from datetime import timedelta

import pytest
from hypothesis import event, given, strategies as st

import supportcore as sc

CONCEPT = """
format = 0
name = "drawn"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
fault = "yes | no"
[priority]
table = '''
| fault | -> priority |
| -     | minor       |
'''
[calendars.office]
hours = {{ {hours} }}
{parts}
[dates.release]
"7.1" = "2026-06-30 12:00"
"7.2" = "{last}"
[targets]
hours = "office"
table = '''
| priority | -> resolution |
| -        | {cell}        |
'''
"""
HOURS = ['mon-fri = "09:00-17:00"', 'mon = "22:00-06:00"', 'sun = "02:30-02:45"', ""]
PARTS = [
    'holidays = "DE-NW"',
    'holidays = { country = "DE", years = [2025, 2026] }',
    'holidays = { country = "DE", years = [2020, 2027] }',
    'closures = { "2026-12-20 to 2027-02-10" = "rebuilding" }',
    'closures = { "2025-12-01 to 2027-02-10" = "rebuilding" }',
    'seasons = { 2026-07-01 = { sat = "10:00-11:00" } }',
    "seasons = { 2026-07-01 = {} }",
    "seasons = { 2027-01-10 = {} }",
    'exceptions = { "every 12-31" = "23:00-24:00" }',
    'exceptions = { 2026-06-01 = "09:00-10:00" }',
    'holiday_scope = "shift"',
]
CELLS = [
    *("1 h", "40 h", "1 working day", "10 working days, even if closed", "end of next working day", "by 16:00"),
    *("by 02:30 on the 3rd working day, even if closed", "next release", "release 7.1", "by 2026-12-31", "none"),
]
LAST = ["2026-12-30", "2026-12-31", "2027-03-01"]


@given(
    st.sampled_from(HOURS),
    st.lists(st.sampled_from(PARTS), max_size=3, unique_by=lambda part: part.partition(" ")[0]),
    st.sampled_from(CELLS),
    st.sampled_from(LAST),
    st.one_of(st.just(1), st.integers(1, 365 * 86_400_000_000)),
)
def test_svc2_a_concept_without_errors_in_its_time_clocks_every_request(hours, parts, cell, last, before_end):
    try:
        concept = sc.loads(CONCEPT.format(hours=hours, parts="\n".join(parts), cell=cell, last=last))
    except sc.ConceptError:
        assert not hours
        return
    grave = {one.code for one in sc.check(concept) if one.severity == "error"}
    event("; ".join(sorted(grave)) or "proved")
    if not grave:
        at = concept.end - timedelta(microseconds=before_end)
        due = answered(concept, at)
        assert (due is None) == (cell == "none")
        if cell not in ("none", "release 7.1", "by 2026-12-31"):
            assert due >= at
    elif grave & {"targets.unclocked", "targets.no-date"}:
        with pytest.raises(sc.SupportcoreError):
            answered_at_both_ends(concept)


def answered_at_both_ends(concept):
    answered(concept, concept.start)
    answered(concept, concept.end - timedelta(microseconds=1))


def answered(concept, at):
    """When a ticket that is opened then is due; its case says so, then and when it is due, until that is behind."""
    events = [sc.Opened("T", at, facts={"fault": True})]
    due = sc.evaluate(concept, events, as_of=at).clock("resolution").due_at
    for as_of in {at, at if due is None else max(at, due)}:
        case = sc.evaluate(concept, events, as_of=as_of)
        coming = case.clock("resolution").next_instants()
        told = case.explain("en")
        if due is None:
            assert {one.what for one in coming} <= {"opening"}
            assert "no promise, time is only measured" in told
        else:
            assert [one.at for one in coming if one.what == "due"] == ([due] if due > as_of else [])
            late = [one.at for one in coming if one.what == "breach"]
            assert len(late) == (due >= as_of and may_be_late(concept, case.clock("resolution")))
            assert all(instant > due for instant in late)
            assert f", due {due:%a} {due.day} {due:%b %Y %H:%M}" in told
    return due


def may_be_late(concept, clock):
    """Whether a clock can pass its due instant; an amount that is used up at the last closing is never exceeded."""
    if not isinstance(clock.target.amount, timedelta):
        return True
    try:
        return concept.calendars["office"].next_open(clock.due_at) >= clock.due_at
    except sc.NeverOpenError:
        return False
