"""来件: messages of mailboxes, radio and grid workers, reviewed by a person before any becomes an order."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.incoming.presenter import IncomingPresenter
from county_hotline.ui.screens.incoming.view import IncomingView
from county_hotline.ui.screens.incoming.work import DeskIncoming
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services

    def make(view: IncomingView) -> IncomingPresenter:
        runner = WhileOpen(services.desk_lane, view.is_open)
        return IncomingPresenter(view, DeskIncoming(services.desk), runner, services.bulletin)

    return IncomingView(parent, shell, make)
