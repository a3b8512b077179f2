"""台账: every order this station knows, found by any piece of it."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.register.drawers import Drawers
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.view import RegisterView
from county_hotline.ui.screens.register.work import DeskRegister
from county_hotline.ui.screens.register.work_many import DeskMany
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = RegisterView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.drawers = Drawers(view, shell, DeskMany(services.desk), runner)
    view.presenter = RegisterPresenter(view, DeskRegister(services.desk), runner, services.bulletin)
    return view
