"""`python -m county_hotline`: the same as the program."""

from county_hotline.cli import main

raise SystemExit(main())
