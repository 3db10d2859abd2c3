"""A table as Markdown for people: its hit policy, its rules, its default and its declared orders (RUL-11)."""

import re
from collections.abc import Mapping
from typing import Any

from supportcore.domains import Domain
from supportcore.rules.cells import Is
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.decisions import Rule
from supportcore.rules.phrases import result_words, value_words
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.wording import Language, say

# Characters that Markdown or HTML may take for markup, escaped so that `< 5` and `[1..5]` stay readable.
MARKUP = re.compile(r"[\\`*|~]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<=\])[(:\[]")
LINE_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


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
    headings = [_text(domain.name) for domain in (*table.inputs, *table.outputs)]
    headings += [say(language, "rules.markdown.because")] * with_reasons
    lines = [
        f"**{_text(table.name)}**: {say(language, f'rules.hit.{table.hit}')}.",
        "",
        _row(headings),
        "|" + "---|" * len(headings),
    ]
    lines.extend(_row(_cells(language, table, rule, with_reasons)) for rule in table.rules)
    lines.append("")
    if table.default is not None:
        lines += [
            say(language, "rules.markdown.default", result=_text(result_words(language, table.outputs, table.default))),
            "",
        ]
    for key, orders in (("rises", table.rises), ("falls", table.falls)):
        for output, names in orders.items():
            lines += [say(language, f"rules.markdown.{key}", output=_text(output), inputs=_text(", ".join(names))), ""]
    return "\n".join(lines)


def _cells(language: Language, table: DecisionTable, rule: Rule, with_reasons: bool) -> list[str]:
    cells: Mapping[str, Any] = rule.when
    texts = [_text(_cell(language, cells.get(domain.name), domain)) for domain in table.inputs]
    for domain in table.outputs:
        value = rule.then.get(domain.name)
        texts.append("" if value is None else f"**{_text(value_words(language, domain, value))}**")
    return texts + [_text(rule.because)] * with_reasons


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
    return "| " + " | ".join(cells) + " |"


def _text(text: str) -> str:
    """Return a text on one line, so that a page shows it as it was written."""
    return MARKUP.sub(r"\\\g<0>", LINE_ENDS.sub(" ", text))
