"""Start the program."""

from county_hotline.cli import main

raise SystemExit(main())
