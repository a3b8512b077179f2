"""F1: the manual's Markdown is read rightly, every link and picture of it leads somewhere, and it is all there by keyboard."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import cast

import pytest

from county_hotline.ui.pages import PAGES
from county_hotline.ui.screens.manual.library import FIRST, TOPICS, Library, folder
from county_hotline.ui.screens.manual.markdown import Kind, Span, anchor, parse, plain
from county_hotline.ui.screens.manual.reading import Reading
from county_hotline.ui.screens.manual.view import ManualView
from tests.support.keys import press
from tests.support.windows import a_window

PAGE = """# 题目

一段话，**要紧**的和 `代码`，见[待办](today.md)。
接着的一行。

1. 第一步
   接着说
2. 第二步 ![图](pictures/a.png)

| 键 | 到哪里 |
|---|---|
| F2 | [登记](#登记f2) |

```
$ county-hotline
```
> 引用
"""
LIBRARY = Library(folder())


def test_every_kind_of_block_is_told_apart() -> None:
    blocks = parse(PAGE)

    assert [block.kind for block in blocks] == [
        Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ITEM, Kind.PICTURE, Kind.TABLE, Kind.CODE, Kind.QUOTE,
    ]  # fmt: skip
    assert blocks[1].spans == (
        Span("一段话，"), Span("要紧", bold=True), Span("的和 "), Span("代码", code=True), Span("，见"), Span("待办", link="today.md"),
        Span("。接着的一行。"),
    )  # fmt: skip
    assert (blocks[2].marker, blocks[2].words) == ("1.", "第一步接着说")
    assert blocks[4].target == "pictures/a.png"
    assert [[plain(cell) for cell in row] for row in blocks[5].rows] == [["键", "到哪里"], ["F2", "登记"]]


@pytest.mark.parametrize(("heading", "made"), [("登记（F2）", "登记f2"), ("init 建站", "init-建站"), ("USB: a-b", "usb-a-b")])
def test_a_heading_is_linked_to_by_its_letters(heading: str, made: str) -> None:
    assert anchor(heading) == made


@pytest.mark.parametrize("leaf", LIBRARY.leaves, ids=lambda leaf: leaf.name)
def test_every_link_and_picture_of_the_manual_leads_somewhere(leaf: object) -> None:
    found = next(each for each in LIBRARY.leaves if each is leaf)
    cells = [cell for block in found.blocks for row in block.rows for cell in row]
    spans = [span for runs in (*(block.spans for block in found.blocks), *cells) for span in runs if span.link]
    inside = [span.link for span in spans if not span.link.startswith(("http", "../"))]

    assert [link for link in inside if LIBRARY.followed(found.name, link) is None] == []
    assert [
        block.target for block in found.blocks if block.kind is Kind.PICTURE and not (LIBRARY.folder / block.target).is_file()
    ] == []


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.name)
def test_every_page_of_the_window_is_told_of(spec: object) -> None:
    name, at = LIBRARY.about(next(each.name for each in PAGES if each is spec))
    leaf = LIBRARY.leaf(name)

    assert leaf is not None
    assert at < len(leaf.blocks)


@pytest.mark.parametrize("page", sorted(TOPICS))
def test_a_topic_names_a_heading_that_is_there(page: str) -> None:
    name, beginning = TOPICS[page]
    found, at = LIBRARY.about(page)

    assert found == name
    assert not beginning or LIBRARY.leaf(name) is None or at > 0


def test_a_search_finds_every_word_typed_and_says_where() -> None:
    hits = LIBRARY.hits("U 盘 导出")

    assert hits
    assert {hit.name for hit in hits} & {"parcel.md"}
    assert LIBRARY.hits("没有这样的话") == ()


def test_a_folder_without_a_manual_has_no_page_and_does_not_fail(tmp_path: Path) -> None:
    assert Library(tmp_path).leaves == ()
    assert Library(tmp_path).about("intake") == (FIRST, 0)


@pytest.mark.screen
def test_f1_opens_the_place_that_tells_of_this_page_and_esc_leads_back(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.go("register")
        opened.settle()
        press(opened.window.root.focus_get() or opened.window.root, "F1")
        opened.settle()
        assert opened.window._frame is not None
        view = cast("ManualView", opened.window._frame._pages["manual"])
        seen = view.presenter._here[0]

        press(view._reading.text, "Escape")
        opened.settle()

        assert seen == "register.md"
        assert opened.window._frame.in_front == "register"


@pytest.mark.screen
def test_f1_helps_before_anybody_has_signed_in(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        press(opened.window.root.focus_get() or opened.window.root, "F1")
        opened.settle()
        assert opened.window._help is not None

        opened.window.back()
        opened.settle()

        assert opened.window._help is None
        assert opened.window._sign_in is not None
        assert opened.window._sign_in.frame.winfo_ismapped()


@pytest.mark.screen
def test_links_are_followed_by_keyboard_and_led_back_from(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.go("manual", "unknown")
        opened.settle()
        assert opened.window._frame is not None
        view = cast("ManualView", opened.window._frame._pages["manual"])

        press(view._reading.text, "Tab", "Tab", "Tab", "Return")
        opened.settle()
        there = view.presenter._here[0]
        view.presenter.back()

        assert there == "intake.md", "the first link of the first page"
        assert view.presenter._here[0] == FIRST


@pytest.mark.screen
def test_every_page_is_drawn_whole_within_its_width(root: tk.Tk) -> None:
    reading = Reading(root, LIBRARY.folder, on_link=lambda _link: None)
    reading.pack(fill="both", expand=True)
    root.update()
    for leaf in LIBRARY.leaves:
        reading.show(leaf.blocks)
        root.update()
        shown = reading.text.get("1.0", "end")

        assert "|---" not in shown
        assert "](" not in shown
        assert reading.text.xview() == (0.0, 1.0), leaf.name
