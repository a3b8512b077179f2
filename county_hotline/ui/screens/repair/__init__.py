"""单独放着的记录: what the county centre holds apart, why, whether anything is lost, and what to do: 改写, 撤回, 再送, or nothing."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.repair.presenter import RepairPresenter
from county_hotline.ui.screens.repair.view import RepairView
from county_hotline.ui.screens.repair.work import DeskRepair
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services

    def make(view: RepairView) -> RepairPresenter:
        runner = WhileOpen(services.desk_lane, view.is_open)
        return RepairPresenter(view, DeskRepair(services.desk), runner, services.bulletin)

    return RepairView(parent, shell, make)
