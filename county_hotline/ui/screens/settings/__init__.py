"""设置: what a person may choose here, what this station stands on, and the proof that its record adds up."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.settings.presenter import SettingsPresenter
from county_hotline.ui.screens.settings.view import SettingsView
from county_hotline.ui.screens.settings.work import DeskSettings
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.tk_runner import WhileOpen


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    services = shell.services
    view = SettingsView(parent, shell)
    runner = WhileOpen(services.desk_lane, view.is_open)
    view.presenter = SettingsPresenter(view, DeskSettings(services.desk, services.answers), runner, version=services.version)
    return view
