"""The command line: argparse reads the commands of `cli.options`, and speaks Chinese. What a command needs is imported when it runs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Final, NoReturn

from county_hotline.cli.options import founding, handling, line, taking, upkeep
from county_hotline.cli.options.words import Argument, Command, Flag, Option
from county_hotline.wording import say


class Misuse(Exception):
    """The command line cannot be understood; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


COMMANDS: Final = (*founding.COMMANDS, *line.COMMANDS, *taking.COMMANDS, *handling.COMMANDS, *upkeep.COMMANDS)
"""Every command, in the order of the help."""
_BY_NAME: Final = {command.name: command for command in COMMANDS}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The command asked for with its options. Raises Misuse; SystemExit(0) after help was shown."""
    parser = _Parser(prog="county-hotline", description=say("cli.about"), epilog=say("cli.epilog"))
    parser.set_defaults(command="window", module="window", function="window", home=None, json=False, explicit=False)
    _common(parser)
    parser.add_argument("--version", action="store_true", help=say("cli.option.version"))
    inner = parser.add_subparsers(title=say("cli.commands"), metavar="", parser_class=_Parser)
    for command in COMMANDS:
        one = inner.add_parser(command.name, help=say(f"cli.help.{command.name}"), description=say(f"cli.help.{command.name}"))
        _common(one, suppressed=True)
        _take(one, command)
        one.set_defaults(explicit=True, command=command.name, module=command.module, function=command.function)
    options = parser.parse_args(_arguments_first(list(arguments)))
    if options.version:
        vars(options).update(command="version", module="upkeep", function="version")
    return options


def _arguments_first(words: list[str]) -> list[str]:
    """argparse gives an argument that may be missing up at the first option: what stands without a name goes before what has one."""
    at = next((at for at, word in enumerate(words) if word in _BY_NAME and words[at - 1 : at] != ["--home"]), len(words))
    command = _BY_NAME.get(words[at]) if at < len(words) else None
    if command is None or "--" in words or not any(isinstance(each, Argument) and each.optional for each in command.takes):
        return words
    valued = {"--home", *(_dashed(each.name) for each in command.takes if isinstance(each, Option))}
    plain: list[str] = []
    named: list[str] = []
    rest = iter(words[at + 1 :])
    for word in rest:
        if not word.startswith("-") or word == "-":
            plain.append(word)
            continue
        named.append(word)
        if word in valued:
            named += [value for value in [next(rest, None)] if value is not None]
    return [*words[: at + 1], *plain, *named]


def _common(parser: argparse.ArgumentParser, *, suppressed: bool = False) -> None:
    """`--home` and `--json` may stand before or after the command."""
    default = {"default": argparse.SUPPRESS} if suppressed else {}
    parser.add_argument("--home", metavar="DIR", help=say("cli.option.home"), **default)  # type: ignore[arg-type]
    parser.add_argument("--json", action="store_true", help=say("cli.option.json"), **default)  # type: ignore[arg-type]
    parser.add_argument("-h", "--help", action="help", help=say("cli.option.help"))


def _take(parser: argparse.ArgumentParser, command: Command) -> None:
    """Everything a command takes; an empty group would have no help, so it is made with its first flag."""
    one_of: argparse._MutuallyExclusiveGroup | None = None
    for each in command.takes:
        words, name = say(f"cli.option.{each.name}"), each.name
        match each:
            case Argument():
                told, nargs = say(f"cli.argument.{name}"), "?" if each.optional else None
                parser.add_argument(name, metavar=told, help=words, nargs=nargs, choices=each.choices, default=each.default)
            case Flag(one_of=True):
                one_of = one_of or parser.add_mutually_exclusive_group()
                one_of.add_argument(_dashed(name), dest=name, help=words, action="store_true")
            case Flag():
                parser.add_argument(_dashed(name), dest=name, help=words, action="store_true")
            case Option():
                _take_option(parser, each, words)


def _take_option(parser: argparse.ArgumentParser, option: Option, words: str) -> None:
    flag, name, required = _dashed(option.name), option.name, option.required
    if option.many:
        parser.add_argument(flag, dest=name, help=words, metavar=option.metavar, action="append", default=[], required=required)
        return
    parser.add_argument(
        flag,
        dest=name,
        help=words,
        metavar=option.metavar,
        type=option.type or str,
        choices=option.choices,
        default=option.default,
        required=required,
    )


def _dashed(name: str) -> str:
    return "--" + name.replace("_", "-")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse's own
        super().add_usage(usage, actions, groups, say("cli.usage.prefix") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in Chinese, and leaves the exit to us."""

    def __init__(self, **how: object) -> None:
        how.setdefault("formatter_class", _Help)
        super().__init__(**{**how, "add_help": False, "allow_abbrev": False})  # type: ignore[arg-type]
        self._positionals.title = say("cli.arguments")
        self._optionals.title = say("cli.options")

    def error(self, message: str) -> NoReturn:
        raise Misuse(_in_chinese(message))


_SAID: Final = (
    (r"argument : invalid choice: '?(.*?)'? \(choose from .*\)", "cli.usage.command"),
    (r"the following arguments are required: (.*)", "cli.usage.required"),
    (r"unrecognized arguments: (.*)", "cli.usage.unknown"),
    (r"argument (?P<option>.*?): expected (?:one|at least one) arguments?", "cli.usage.no_value"),
    (r"argument (?P<option>.*?): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.*)\)", "cli.usage.choice"),
    (r"argument (?P<option>.*?): invalid \S+ value: '?(?P<value>.*?)'?", "cli.usage.value"),
    (r"argument (?P<option>.*?): not allowed with argument (?P<value>.*)", "cli.usage.together"),
    (r"one of the arguments (.*) is required", "cli.usage.required"),
)


def _in_chinese(message: str) -> str:
    for pattern, key in _SAID:
        found = re.fullmatch(pattern, message)
        if found:
            named = {"option": "", "value": "", "choices": "", **found.groupdict()}
            named["choices"] = named["choices"].replace("'", "").replace(", ", say("cli.comma"))
            said = found.group(1) if found.re.groups else ""
            return say(key, what=said, **{name: text or "" for name, text in named.items()})
    return say("cli.usage.other", what=message)
