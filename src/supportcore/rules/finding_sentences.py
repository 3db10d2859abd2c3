"""Findings of `verify` as German and English sentences for people.

A finding is told with its own table: names of rules, columns and members may hold anything, so they are looked for in
the table and not cut out of the message.
"""

import re

from supportcore.domains import Choice, Scale, Value
from supportcore.errors import DefinitionError
from supportcore.findings import Finding
from supportcore.mappings import FrozenMapping
from supportcore.rules.phrases import count_words, facts_sentence, region_sentence, value_words
from supportcore.rules.tables import DecisionTable
from supportcore.wording import Language, say

SEEN = re.compile(r"of the .* (\S+) in gaps, (\S+) covered, (\S+) not examined")


def finding_words(language: Language, table: DecisionTable, finding: Finding) -> str:
    """A finding of `verify` on a table as a sentence."""
    many = "" if finding.count is None else count_words(language, finding.count)
    counted = say(language, "rules.inputs" if finding.count != 1 else "rules.input", count=many) if many else ""
    parts: dict[str, str] = {
        "region": region_sentence(language, finding.region or {}, table.inputs),
        "count": counted,
        "rule": finding.path.removeprefix(f"{table.name}, rule "),
        "column": finding.path.removeprefix(f"{table.name}, column "),
    }
    key = finding.code
    if key == "rules.gap" and finding.severity == "note":
        key = _answered_without_rule(table)
    elif key == "rules.gap" and finding.region is None:
        key = "rules.gap.more"
    elif key == "rules.overlap" or (key == "rules.conflict" and finding.region is None):
        key, parts["count"] = ("rules.overlap" if key == "rules.overlap" else "rules.conflict.more"), many
    elif key == "rules.conflict":
        parts["rules"] = _pair_named(table, finding.message)
    elif key == "rules.default" and table.aggregate == "count":
        key = "rules.default.count"
    elif key == "rules.unreachable":
        output = next(one for one in table.outputs if one.name == parts["column"])
        members: tuple[Value, ...] = output.members if isinstance(output, (Scale, Choice)) else (False, True)
        never = [member for member in members if f"`{output.show(member)}`" in finding.message]
        parts["members"] = ", ".join(value_words(language, output, member) for member in never)
    elif key in ("rules.monotone", "rules.waived"):
        key = _told_order(language, table, finding, parts)
    elif key == "rules.not-proven":
        key = _told_unproven(finding.message, parts)
    return say(language, key, **parts)


def _answered_without_rule(table: DecisionTable) -> str:
    """What answers where no rule fits and that is no fault (RUL-4)."""
    if table.aggregate == "count":
        return "rules.gap.count"
    return "rules.gap.empty" if table.default is None else "rules.gap.rest"


def _pair_named(table: DecisionTable, message: str) -> str:
    """The two rules of a conflict; their names may hold anything, so they are looked for and not cut out."""
    for one in table.rules:
        head = f"rules `{one.id}` and `"
        if message.startswith(head):
            for other in table.rules:
                if message.startswith(f"{head}{other.id}` both fit "):
                    return f"{one.id}, {other.id}"
    raise DefinitionError(f"`{message}` names no two rules of table `{table.name}`; tell a finding with its own table")


def _told_order(language: Language, table: DecisionTable, finding: Finding, parts: dict[str, str]) -> str:
    """The step against a declared order, told by what the table answers on its two sides."""
    lower, upper = (facts for facts in finding.witness if isinstance(facts, FrozenMapping))
    stepped = next(one.name for one in table.inputs if lower.get(one.name) != upper.get(one.name))
    output = next(one for one in table.outputs if one.name == parts["column"])
    parts["input"] = stepped
    parts["lower"], parts["upper"] = (facts_sentence(language, facts, table.inputs) for facts in (lower, upper))
    if finding.code == "rules.waived":
        parts["because"] = next(
            one.because
            for one in table.waivers
            if (one.output, one.input) == (output.name, stepped) and finding.message.endswith(f": {one.because}")
        )
        return "rules.waived"
    answers = (table.decide(facts)[output.name] for facts in (lower, upper))
    parts["before"], parts["after"] = (value_words(language, output, value) for value in answers)
    return "rules.monotone.falls" if stepped in table.rises.get(output.name, ()) else "rules.monotone.rises"


def _told_unproven(message: str, parts: dict[str, str]) -> str:
    if message.startswith("whether rule `"):
        parts["rule"] = message.removeprefix("whether rule `").rpartition("` is ever needed")[0]
        return "rules.not-proven.rule"
    if found := SEEN.search(message):
        parts["gaps"], parts["covered"], parts["unseen"] = found.groups()
        return "rules.not-proven.gaps"
    parts["input"] = message.rpartition("` rises")[0].rpartition(" when `")[2]
    parts["column"] = message.removeprefix("that `").rpartition(" when `")[0].rpartition("` never ")[0]
    return "rules.not-proven.order" if message.endswith(" steps") else "rules.not-proven.holes"
