"""Nothing that a person can set, call or press is undocumented."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cookhouse import app, cli

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"


def text(*names: str) -> str:
    return "\n".join((DOCS / name).read_text("utf-8") for name in names)


def settings_of_the_lab() -> list[str]:
    schemas = [json.loads(path.read_text("utf-8")) for path in (ROOT / "schema").glob("*.json")]
    return [name for schema in schemas for name in schema.get("properties", {})]


def commands() -> set[str]:
    sources = [*(ROOT / "src").rglob("*.ts"), *(ROOT / "src").rglob("*.tsx")]
    shipped = [path for path in sources if "__tests__" not in path.parts]
    words = "\n".join(path.read_text("utf-8") for path in shipped)
    return set(re.findall(r"'(cookhouse:[a-z]+-[a-z-]+)'", words))


def options(
    parser: argparse.ArgumentParser, prefix: str = "cookhouse"
) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from options(below, f"{prefix} {name}")
        else:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    yield prefix, option


def test_every_setting_of_the_server_is_documented() -> None:
    words = text("operators/settings.md")
    traits = app.Cookhouse.class_own_traits(config=True)
    missing = [name for name in traits if f"`Cookhouse.{name}`" not in words]
    assert traits
    assert not missing


def test_every_setting_of_the_lab_is_documented() -> None:
    words = text("users/settings.md")
    assert not [name for name in settings_of_the_lab() if f"`{name}`" not in words]


@pytest.mark.parametrize("table", app.tables())
def test_every_route_is_documented(table: app.Routes) -> None:
    words = text("developers/rest.md")
    missing = [f"{r.method} {r.path}" for r in table if f"`{r.method} {r.path}`" not in words]
    assert not missing


def test_every_command_is_documented() -> None:
    words = text("users/commands.md")
    found = commands()
    assert len(found) > 10
    assert not sorted(name for name in found if f"`{name}`" not in words)


def test_every_option_of_the_command_line_is_documented() -> None:
    words = text("users/command-line.md")
    found = list(options(cli.parser()))
    assert found
    missing = {(command, option) for command, option in found if f"`{option}" not in words}
    assert not missing
    assert not {command for command, _ in found if f"`{command}" not in words}
