"""Room for visitors: a process takes as many open files as it may have."""

from pathlib import Path

import pytest

from tests.server import Server

FEW = 512


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="only Linux tells a process's limits")
async def test_a_server_asks_for_more_open_files_than_it_was_given(sqlite_url: str, tmp_path: Path) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = Server(sqlite_url, tmp_path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, FEW), hard))
    try:
        await server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        assert server.open_files() > FEW
    finally:
        await server.stop()
