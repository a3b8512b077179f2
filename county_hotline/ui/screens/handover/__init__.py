"""交接班: what the next shift must know, seen as it will be printed; handed over, and taken over."""

from __future__ import annotations

import tkinter as tk

from county_hotline.background import Lane
from county_hotline.ui.screens.handover.presenter import HandoverPresenter
from county_hotline.ui.screens.handover.view import HandoverView
from county_hotline.ui.screens.handover.work import DeskHandover
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import TkLater, WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty. The preview is drawn on a lane of its own."""
    services = shell.services
    drawing = Lane("preview", services.answers)
    view = HandoverView(parent, shell, drawing)
    runner, drawer = WhileOpen(services.desk_lane, view.is_open), WhileOpen(drawing, view.is_open)
    view.presenter = HandoverPresenter(view, DeskHandover(services.desk), runner, drawer=drawer, later=TkLater(view.frame))
    return view
