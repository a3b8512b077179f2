"""The commands and their options, as data; argparse reads them, and speaks Chinese. What a command needs is imported when it runs."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from county_hotline.wording import say

Add = Callable[..., None]


class Misuse(Exception):
    """The command line cannot be understood; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `module.function` below `cli` does it, `options` declares what it takes. Help is `cli.help.<name>`."""

    name: str
    module: str
    function: str
    options: Callable[[Add], None] = lambda add: None


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
        command.options(_adder(one))
        one.set_defaults(explicit=True, command=command.name, module=command.module, function=command.function)
    options = parser.parse_args(list(arguments))
    if options.version:
        vars(options).update(command="version", module="upkeep", function="version")
    return options


def _common(parser: argparse.ArgumentParser, *, suppressed: bool = False) -> None:
    """`--home` and `--json` may stand before or after the command."""
    default = {"default": argparse.SUPPRESS} if suppressed else {}
    parser.add_argument("--home", metavar="DIR", help=say("cli.option.home"), **default)  # type: ignore[arg-type]
    parser.add_argument("--json", action="store_true", help=say("cli.option.json"), **default)  # type: ignore[arg-type]
    parser.add_argument("-h", "--help", action="help", help=say("cli.option.help"))


def _adder(parser: argparse.ArgumentParser) -> Add:
    groups: list[argparse._MutuallyExclusiveGroup] = []

    def add(name: str, **how: object) -> None:
        """One option or, with `positional`, one argument; its help is `cli.option.<name>`. Of those with `one_of` at most one is given."""
        words = say(f"cli.option.{name}")
        if how.pop("one_of", False):
            if not groups:  # an empty group has no help
                groups.append(parser.add_mutually_exclusive_group())
            groups[0].add_argument("--" + name.replace("_", "-"), dest=name, help=words, **how)  # type: ignore[arg-type]
        elif how.pop("positional", False):
            parser.add_argument(name, metavar=say(f"cli.argument.{name}"), help=words, **how)  # type: ignore[arg-type]
        else:
            parser.add_argument("--" + name.replace("_", "-"), dest=name, help=words, **how)  # type: ignore[arg-type]

    return add


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


# ---------------------------------------------------------------- the commands


def _station(add: Add) -> None:
    add("station", metavar="03")
    add("role", choices=("hall", "centre", "agency", "relay"))
    add("unit", metavar="UNIT")
    add("name", metavar="NAME")
    add("desk", metavar="DESK")
    add("phone", metavar="PHONE")


def _init(add: Add) -> None:
    add("station", metavar="03")
    add("role", choices=("hall", "centre", "agency", "hub"), default="hall")
    add("unit", metavar="UNIT")
    add("name", metavar="NAME")
    add("desk", metavar="DESK")
    add("phone", metavar="PHONE")
    add("county", metavar="sample|DIR", default="sample")
    add("password", metavar="PASSWORD")


def _hub(add: Add) -> None:
    add(
        "action",
        positional=True,
        nargs="?",
        choices=("serve", "join", "sync", "recheck", "restored", "rescue"),
        default="serve",
    )
    add("url", positional=True, nargs="?")
    add("code", positional=True, nargs="?")
    add("hub_id", metavar="ID")
    add("same_hub", action="store_true")
    add("yes", action="store_true")
    add("host", metavar="HOST", default="127.0.0.1")
    add("port", metavar="PORT", type=int, default=8480)
    add("county", metavar="sample|DIR", default="sample")
    add("tls_certificate", metavar="FILE")
    add("tls_key", metavar="FILE")
    add("put_back", metavar="TIME")
    add("station", metavar="03")
    add("hours", metavar="N", type=int, default=24)


def _enrol(add: Add) -> None:
    _station(add)
    add("hours", metavar="N", type=int, default=24)
    add("replaces", action="store_true")
    _way_in(add)


def _way_in(add: Add) -> None:
    add("hub", metavar="URL")
    add("hub_id", metavar="ID")
    add("code", metavar="CODE")
    add("password", metavar="PASSWORD")


def _takeover(add: Add) -> None:
    add("url", positional=True)
    add("code", positional=True)
    add("hub_id", metavar="ID")
    add("password", metavar="PASSWORD")


def _join(add: Add) -> None:
    _way_in(add)
    add("same_hub", action="store_true")
    add("yes", action="store_true")


def _officer(add: Add) -> None:
    add("officer", metavar="BADGE")


def _sync(add: Add) -> None:
    add("keep_ours", one_of=True, action="store_true")
    add("take_theirs", one_of=True, action="store_true")
    add("yes", action="store_true")
    _officer(add)


def _register(add: Add) -> None:
    add("from_json", metavar="FILE|-", required=True)
    add("no_slip", action="store_true")
    add("paper", choices=("a5", "80mm"))
    _officer(add)


def _answer(add: Add) -> None:
    add("from_json", metavar="FILE|-", required=True)
    add("answer", metavar="TEXT", required=True)
    add("article", metavar="CODE", default="")
    add("content", choices=("yes", "no"))
    _officer(add)


def _tell_path(add: Add) -> None:
    add("from_json", metavar="FILE|-", required=True)
    add("path_code", metavar="03", required=True)
    add("words", metavar="TEXT", default="")
    add("path", metavar="TEXT", default="")
    add("basis", metavar="TEXT", default="")
    add("handed_to", metavar="UNIT", default="")
    add("signed", choices=("yes", "no"))
    _officer(add)


def _transfer(add: Add) -> None:
    add("line", choices=("110", "119", "120", "122"), required=True)
    add("result", choices=("taken", "both", "not_theirs", "no_answer"), required=True)
    add("from_json", metavar="FILE|-")
    add("handed_at", metavar="TIME")
    add("taker", metavar="TEXT", default="")
    add("three_party", action="store_true")
    add("participants", metavar="TEXT", default="")
    add("words", metavar="TEXT", default="")
    _officer(add)


def _inbox(add: Add) -> None:
    add("add", metavar="FILE")
    add("text", metavar="TEXT")
    add("channel", metavar="CHANNEL")
    add("map", metavar="COLUMN=FIELD", action="append", default=[])
    add("sheet", metavar="SHEET")
    add("encoding", metavar="utf-8|gb18030")
    add("register", metavar="N", type=int)
    add("set", metavar="FIELD=VALUE", action="append", default=[])
    add("drop", metavar="N", type=int)
    add("reason", metavar="TEXT")
    _officer(add)


def _duty_list(add: Add) -> None:
    add("import", metavar="FILE")
    add("replace", action="store_true")
    add("dry_run", action="store_true")
    add("export", metavar="FILE.xlsx")
    add("text", metavar="TEXT")
    add("category", metavar="CATEGORY")
    add("place", metavar="PLACE")
    _officer(add)


def _packs(add: Add) -> None:
    add("check", metavar="FILE.toml")
    add("preview", metavar="FILE.toml")
    add("take", metavar="FILE.toml")
    _officer(add)


def _articles(add: Add) -> None:
    add("text", metavar="TEXT", default="")
    _officer(add)


def _number(add: Add) -> None:
    add("number", positional=True)


def _show(add: Add) -> None:
    _number(add)
    add("reason", metavar="TEXT")
    _officer(add)


def _list(add: Add) -> None:
    add("text", metavar="TEXT", default="")
    add("stage", metavar="STAGE", action="append", default=[])
    add("since", metavar="2026-11-01")
    add("until", metavar="2026-11-30")
    add("category", metavar="CATEGORY")
    add("agency", metavar="UNIT")
    add("waiting", action="store_true")
    add("clashes", action="store_true")
    add("overdue", action="store_true")
    add("by_due", action="store_true")
    add("limit", metavar="N", type=int, default=50)
    add("after", metavar="KEY")


def _dispatch(add: Add) -> None:
    _number(add)
    add("to", metavar="UNIT", required=True)
    add("as_role", choices=("lead", "helper", "fallback"), default="lead")
    add("due", metavar="2026-11-28")
    add("advice", metavar="TEXT", default="")
    add("reason", metavar="TEXT", default="")
    add("basis", metavar="TEXT", default="")
    _officer(add)


def _sign_for(add: Add) -> None:
    _number(add)
    _officer(add)


def _reply(add: Add) -> None:
    _number(add)
    add("text", metavar="TEXT", required=True)
    add("public", metavar="TEXT", default="")
    add("solved", choices=("yes", "no"))
    _officer(add)


def _finish(add: Add) -> None:
    _number(add)
    add("outcome", choices=("solved", "explained", "unsolved"), default="solved")
    add("opinion", metavar="TEXT", default="")
    _officer(add)


def _acts(add: Add) -> None:
    _number(add)
    add("all", action="store_true")
    _officer(add)


def _settle(add: Add) -> None:
    _number(add)
    add("ours", action="store_true", one_of=True)
    add("theirs", action="store_true", one_of=True)
    add("field", metavar="FIELD=ours|theirs|VALUE", action="append", default=[])
    add("centre", action="store_true")
    add("reason", metavar="TEXT")
    _officer(add)


def _clash(add: Add) -> None:
    _number(add)
    _officer(add)


def _act(add: Add) -> None:
    _number(add)
    add("act", positional=True)
    add("set", metavar="FIELD=VALUE", action="append", default=[])
    _officer(add)


def _correct(add: Add) -> None:
    _number(add)
    add("reason", metavar="TEXT", required=True)
    add("set", metavar="FIELD=VALUE", action="append", required=True)
    _officer(add)


def _note(add: Add) -> None:
    _number(add)
    add("text", metavar="TEXT", required=True)
    _officer(add)


def _attach(add: Add) -> None:
    _number(add)
    add("file", positional=True)
    add("personal", choices=("yes", "no"))
    add("keep_place", action="store_true")
    add("way", choices=("line", "good", "parcel"))
    _officer(add)


def _files(add: Add) -> None:
    _number(add)
    add("which", positional=True, nargs="?")
    add("fetch", action="store_true")
    add("way", choices=("line", "good", "parcel"))
    _officer(add)


def _file_save(add: Add) -> None:
    _number(add)
    add("which", positional=True)
    add("target", positional=True)
    add("reason", metavar="TEXT")
    _officer(add)


def _print(add: Add) -> None:
    _number(add)
    add("paper", choices=("a5", "80mm"))
    _officer(add)


def _import(add: Add) -> None:
    add("file", positional=True)
    add("map", metavar="COLUMN=FIELD", action="append", default=[])
    add("mapping", metavar="FILE.toml")
    add("sheet", metavar="SHEET")
    add("encoding", metavar="utf-8|gb18030")
    add("header_row", metavar="N", type=int, default=1)
    add("place", metavar="PLACE")
    add("channel", metavar="CHANNEL")
    add("limit", metavar="N", type=int)
    add("dry_run", action="store_true")
    add("yes", action="store_true")
    _officer(add)


def _account(add: Add) -> None:
    add("badge", metavar="0301")
    add("name", metavar="NAME")
    add("roles", metavar="clerk,leader")
    add("password", metavar="PASSWORD")


def _try(add: Add) -> None:
    add("as", choices=("hall", "centre", "agency"), default="hall")
    add("fresh", action="store_true")


def _parcel(add: Add) -> None:
    add("parcel_act", positional=True, choices=("export", "import", "inspect", "list", "folders"))
    add("path_of_parcel", positional=True, nargs="?")
    add("for", metavar="370323-03")
    add("answer_to", metavar="DIR")
    add("as_folder", action="store_true")
    add("out_folder", metavar="DIR|-")
    add("in_folder", metavar="DIR|-")
    _officer(add)


def _rounds(add: Add) -> None:
    add("limit", metavar="N", type=int, default=20)


def _repair(add: Add) -> None:
    add("record", positional=True)
    add("mend", positional=True, choices=("withdraw", "rewrite", "resend"))
    add("why", metavar="TEXT", default="")
    add("set", metavar="FIELD=VALUE", action="append", default=[])
    _officer(add)


COMMANDS: Final = (
    Command("init", "founding", "init", _init),
    Command("hub", "hub", "hub", _hub),
    Command("enrol", "founding", "enrol", _enrol),
    Command("join", "founding", "join", _join),
    Command("takeover", "restoring", "takeover", _takeover),
    Command("sync", "line", "sync", _sync),
    Command("rounds", "line", "rounds", _rounds),
    Command("prove", "repairing", "prove"),
    Command("held", "repairing", "held"),
    Command("repair", "repairing", "repair", _repair),
    Command("parcel", "parcel", "parcel", _parcel),
    Command("register", "taking", "register", _register),
    Command("answer", "taking", "answer", _answer),
    Command("tell-path", "taking", "tell_path", _tell_path),
    Command("transfer", "taking", "transfer", _transfer),
    Command("inbox", "inbox", "messages", _inbox),
    Command("import", "bringing_in", "bring_in", _import),
    Command("show", "looking", "show", _show),
    Command("list", "looking", "register", _list),
    Command("dispatch", "handling", "dispatch", _dispatch),
    Command("sign-for", "handling", "sign_for", _sign_for),
    Command("reply", "handling", "reply", _reply),
    Command("finish", "handling", "finish", _finish),
    Command("acts", "acting", "acts_of", _acts),
    Command("act", "acting", "act", _act),
    Command("clashes", "clashes", "clashes_of", _officer),
    Command("clash", "clashes", "clash", _clash),
    Command("settle", "clashes", "settle", _settle),
    Command("correct", "handling", "correct", _correct),
    Command("note", "handling", "note", _note),
    Command("attach", "files", "attach", _attach),
    Command("files", "files", "files", _files),
    Command("file-save", "files", "file_save", _file_save),
    Command("print", "handling", "print_slip", _print),
    Command("duty-list", "county", "duties", _duty_list),
    Command("packs", "county", "rule_packs", _packs),
    Command("articles", "county", "articles", _articles),
    Command("verify", "upkeep", "verify"),
    Command("rebuild", "upkeep", "rebuild"),
    Command("new-life", "upkeep", "new_life"),
    Command("lost-above", "restoring", "lost_above"),
    Command("stations", "founding", "stations"),
    Command("account", "founding", "account", _account),
    Command("demo", "demo", "demo"),
    Command("try", "trying", "try_out", _try),
    Command("run", "trying", "try_out", _try),
    Command("window", "window", "window"),
    Command("version", "upkeep", "version"),
)
"""Every command, in the order of the help."""
