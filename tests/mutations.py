"""Honest files made wrong: each mutation takes a text and damages it as people, editors and attackers do."""

import re

NUMBERS = (
    *("0", "1", "2", "3", "10", "0.5", "0.9", "0.01", "-0.5", "50", "150", "1.5") * 4,
    "0", "1", "-1", "1e-5", "0.001", "0.95", "1000", "99999", "100000", "5000000", "2147483648",
    "9223372036854775807", "9223372036854775808", "-0.0", "1e308", "1e-308", "1e999", "nan", "inf", "-inf",
    "0x7f", "1_000", "9" * 4400, "0." + "9" * 400, "1,5", "true", "''", "[]", "{}", "2020-01-01", "٣",
)  # fmt: skip
TEXTS = (
    "", " ", "x", "all", "none", "default", "silos", "teams", "it", "../default", "/etc/passwd", "/dev/zero",
    "C:\\x", "a.toml", "x" * 256, "y" * 5000, "a\tb", "\\u0000", "\\ud800", "\\U0010ffff", "é", "\u202e",
    "%s{0}", "{x}", "[bold]", "0000-01", "9999-12", "2019-13", "2019", "series", "v", "-", "=", "'", "\\n",
    "=1+1",
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.-])-?\d+(?:\.\d+)?(?![\w.])")
_TEXT = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_WORD = re.compile(r"[A-Za-z_][\w-]+")


def mutated(random, text, others):
    """The text, damaged once or a few times; `others` are texts of the same kind to splice from."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        text = random.choice(_ALL)(random, text, others)[:3_000_000]
    return text


def damaged(random, content):
    """Bytes with some of them flipped, cut off or doubled."""
    content = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20))):
        place = random.randrange(len(content) + 1)
        match random.randrange(4):
            case 0:
                content[place:] = b""
            case 1:
                content[place:place] = bytes(random.randrange(256) for _ in range(random.choice((1, 4, 100))))
            case 2:
                content[place : place + random.choice((1, 10, 1000))] = b""
            case _:
                if place < len(content):
                    content[place] = random.randrange(256)
    return bytes(content)


def _replaced(random, pattern, text, new):
    found = list(pattern.finditer(text))
    if not found:
        return text + new
    one = random.choice(found)
    return text[: one.start()] + new + text[one.end() :]


def _number(random, text, others):
    return _replaced(random, _NUMBER, text, random.choice(NUMBERS))


def _text(random, text, others):
    return _replaced(random, _TEXT, text, f'"{random.choice(TEXTS)}"')


def _number_as_text(random, text, others):
    return _replaced(random, _NUMBER, text, f'"{random.choice(TEXTS)}"')


def _text_as_number(random, text, others):
    return _replaced(random, _TEXT, text, random.choice(NUMBERS))


def _word(random, text, others):
    words = _WORD.findall(text + random.choice(others)) or ["x"]
    return _replaced(random, _WORD, text, random.choice((*words[:200], random.choice(TEXTS))))


def _line_lost(random, text, others):
    lines = text.split("\n")
    lines.pop(random.randrange(len(lines)))
    return "\n".join(lines)


def _line_elsewhere(random, text, others):
    lines = text.split("\n")
    moved = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), moved)
    return "\n".join(lines)


def _line_of_another(random, text, others):
    lines, other = text.split("\n"), random.choice(others).split("\n")
    start = random.randrange(len(other))
    at = random.randrange(len(lines) + 1)
    lines[at:at] = other[start : start + random.choice((1, 2, 5, 20))]
    return "\n".join(lines)


def _line_many_times(random, text, others):
    lines = text.split("\n")
    at = random.randrange(len(lines))
    times = random.choice((2, 2, 300, 3000))
    if len(lines[at]) > 2000:
        return text + "\n" + lines[at]
    numbered = [re.sub(r"(\w+)(?=\]|\s*=)", rf"\g<1>{n}", lines[at], count=1) for n in range(times)]
    lines[at:at] = numbered if random.random() < 0.7 else [lines[at]] * times
    return "\n".join(lines)


def _nested(random, text, others):
    deep = random.choice((2, 31, 33, 500, 5000))
    opening, closing = random.choice((("[", "]"), ("{a=", "}"), ("[", ""), ("{", "")))
    return _replaced(random, _NUMBER, text, opening * deep + "1" + closing * deep)


def _long_key(random, text, others):
    return _replaced(random, _WORD, text, random.choice(("k" * 256, "k.k" * 200, ".".join("k" * 3000))))


def _odd_letter(random, text, others):
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice("\0\r\t\v\x1b\x85\u2028\ufeff\"'[]{}=,.#;é€\U0001f600") + text[at:]


def _cut(random, text, others):
    return text[: random.randrange(len(text) + 1)]


def _part_lost(random, text, others):
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 3, 40, 400)) :]


_ALL = (
    *(_number,) * 24, *(_text,) * 8, *(_word,) * 4,
    *(_number_as_text, _text_as_number, _line_lost, _line_of_another) * 2,
    _line_elsewhere, _line_many_times, _nested, _long_key, _odd_letter, _cut, _part_lost,
)  # fmt: skip
