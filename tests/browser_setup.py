"""Bring the browser that the tests drive: ``python -m tests.browser_setup``.

Installs Debian's Chromium where that may be done, names the command where it may not, and never fails: without a
browser its tests are skipped, with one line that says so.
"""

import os
import shutil
import subprocess
import sys

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-core")
COMMAND = f"sudo apt-get install --no-install-recommends {' '.join(PACKAGES)}"


def main() -> int:
    """Install, or say how."""
    if any(map(shutil.which, CHROMIUM_NAMES)):
        return 0
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"The browser tests need Chromium: {COMMAND}")
        return 0
    print("Installing Chromium for the browser tests (once) ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(["apt-get", "-qq", *command], env=quiet, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"Chromium could not be installed; the browser tests are skipped. Try: {COMMAND}")
            print(done.stderr.strip().rpartition("\n")[2])
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
