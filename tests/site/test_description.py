"""The site against its own description: generated requests, good and bad."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette

schemathesis = pytest.importorskip("schemathesis")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def schema(app: Starlette) -> Any:
    """The description, asked of the site itself."""
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers={"host": "localhost"})


def test_as_described(schema: Any) -> None:
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=checks, headers={"host": "localhost"})

        ask()
    assert asked > 300
