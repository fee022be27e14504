"""The timeline only grows: no line is changed or removed, by whatever program or hand."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

pytestmark = pytest.mark.servers


@pytest.mark.parametrize(
    "change", ["UPDATE timeline SET summary = ''", "DELETE FROM timeline", "TRUNCATE timeline"]
)
async def test_no_line_is_changed_or_removed(county, change):
    incident = await county.reported()
    before = await county.get("officer", f"/incidents/{incident}/timeline")
    with pytest.raises(DBAPIError, match="append-only"):
        async with county.database.begin(county.clock.now(), cause="test") as unit:
            await unit.connection.execute(text(change))
    assert await county.get("officer", f"/incidents/{incident}/timeline") == before
    assert before
