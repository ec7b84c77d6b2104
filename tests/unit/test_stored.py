"""What the embedded database holds as text is read as it was written."""

import json
from uuid import uuid4

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from secretariat.core.stored import Key, read_json


@pytest.mark.parametrize("value", [None, [], {"a": [1, "ü", None]}, "words", 1.5], ids=repr)
def test_json_is_read_as_it_was_written(value: object) -> None:
    assert read_json(json.dumps(value)) == value
    assert read_json(f" {json.dumps(value)}\n") == value


def test_what_is_no_json_is_refused() -> None:
    for broken in ("", "{", "[] and more"):
        with pytest.raises(json.JSONDecodeError):
            read_json(broken)


def test_a_key_is_read_as_a_key_and_nothing_as_nothing() -> None:
    key, read = uuid4(), Key().result_processor(sqlite.dialect(), None)
    assert read is not None
    assert read(key.hex) == key
    assert read(None) is None
    assert Key().result_processor(postgresql.dialect(), None) is None
