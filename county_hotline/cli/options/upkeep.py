"""Options of the commands for the county's lists, the records themselves, and the program."""

from __future__ import annotations

from typing import Final

from county_hotline.cli.options.words import OFFICER, Argument, Command, Flag, Option

REMARK_FIELDS: Final = ("text", "title", "source", "validity", "unit", "file", "other", "missing")
"""`domain.articles.RemarkField`, which is not loaded before the first paint."""

COMMANDS: Final = (
    Command(
        "duty-list",
        "county",
        "duties",
        (
            Option("import", metavar="FILE"),
            Flag("replace"),
            Flag("dry_run"),
            Option("export", metavar="FILE.xlsx"),
            Option("text", metavar="TEXT"),
            Option("category", metavar="CATEGORY"),
            Option("place", metavar="PLACE"),
            OFFICER,
        ),
    ),
    Command(
        "county",
        "county_lists",
        "county",
        (
            Argument("county_act", choices=("import", "export")),
            Argument("county_table", choices=("agencies", "categories", "places", "grids")),
            Argument("county_file"),
            Flag("take_right"),
            Flag("dry_run"),
            Option("sheet", metavar="SHEET"),
            OFFICER,
        ),
    ),
    Command(
        "packs",
        "county",
        "rule_packs",
        (
            Option("check", metavar="FILE.toml"),
            Option("preview", metavar="FILE.toml"),
            Option("take", metavar="FILE.toml"),
            OFFICER,
        ),
    ),
    Command(
        "knowledge",
        "knowledge",
        "knowledge_base",
        (
            Argument("knowledge_act", choices=("import", "export", "show", "ending", "print", "report", "reports")),
            Argument("what_of_knowledge", optional=True),
            Flag("dry_run"),
            Option("article", metavar="CODE", default=""),
            Option("about", choices=REMARK_FIELDS, default=REMARK_FIELDS[0]),
            OFFICER,
        ),
    ),
    Command("articles", "county", "articles", (Option("text", metavar="TEXT", default=""), OFFICER)),
    Command(
        "overview",
        "glance",
        "overview",
        (
            Option("span", choices=("today", "week", "month"), default="today"),
            Option("since", metavar="2026-11-01"),
            Option("until", metavar="2026-11-21"),
            Option("region", metavar="PLACE"),
            Option("agency", metavar="AGENCY"),
            OFFICER,
        ),
    ),
    Command(
        "handover",
        "glance",
        "handover",
        (Option("notes", metavar="TEXT"), Option("take_over", metavar="N", type=int), Flag("kept"), OFFICER),
    ),
    Command("verify", "upkeep", "verify"),
    Command("rebuild", "upkeep", "rebuild"),
    Command("new-life", "upkeep", "new_life"),
    Command("demo", "demo", "demo"),
    Command("try", "trying", "try_out", (Option("as", choices=("hall", "centre", "agency"), default="hall"), Flag("fresh"))),
    Command("run", "trying", "try_out", (Option("as", choices=("hall", "centre", "agency"), default="hall"), Flag("fresh"))),
    Command("train", "trying", "train", (Option("as", choices=("hall", "centre", "agency"), default="hall"), Flag("fresh"))),
    Command("window", "window", "window"),
    Command("version", "upkeep", "version"),
)
