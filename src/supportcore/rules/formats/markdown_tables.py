"""A table as Markdown for people: its hit policy, its rules, its default and its declared orders (RUL-11)."""

from collections.abc import Mapping
from typing import Any

from supportcore.domains import Domain
from supportcore.rules.cells import Is
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.decisions import Rule
from supportcore.rules.phrases import result_words, value_words
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.wording import Language, say


def markdown(table: DecisionTable, language: Language = "en") -> str:
    """Return the table as a section of a page in the language.

    >>> from supportcore.domains import Flag, Scale
    >>> table = DecisionTable(name="priority", hit="first", inputs=[Flag("crash")], default={"priority": "minor"},
    ...     outputs=[Scale("priority", ["minor", "major"])], rules=[Rule({"crash": True}, {"priority": "major"})])
    >>> print(markdown(table))
    **priority**: the first rule that fits decides.
    <BLANKLINE>
    | crash | priority |
    |---|---|
    | yes | **major** |
    <BLANKLINE>
    Otherwise: minor.
    <BLANKLINE>
    """
    require_table(table)
    with_reasons = any(rule.because for rule in table.rules)
    headings = [domain.name for domain in (*table.inputs, *table.outputs)]
    headings += [say(language, "rules.markdown.because")] * with_reasons
    lines = [
        f"**{table.name}**: {say(language, f'rules.hit.{table.hit}')}.",
        "",
        _row(headings),
        "|" + "---|" * len(headings),
    ]
    lines.extend(_row(_cells(language, table, rule, with_reasons)) for rule in table.rules)
    lines.append("")
    if table.default is not None:
        lines += [
            say(language, "rules.markdown.default", result=result_words(language, table.outputs, table.default)),
            "",
        ]
    for key, orders in (("rises", table.rises), ("falls", table.falls)):
        for output, names in orders.items():
            lines += [say(language, f"rules.markdown.{key}", output=output, inputs=", ".join(names)), ""]
    return "\n".join(lines)


def _cells(language: Language, table: DecisionTable, rule: Rule, with_reasons: bool) -> list[str]:
    cells: Mapping[str, Any] = rule.when
    texts = [_cell(language, cells.get(domain.name), domain) for domain in table.inputs]
    for domain in table.outputs:
        texts.append(f"**{value_words(language, domain, rule.then[domain.name])}**" if domain.name in rule.then else "")
    return texts + [rule.because] * with_reasons


def _cell(language: Language, cell: Any, domain: Domain) -> str:
    """Return the text of a cell with its words in the language."""
    if cell is None:
        return "–"
    text = show_cell(cell, domain)
    words = {"missing": say(language, "rules.word.missing"), "given": say(language, "rules.word.given")}
    if domain.kind == "flag":
        words |= {"yes": say(language, "rules.word.yes"), "no": say(language, "rules.word.no")}
    if text in words:
        return words[text]
    return value_words(language, domain, cell.value) if isinstance(cell, Is) else text


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
