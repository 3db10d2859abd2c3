"""Each message about a length of time, a break or a name says what to write."""

import pytest

import supportcore as sc
from tests.unit.concept.small import problems_in

CONCEPT = """
format = 0
name = "c"
timezone = "UTC"
[facts]
urgency = "low < high"
[priority]
table = '''
| urgency | -> priority |
| low     | minor       |
| high    | major       |
'''
[calendars.office]
hours = { mon-fri = "09:00-17:00" }
"""


def promised(cell: str) -> str:
    table = f"[targets]\ntable = '''\n| priority | -> resolution | -> hours |\n| - | {cell} | office |\n'''\n"
    [problem] = problems_in(CONCEPT + table)
    return problem.partition("column resolution: ")[2]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("1.5 h", "1 h 30 min"),
        ("1,5 h", "1 h 30 min"),
        ("0,5 h", "30 min"),
        ("4 hours", "4 h"),
        ("2 Stunden", "2 h"),
        ("90 minutes", "1 h 30 min"),
        ("PT4H", "4 h"),
        ("1 hour 30 mins", "1 h 30 min"),
        ("1.5 min", "1 min 30 s"),
    ],
)
def test_other_units_and_decimals_are_refused_with_the_text_to_write(cell: str, written: str) -> None:
    assert promised(cell) == f"`{cell}` is not a duration; write `{written}`"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("7 days", "`7 working days`, or `168 h, always`"),
        ("1 day", "`1 working day`, or `24 h, always`"),
        ("1 business day", "`1 working day`, or `24 h, always`"),
        ("2 weeks", "`10 working days`, or `336 h, always`"),
    ],
)
def test_days_that_do_not_say_which_count_are_refused(cell: str, written: str) -> None:
    assert promised(cell) == f"`{cell}` does not say which days count; write {written}"


@pytest.mark.parametrize(("cell", "near"), [("4 h, offce", "office"), ("1,5 h, offce", ""), ("4 h,5 h", "")])
def test_the_hours_after_a_comma_are_looked_up(cell: str, near: str) -> None:
    table = f"[targets]\ntable = '''\n| priority | -> resolution | -> hours |\n| - | {cell} | office |\n'''\n"
    found = problems_in(CONCEPT + table)
    assert any(
        "is not a calendar; expected one of `always`, `office`, `outside office`" in problem for problem in found
    )
    assert not near or any(problem.endswith(f"did you mean `{near}`?") for problem in found)


def test_warnings_and_budgets_say_what_to_write_too() -> None:
    section = (
        "[clocks.resolution]\nwarn_at = ['1.5 h before due', '7 days before due']\nbudgets = { first = '1,5 h' }\n"
    )
    assert [problem.partition("; ")[2] for problem in problems_in(CONCEPT + section)] == [
        "write `1 h 30 min`",
        "write `7 working days`",
        "write `1 h 30 min`",
    ]


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("[calendars.Geschäftszeit]", '[calendars."Geschäftszeit"]'),
        ("[clocks.next reply]", '[clocks."next reply"]'),
        ("[[ladders.Bereitschaft Süd.steps]]", '[[ladders."Bereitschaft Süd".steps]]'),
        ("Dringlichkeit für uns = 'a | b'", '"Dringlichkeit für uns" = …'),
    ],
)
def test_a_name_that_toml_wants_in_quotes_is_written_in_quotes(section: str, written: str) -> None:
    [problem] = problems_in(f"{CONCEPT}{section}\n")
    assert problem.endswith(f"has letters that TOML wants in quotes; write `{written}`")


@pytest.mark.parametrize("section", ["[calendars", "[a.]", "[a..b]", "= 3", 'x"y = 3', "a b"])
def test_other_mistakes_in_names_keep_the_words_of_the_reader(section: str) -> None:
    [problem] = problems_in(f"{CONCEPT}{section}\n")
    assert "cannot be read as TOML: " in problem


def test_a_weekly_break_is_taken_out_of_the_hours() -> None:
    calendar = "[calendars.b]\nhours = { mon-fri = '09:00-17:00' }\nbreaks = { mon-fri = '12:00-13:00' }\n"
    [problem] = problems_in(CONCEPT + calendar)
    assert problem.endswith(
        'names days of the week; take a weekly break out of `hours`, as in `mon-fri = "09:00-12:00, 13:00-17:00"`'
    )
    with pytest.raises(sc.DefinitionError, match="write weekly opening hours under `hours`"):
        sc.BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"}, exceptions={"fri": "09:00-12:00"})
