"""Texts in quotes, with the escapes of FEEL, and lists whose commas lie outside quotes and brackets."""

import re
from collections.abc import Iterator, Mapping

from supportcore.errors import DefinitionError
from supportcore.mappings import FrozenMapping

ESCAPES: Mapping[str, str] = FrozenMapping({"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "'": "'"})
CODE_POINTS: Mapping[str, int] = FrozenMapping({"u": 4, "U": 6})
HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
LAST_CODE_POINT = 0x10FFFF
NAMED: Mapping[str, str] = FrozenMapping({"\n": "n", "\r": "r", "\t": "t", "\\": "\\", '"': '"'})
# What a line of text or an XML file does not keep: control characters, line ends, halves of surrogate pairs.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile(UNPRINTABLE.pattern + r'|[\\"]')


def require_encodable(text: str) -> str:
    """Return a written table unchanged; raise `DefinitionError` if half of a surrogate pair is in it.

    >>> require_encodable("a" + chr(0xD800))
    Traceback (most recent call last):
        ...
    supportcore.errors.DefinitionError: the table has the character U+D800, half of a surrogate pair, which no file \
keeps; remove it
    """
    found = SURROGATE.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise DefinitionError(
            f"the table has the character {code}, half of a surrogate pair, which no file keeps; remove it"
        )
    return text


def quote_text(text: str) -> str:
    r"""Return a text in quotes, on one line, as `unquote_text` reads it.

    >>> print(quote_text('say "hi"'))
    "say \"hi\""
    """
    return '"' + ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    return f"\\{NAMED[letter]}" if letter in NAMED else f"\\u{ord(letter):04x}"


def unquote_text(literal: str) -> str | None:
    r"""Return the text that a literal in quotes denotes, or `None` if it is not exactly one such literal.

    The escapes are those of DMN: `\"`, `\'`, `\\`, `\n`, `\r`, `\t`, `\u` with four and `\U` with six hexadecimal
    digits. A backslash before anything else is a backslash.

    >>> unquote_text('"caf\\u00e9"'), unquote_text('"a" + "b"')
    ('café', None)
    """
    if len(literal) < 2 or literal[0] != '"' or _end_of_text(literal, 0) != len(literal):
        return None
    inner = literal[1:-1]
    if "\\" not in inner:
        return inner
    return "".join(_unescaped(inner)).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _unescaped(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        following = text[at + 1 : at + 2] if text[at] == "\\" else ""
        digits = text[at + 2 : at + 2 + CODE_POINTS.get(following, 0)]
        if following in ESCAPES:
            yield ESCAPES[following]
            at += 2
        elif (
            following in CODE_POINTS
            and len(digits) == CODE_POINTS[following]
            and HEXADECIMAL.issuperset(digits)
            and int(digits, 16) <= LAST_CODE_POINT
        ):
            yield chr(int(digits, 16))
            at += 2 + len(digits)
        else:
            yield text[at]
            at += 1


def _end_of_text(body: str, start: int) -> int:
    """Return the position after the text in quotes that begins at `start`, or that of the end if it is never closed."""
    at = start + 1
    while at < len(body) and body[at] != '"':
        at += 2 if body[at] == "\\" else 1
    return at + 1


def split_list(body: str) -> list[str]:
    """Return the parts of a list between its commas, without blanks around them; quotes and brackets stay whole.

    >>> split_list('"a, b", [1..2), not(3, 4)')
    ['"a, b"', '[1..2)', 'not(3, 4)']
    """
    parts, depth, start, at = [], 0, 0, 0
    while at < len(body):
        letter = body[at]
        if letter == '"':
            at = _end_of_text(body, at)
            continue
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and depth <= 0:
            parts.append(body[start:at].strip())
            start = at + 1
        at += 1
    return [*parts, body[start:].strip()]


def split_interval(part: str) -> tuple[str, str] | None:
    """Return the two ends of an interval in brackets, split at the first `..` outside quotes; `None` for another part.

    >>> split_interval('["1..2".."3..4")'), split_interval("[1..)")
    (('"1..2"', '"3..4"'), None)
    """
    if part[0] not in "[](" or part[-1] not in "[])":
        return None
    at, end = 1, len(part) - 1
    while at < end:
        if part[at] == '"':
            at = _end_of_text(part, at)
        elif part.startswith("..", at) and part[1:at].strip():
            low, high = part[1:at].strip(), part[at + 2 : end].strip()
            return (low, high) if high else None
        else:
            at += 1
    return None
