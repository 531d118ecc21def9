"""Lines that are IPython's and not Python's: what each is for, and the Python that stands for it.

The number of lines is kept, so that every place in the result is a place in the author's cell.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from cookhouse_convert.read import Problem

MagicKind = Literal["display", "requirement", "shell", "magic", "help", "language"]

_UNWRAPPED_CELLS = {"time", "timeit", "capture", "prun", "memit"}
_UNWRAPPED_LINES = {"time", "prun", "memit"}
_DISPLAY = {
    "matplotlib", "config", "pylab", "precision", "pinfo", "pinfo2", "who", "whos", "lsmagic",
    "timeit", "load_ext", "autoreload", "reload_ext", "xmode", "pdb", "history", "capture",
}  # fmt: skip
_ESCAPE = re.compile(r"^(\s*)(%%?|!!?|\?\??)(?!=)")
_ASSIGN = re.compile(r"^(\s*[\w.,\s\[\]'\"]+=\s*)(%|!)(?!=)(.*)$")
_PIP = re.compile(r"^(?:python\d?\s+-m\s+|uv\s+)?(?:pip\d?|conda|mamba)\s+install\s+(.*)$")


@dataclass(frozen=True, slots=True)
class MagicLine:
    """One IPython line: what it is for, its text, and the packages it installs."""

    line: int
    kind: MagicKind
    text: str
    packages: tuple[str, ...] = ()
    more_lines: int = 0


@dataclass(slots=True)
class Plain:
    """A cell as Python. `shifts` says by how many columns a line was moved to the left."""

    text: str
    magics: dict[int, MagicLine] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)
    foreign: MagicLine | None = None


def plain_python(source: str) -> Plain:
    """Return `source` as Python of equally many lines. A cell of another language is `foreign`."""
    lines = source.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    plain = Plain(source)
    if first is not None and lines[first].startswith("%%"):
        name, _, _rest = lines[first][2:].partition(" ")
        if name.strip() not in _UNWRAPPED_CELLS:
            plain.foreign = MagicLine(first + 1, "language", lines[first], ())
            return plain
        plain.magics[first + 1] = MagicLine(first + 1, "display", lines[first])
        lines[first] = ""
        plain.text = "\n".join(lines)
    if not any(_suspicious(line) for line in lines) or parses(plain.text):
        return plain
    _replace_escapes(lines, plain)
    plain.text = "\n".join(lines)
    return plain


def parses(text: str) -> bool:
    """Whether `text` is valid Python as it stands."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _suspicious(line: str) -> bool:
    stripped = line.strip()
    if stripped == ";":
        return True
    return bool(_ESCAPE.match(line) or _ASSIGN.match(line) or stripped.endswith("?"))


def _replace_escapes(lines: list[str], plain: Plain) -> None:
    number = 0
    while number < len(lines):
        line = lines[number]
        last = number
        if _suspicious(line) and not _inside_statement(lines, number):
            while _goes_on(lines[number : last + 1]) and last + 1 < len(lines):
                last += 1
            whole = " ".join(part.rstrip("\\").strip() for part in lines[number : last + 1])
            indent = line[: len(line) - len(line.lstrip())]
            lines[number] = _python_for(indent, whole, number + 1, plain)
            for follower in range(number + 1, last + 1):
                lines[follower] = ""
            found = plain.magics.get(number + 1)
            if found is not None and last > number:
                plain.magics[number + 1] = replace(found, more_lines=last - number)
        number = last + 1


def _goes_on(lines: list[str]) -> bool:
    """Whether an IPython line goes on in the next: by a backslash or an open bracket."""
    if lines[-1].endswith("\\"):
        return True
    text = "".join(lines)
    if not text.lstrip().startswith("%"):
        return False
    return sum(map(text.count, "([{")) > sum(map(text.count, ")]}"))


def _inside_statement(lines: list[str], number: int) -> bool:
    """Whether an earlier line opened a string or bracket that is still open here.

    A line that closes it again makes the text above parse; the shortest text that ends here and
    does not parse only because of what is open is told by the tokenizer's end of input.
    """
    above = "\n".join(lines[:number])
    if not above.strip() or parses(above + "\n"):
        return False
    import tokenize
    from io import StringIO

    try:
        for _token in tokenize.generate_tokens(StringIO(above + "\n").readline):
            pass
    except tokenize.TokenError:
        return True
    except (IndentationError, SyntaxError):
        return False
    return False


def _python_for(indent: str, text: str, number: int, plain: Plain) -> str:
    if text == ";":
        # IPython reads a line of one semicolon as "show nothing".
        return f"{indent}pass" if indent else ""
    assigned = _ASSIGN.match(text)
    if assigned and not _ESCAPE.match(text):
        plain.magics[number] = MagicLine(number, "shell", text)
        call = "getoutput" if assigned[2] == "!" else "run_line_magic"
        return f"{indent}{assigned[1].lstrip()}get_ipython().{call}({assigned[3].strip()!r})"
    magic = _magic(text, number)
    name = text.lstrip("%").split(" ", 1)[0]
    if text.startswith("%") and name in _UNWRAPPED_LINES and " " in text:
        rest = text[1:].split(" ", 1)[1].lstrip()
        plain.shifts[number] = len(text) - len(rest)
        return indent + rest
    plain.magics[number] = magic
    if indent:
        return f"{indent}pass"
    return f"get_ipython().{magic.kind}({text!r})"


def _magic(text: str, number: int) -> MagicLine:
    if text.startswith("?") or text.endswith("?"):
        return MagicLine(number, "help", text)
    body = text.lstrip("%!").strip()
    installs = _PIP.match(body)
    if installs:
        return MagicLine(number, "requirement", text, _packages(installs[1]))
    if text.startswith("!"):
        return MagicLine(number, "shell", text)
    name = body.split(" ", 1)[0]
    return MagicLine(number, "display" if name in _DISPLAY else "magic", text)


def _packages(arguments: str) -> tuple[str, ...]:
    words = arguments.split("#", 1)[0].replace("'", "").replace('"', "").split()
    names: list[str] = []
    skip = False
    for word in words:
        if skip or word.startswith("-"):
            skip = word in {"-r", "-c", "-i", "--index-url", "--extra-index-url", "-f", "-t"}
            continue
        if word in {"&&", ";", "|", ">"}:
            break
        names.append(word)
    return tuple(names)


def python_two(text: str) -> Problem | None:
    """Return the problem of a cell that is Python 2, if it looks like that."""
    if not re.search(r"^\s*print\s+[\"'\w(]", text, re.M):
        return None
    return Problem(
        "python-2",
        "This cell is written for Python 2 (a `print` without parentheses).",
        "Python 3 cannot run it, so nothing after it can be proven.",
        "Write `print(…)` with parentheses and run the notebook with a Python 3 kernel.",
    )
