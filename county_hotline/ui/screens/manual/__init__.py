"""手册 (F1): the pages of the manual with their pictures, inside the window, for the page one comes from."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui.screens.manual.library import Library, folder
from county_hotline.ui.screens.manual.presenter import ManualPresenter
from county_hotline.ui.screens.manual.view import ManualView
from county_hotline.ui.shell import Page, Shell


def open_page(parent: tk.Misc, shell: Shell) -> Page:
    """The page, still empty."""
    library = Library(folder())
    view = ManualView(parent, shell, library.folder)
    view.presenter = ManualPresenter(view, library)
    return view
