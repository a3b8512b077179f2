"""总览: today at a glance, what is due, where and of what kind, the rates, and what the line did; and 大屏."""

from __future__ import annotations

import tkinter as tk

from county_hotline.background import Lane
from county_hotline.ui.screens.overview.presenter import OverviewPresenter
from county_hotline.ui.screens.overview.view import OverviewView
from county_hotline.ui.screens.overview.work import DeskOverview
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import TkLater, WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty. Charts are drawn on a lane of its own: neither the counter nor the screen waits for them."""
    services = shell.services
    drawing = Lane("drawing", services.answers)
    view = OverviewView(parent, shell, drawing)
    runner = WhileOpen(services.desk_lane, view.is_open)
    work = DeskOverview(services.desk)
    view.presenter = OverviewPresenter(view, work, runner, bulletin=services.bulletin, later=TkLater(view.frame))
    return view
