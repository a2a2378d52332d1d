"""Bring the browser that the tests drive: ``python -m tests.browser_setup``.

That is Debian's Chromium, best without a window of its own: it takes less than half of the time. It is installed where
that may be done; where it may not, the command is named. This never fails: without a browser its tests are skipped,
with one line that says so.
"""

import os
import shutil
import subprocess
import sys

WINDOWLESS = "chromium-headless-shell"
CHROMIUM_NAMES = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome")
"""The first one that is there is driven."""
FONTS = "fonts-noto-core"
_INSTALL = ("install", "--yes", "--no-install-recommends", "--no-remove")
COMMAND = f"sudo apt-get install --no-install-recommends chromium {FONTS}"


def main() -> int:
    """Install, or say how."""
    may_install = os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None
    if shutil.which(WINDOWLESS):
        return 0
    if any(map(shutil.which, CHROMIUM_NAMES)):
        if may_install:  # Where that does not work, the one that is there will do.
            _apt_get("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=5", *_INSTALL, WINDOWLESS)
        return 0
    if not may_install:
        print(f"The browser tests need Chromium: {COMMAND}")
        return 0
    print("Installing Chromium for the browser tests (once) ...")
    trouble = _apt_get("update") or _apt_get(*_INSTALL, WINDOWLESS, FONTS)
    if trouble and (trouble := _apt_get(*_INSTALL, "chromium", FONTS)):  # Older systems have only this one.
        print(f"Chromium could not be installed; the browser tests are skipped. Try: {COMMAND}")
        print(trouble)
    return 0


def _apt_get(*arguments: str) -> str:
    """Run it; "" when that went well, else the last line that it had to say."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-qq", *arguments], env=quiet, capture_output=True, text=True, check=False)
    return (done.stderr.strip().rpartition("\n")[2] or "it failed") if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main())
