"""``python -m bot.cli`` does what ``handraiser`` does."""

import sys

from bot.cli.program import main

sys.exit(main())
