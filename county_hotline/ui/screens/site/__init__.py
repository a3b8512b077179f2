"""现场: calls to the spot, who came, what was found, who does what."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.site.presenter import SitePresenter
from county_hotline.ui.screens.site.view import SiteView
from county_hotline.ui.screens.site.work import DeskSite
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = SiteView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = SitePresenter(view, DeskSite(services.desk), runner, services.bulletin)
    return view
