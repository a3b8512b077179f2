"""The system's own windows for a table that comes from Excel, or goes there."""

from __future__ import annotations

import tkinter as tk
from tkinter import filedialog

from county_hotline.wording import say


def ask_for_table(parent: tk.Misc, title: str) -> str:
    """The file that a person names; empty where none."""
    types = [(say("duties.workbook"), "*.xlsx *.csv"), (say("duties.any_file"), "*")]
    return str(filedialog.askopenfilename(parent=parent.winfo_toplevel(), title=title, filetypes=types) or "")


def ask_where_to(parent: tk.Misc, title: str, name: str) -> str:
    """Where the workbook called so is to lie; empty where that was left."""
    initial = say("duties.file_name", list=name)
    file = filedialog.asksaveasfilename(
        parent=parent.winfo_toplevel(), title=title, defaultextension=".xlsx", initialfile=initial
    )
    return str(file or "")
