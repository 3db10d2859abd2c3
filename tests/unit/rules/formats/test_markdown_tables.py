"""Texts of a table in Markdown: nothing in them acts as markup."""

import pytest

from supportcore.domains import Choice, Flag
from supportcore.rules import DecisionTable, Rule, markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", "a\\|b"),
        ("*bold* `code` ~~gone~~", "\\*bold\\* \\`code\\` \\~\\~gone\\~\\~"),
        ("first_response _it_", "first_response \\_it\\_"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ("<!-- hidden", "\\<!-- hidden"),
        ("[a](javascript:b)", "[a]\\(javascript:b)"),
        ("![a][b]", "![a]\\[b]"),
        ("&lt; &#60; R&D", "\\&lt; \\&#60; R&D"),
        ("C:\\", "C:\\\\"),
        ("a\r\nb\u2028c\x85d", "a b c d"),
        ("< 5, >= 3, [1..5), ]1..5[", "< 5, >= 3, [1..5), ]1..5["),
    ],
)
def test_markup_in_a_text_is_escaped_and_comparisons_are_not(text: str, escaped: str) -> None:
    table = DecisionTable(
        name=text,
        hit="first",
        inputs=[Flag("crash")],
        outputs=[Choice("team", [text, "other"])],
        rules=[Rule({"crash": True}, {"team": text}, because=text)],
        default={"team": text},
    )
    head, _, _, _, row, _, default, _ = markdown(table).split("\n")
    assert head == f"**{escaped}**: the first rule that fits decides."
    assert row == f"| yes | **{escaped}** | {escaped} |"
    assert default == f"Otherwise: {escaped}."
