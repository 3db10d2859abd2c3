"""The waiting reasons of a concept, and the phrases that name them."""

import pytest

import supportcore as sc
from supportcore.concept.grammar.conditions import parse_reasons
from tests.unit.concept.small import problems_in

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
PAUSED = 'paused_while  = ["waiting for customer"]'
DECLARED = '[waiting]\nreasons = "customer | spare part | on-site visit"\n'


def hosting(phrases: str, waiting: str = "") -> str:
    assert PAUSED in HOSTING
    return HOSTING.replace(PAUSED, f"paused_while = {phrases}") + "\n" + waiting


def reasons_of(text: str) -> set[object]:
    [agreement] = sc.loads(text).every_agreement
    [metric] = [metric for metric in agreement.metrics if metric.name == "resolution"]
    [condition] = metric.pause
    return set(condition.where["reason"]) if condition.where else {"anybody"}


@pytest.mark.parametrize(
    ("phrases", "reasons"),
    [
        ('["waiting for customer"]', {"customer"}),
        ('["waiting for customer or supplier"]', {"customer", "supplier"}),
        ('["waiting for customer, supplier"]', {"customer", "supplier"}),
        ('["waiting for customer", "waiting for supplier"]', {"customer", "supplier"}),
        ('["waiting for anybody"]', {"anybody"}),
    ],
)
def test_or_and_a_comma_both_mean_either_reason(phrases: str, reasons: set[str]) -> None:
    assert reasons_of(hosting(phrases)) == reasons


def test_declared_reasons_take_the_place_of_the_usual_ones() -> None:
    assert reasons_of(hosting('["waiting for spare part, on-site visit"]', DECLARED)) == {"spare part", "on-site visit"}
    assert sc.loads(hosting('["waiting for spare part"]', DECLARED)).waiting_reasons == (
        "customer",
        "spare part",
        "on-site visit",
    )
    assert sc.loads(HOSTING).waiting_reasons == ("customer", "supplier")


@pytest.mark.parametrize(
    ("phrase", "unknown"),
    [
        ("custommer", {"custommer": "customer"}),
        ("the customer", {"the customer": "customer"}),
        ("customer and urgency is low", {"customer and urgency is low": ""}),
        ("customer or", {"": ""}),
        ("customer,", {"": ""}),
        ("suplier, custommer", {"custommer": "customer", "suplier": "supplier"}),
        ("customer or anybody", {"anybody": ""}),
    ],
)
def test_every_other_reason_is_refused_with_the_nearest(phrase: str, unknown: dict[str, str]) -> None:
    found = problems_in(hosting(f'["waiting for {phrase}"]'))
    assert len(found) == len(unknown)
    for problem, (reason, near) in zip(found, unknown.items(), strict=True):
        assert f"`{reason}` is not a waiting reason; expected `customer`, `supplier`, several joined by `or`" in problem
        assert (f"did you mean `{near}`?" in problem) is bool(near)


@pytest.mark.parametrize("text", ["customer | ", "|", "", "a | a", "anybody | b", "a or b | c", "a, b"])
def test_reasons_that_no_phrase_could_name_are_refused(text: str) -> None:
    with pytest.raises(sc.DefinitionError):
        parse_reasons(text)


def test_reasons_that_cannot_be_read_cause_no_second_problem() -> None:
    for waiting in ("[waiting]\nreasons = 3\n", "[waiting]\nreason = 'a'\n", "[waiting]\nreasons = 'a | a'\n"):
        found = problems_in(hosting('["waiting for spare part"]', waiting))
        assert [problem.split(": ")[0].split(", ")[-1].split(".")[0] for problem in found] == ["waiting"] * len(found)
        assert not [problem for problem in found if "is not a waiting reason" in problem]


def test_a_pause_with_an_unknown_reason_is_found_in_a_case() -> None:
    concept = sc.loads(hosting('["waiting for customer"]'))
    facts = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}
    opened = sc.load_events(
        '{"schema": 1, "events": [{"kind": "opened", "ticket": "T", "at": "2026-03-16T10:00:00+01:00"}, '
        '{"kind": "paused", "ticket": "T", "at": "2026-03-16T11:00:00+01:00", "reason": "custommer"}]}'
    )
    history = [sc.Opened("T", opened[0].at, facts=facts), opened[1]]
    codes = [finding.code for finding in sc.evaluate(concept, history, as_of=opened[1].at).findings]
    assert codes == ["sla.unknown-reason"]
