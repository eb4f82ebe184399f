"""A store of the project's sample, built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from duixian.store import Generation, build, open_store

OFFICIAL = (
    """澜州省2023年国民经济和社会发展统计公报

澜州省统计局

2024年3月1日

2023年，面对复杂严峻的形势，全省经济稳定恢复。初步核算，全年全省生产总值比上年增长5.6%。全年居民消费价格比上年上涨0.8%。
"""
    + "全省各项社会事业取得新进步，人民生活水平不断提高，生态环境持续改善。\n" * 20
)


@pytest.fixture(scope="session")
def store_path(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settling")
    (folder / "official").mkdir()
    (folder / "official" / "2023.txt").write_text(OFFICIAL, encoding="utf-8")
    build([samples, folder / "official"], folder / "s.store", workers=1)
    return folder / "s.store"


@pytest.fixture(scope="session")
def store(store_path: Path) -> Iterator[Generation]:
    with open_store(store_path) as opened:
        yield opened
