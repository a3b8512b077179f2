"""找命令 (Ctrl+K): whatever the window, the page in front and the settings can do, found by typing."""
