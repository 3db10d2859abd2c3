"""Whole tables as TOML, YAML and JSON: written and read back, and refused with their paths."""

import pytest

from supportcore.domains import Choice, Flag, Scale, Subset
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import DecisionTable, Rule, Waiver, read_table, write_table
from supportcore.rules.formats.plain_tables import structure_table

PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "inputs": [Flag("vip")], "outputs": [PRIORITY], "rules": rules, **parts})


def refused(ask):
    with pytest.raises(ConceptError) as raised:
        ask()
    return [str(problem) for problem in raised.value.problems]


def test_everything_declared_comes_back():
    whole = table(
        Rule({"vip": "yes"}, {"priority": "minor"}, id="a"),
        Rule({}, MAJOR, id="b"),
        hit="first",
        default={"priority": "minor"},
        rises={"priority": ["vip"]},
        waivers=[Waiver("priority", "vip", ("b", "a"), "so agreed")],
    )
    counted = table(Rule({}, MAJOR), hit="collect", aggregate="count")
    for one in (whole, counted, table()):
        for form in ("toml", "yaml", "json"):
            assert read_table(write_table(one, form), form) == one


# What is refused


TREE = {
    "name": "t",
    "inputs": {"vip": "yes | no"},
    "outputs": {"priority": "minor < major"},
    "rules": [{"when": {"vip": "yes"}, "then": {"priority": "major"}}],
}
TREES = [
    ({"name": "t"},
     ["outputs: is missing; give it a value", "rules: is missing; give it a value"]),
    ({**TREE, "rules": {}},
     ["rules: `{}` is a table; expected a list"]),
    ({**TREE, "default": "minor"},
     ["default: `minor` is a text; expected a table"]),
    ({**TREE, "inputs": {"vip": "8"}, "rules": [{"then": {"priority": "majr"}, "wehn": {}}]},
     ["inputs.vip: fact `vip`: `8` does not declare a domain; expected one of",
      "rule r1.wehn: `wehn` is not a key here; expected one of `id`, `when`, `then`, `because`; did you mean `when`?",
      "rule r1, column priority: `majr` is not a member of `priority` (minor, major); did you mean `major`?"]),
    ({**TREE, "inputs": {"vip": {"scael": []}}},
     ["inputs.vip: fact `vip`: `{'scael': []}` does not declare a domain; expected a declaration as a text, or a "
     "table with one of `scale`, `choice`, `some of`"]),
    ({**TREE, "default": {"priority": "x"}},
     ["default, column priority: `x` is not a member of `priority` (minor, major)"]),
    ({**TREE, "name": None},
     ["name: `None` is nothing; expected a text"]),
    ({**TREE, "hit": 3},
     ["hit: `3` is a whole number; expected a text"]),
    ({**TREE, "rules": ["x"]},
     ["rule r1: `x` is a text; expected a table"]),
    ({**TREE, "rules": [{"when": None, "then": {"priority": "major"}}]},
     ["rule r1.when: `None` is nothing; expected a table"]),
    ({**TREE, "rules": [{"then": {"priority": "major"}, "because": 3}]},
     ["rule r1.because: `3` is a whole number; expected a text"]),
    ({**TREE, "rules": [{"when": {"vip": None}, "then": {"priority": "major"}}]},
     ["rule r1, column vip: `nothing` is nothing; `vip` takes yes or no"]),
    ({**TREE, "inputs": {"vip": {"scale": None}}},
     ['inputs.vip: members are a list of texts; write `["nothing"]` for a '
     "single member"]),
    ({**TREE, "inputs": {"vip": {"scale": ["a"], "anything else": True}}},
     ["inputs.vip: fact `vip`: `anything else` is not a key here; expected one of `scale`, `may be missing`, "
     "`names`"]),
    ({**TREE, "inputs": {"vip": {"scale": ["a"], "may be missing": "yes"}}},
     ["inputs.vip: fact `vip`: `may be missing` is `yes`; expected true or false"]),
    ({**TREE, "rises": ["vip"]},
     ["rises: `['vip']` is a list; expected a table"]),
    ({**TREE, "rises": {"priority": "vip"}},
     ["rises.priority: `vip` is a text; expected a list"]),
    ({**TREE, "waivers": [{"output": "priority", "input": "vip", "rules": ["r1"]}]},
     ["waivers.1.rules: expected two rules, the one below the step and the one above it; found 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "words"), TREES)
def test_a_wrong_tree_is_refused_with_its_paths(tree, words):
    problems = refused(lambda: structure_table(tree))
    assert len(problems) == len(words)
    assert all(problem.startswith(start) for problem, start in zip(problems, words, strict=True))


def test_a_text_of_another_format_is_refused():
    assert refused(lambda: read_table("{", "json"))[0].startswith("line 1: cannot be read as JSON: ")
    assert refused(lambda: read_table("a = ", "toml"))[0].startswith("line 1: cannot be read as TOML: ")
    assert refused(lambda: read_table("a: [", "yaml"))[0].startswith("line 1: cannot be read as YAML: ")
    assert refused(lambda: read_table("[]", "json")) == ["`[]` is a list; expected a table"]
    assert refused(lambda: write_table(table(), "tmol")) == [
        "`tmol` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`; did you mean `toml`?"
    ]


def test_json_with_a_key_given_twice_or_nested_too_deeply_is_refused():
    assert refused(lambda: read_table('{"name": "a", "name": "b"}', "json")) == [
        "line 1, name: `name` is given twice; keep one of the two"
    ]
    assert refused(lambda: read_table("[" * 100_000, "json")) == ["cannot be read as JSON: it is nested too deeply"]


def test_only_texts_are_read_as_tables():
    with pytest.raises(DefinitionError, match=r"^`None` is nothing; expected a text in JSON$"):
        read_table(None, "json")


def reasoned(because):
    return DecisionTable(
        name="t",
        inputs=[Flag("f")],
        outputs=[Choice("o", ["x", "y"])],
        rules=[Rule({"f": True}, {"o": "x"}, because=because)],
    )


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
@pytest.mark.parametrize("reason", ["a\x7fb", "a\x85b", "a\u2028b", "a\rb", "a\ufeffb", "\x00", "null", "a\n\n b "])
def test_a_reason_with_a_line_end_or_a_control_character_comes_back(form, reason):
    assert read_table(write_table(reasoned(reason), form), form) == reasoned(reason)


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
def test_half_of_a_surrogate_pair_is_refused(form):
    with pytest.raises(DefinitionError, match=r"the character U\+D800, half of a surrogate pair, which no file keeps"):
        write_table(reasoned("a\ud800"), form)


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
def test_words_of_a_set_that_have_commas_come_back(form):
    areas = Subset("areas", ["a, b", "a", "b", "-", 'say "x"', "(c", "c:\\"])
    table = DecisionTable(
        name="t",
        inputs=[Flag("f")],
        outputs=[areas],
        default={"areas": frozenset()},
        rules=[Rule({"f": True}, {"areas": frozenset(areas.members)}), Rule({}, {"areas": frozenset({"-"})})],
        hit="first",
    )
    back = read_table(write_table(table, form), form)
    assert back == table
    assert back.rules[0].then["areas"] == frozenset(areas.members)


def test_words_between_commas_are_not_one_word_in_quotes():
    text = '{"name": "t", "outputs": {"o": "some of a | b"}, "rules": [{"then": {"o": "\\"a, b\\""}}]}'
    with pytest.raises(ConceptError, match="`a, b` is not a member of `o`"):
        read_table(text, "json")
