"""What each policy makes of changed terms (SLA-9), worked out by hand, compared with what the library says."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import supportcore as sc
from supportcore.sla.agreement.policies import Policy
from tests.golden.test_worksheet import AS_OF, BY_HAND, log, logged_rows
from tests.golden.worksheet import CYCLE, cycle_told, rows_told

PAGE = Path(__file__).parents[2] / "docs" / "evidence" / "worksheet-changes.md"
HEAD = re.compile(r"^\| when (raised|lowered) \| cycle \| result \|\n\|---\|---\|---\|\n", re.MULTILINE)
FILE_WORDS = re.compile(r"^- \*\*(\w+)\*\*, in a (?:concept )?file `([^`]+)`:", re.MULTILINE)
ROW = re.compile(rf"\| (\w+) \| ((?:reaction|resolution) \d+) \| ({CYCLE}) \|")

Key = tuple[str, str, str]


@cache
def by_hand() -> dict[Key, dict[str, str]]:
    """The page's answers: for each ticket, direction and policy what becomes of each cycle."""
    made: dict[Key, dict[str, str]] = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[2:]:
        ticket = section.partition(":")[0]
        _, direction, table = HEAD.split(section)
        for line in table.strip().splitlines():
            row = ROW.fullmatch(line)
            assert row is not None, f"ticket {ticket}: `{line}` is not understood"
            policy, cycle, answer = row.groups()
            answers = made.setdefault((ticket, direction, policy), {})
            assert cycle not in answers, f"ticket {ticket} has `{policy}`, `{cycle}` twice"
            answers[cycle] = answer
    return made


@pytest.fixture(scope="module")
def under(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], sc.ServiceConcept]:
    """The example concept with another policy for raises or for lowerings, written into its file."""
    words = dict(FILE_WORDS.findall(PAGE.read_text(encoding="utf-8")))
    original = sc.example("hosting").read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("concepts")

    @cache
    def written(direction: str, policy: str) -> sc.ServiceConcept:
        line = f'when_{direction} = "{words[policy]}"\n'
        text = re.sub(rf"^when_{direction} .*\n", "", original, flags=re.MULTILINE)
        for clock in ("[clocks.reaction]\n", "[clocks.resolution]\n"):
            text = text.replace(clock, clock + line)
        path = folder / f"{direction}-{policy}.toml"
        path.write_text(text, encoding="utf-8")
        return sc.load(path)

    return written


@pytest.mark.parametrize(("ticket", "direction", "policy"), by_hand())
def test_the_library_agrees_with_the_worksheet(
    ticket: str, direction: str, policy: str, under: Callable[[str, str], sc.ServiceConcept]
) -> None:
    case = sc.evaluate(under(direction, policy), log().histories[ticket], as_of=AS_OF)
    expected = by_hand()[ticket, direction, policy]
    metrics = dict.fromkeys(cycle.split()[0] for cycle in expected)
    told = {
        f"{metric} {number}": cycle_told(cycle)
        for metric in metrics
        for number, cycle in enumerate(case.clock(metric).cycles, 1)
    }
    assert told == expected


def test_at_least_ten_tickets_are_worked_out_under_all_five_policies() -> None:
    policies: dict[tuple[str, str], set[str]] = {}
    for ticket, direction, policy in by_hand():
        policies.setdefault((ticket, direction), set()).add(policy)
    assert all(worked == set(get_args(Policy)) for worked in policies.values())
    assert len(policies) >= 10
    assert {direction for _, direction in policies} == {"raised", "lowered"}


def test_what_the_concept_says_is_what_the_other_worksheet_says() -> None:
    same = {"raised": "restart", "lowered": "retroactive"}
    shared = [key for key in by_hand() if key[2] == same[key[1]] and key[0] in BY_HAND]
    assert len(shared) >= 9
    for key in shared:
        assert by_hand()[key].items() <= BY_HAND[key[0]].items()


def test_the_rows_that_it_shows_are_those_of_the_log() -> None:
    shown = rows_told(PAGE.read_text(encoding="utf-8"))
    assert set(shown) == {ticket for ticket, _, _ in by_hand()} - set(BY_HAND)
    assert shown == logged_rows(shown)
