"""What the embedded database holds as text is read as it was written."""

import copy
import json
import pickle
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from secretariat.core.localtext import LocalText, LocalTextColumn
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


def test_a_key_that_was_read_is_like_every_other() -> None:
    key = uuid4()
    read: Any = Key().result_processor(sqlite.dialect(), None)
    found = read(key.hex)
    assert (found, str(found), repr(found), hash(found), f"{found}") == (key, str(key), repr(key), hash(key), str(key))
    assert {key: 1}[found] == {found: 1}[key] == 1
    assert sorted([found, UUID(int=1)]) == [UUID(int=1), key]
    for again in (copy.deepcopy(found), copy.copy(found), pickle.loads(pickle.dumps(found))):
        assert (again, str(again)) == (key, str(key))
    assert Key().bind_processor(sqlite.dialect())(found) == Key().bind_processor(sqlite.dialect())(key)  # type: ignore[misc]


@pytest.mark.parametrize("text", [LocalText.of("Options"), LocalText({"en": "a", "ar": "ب", "es": ""}, "ar")], ids=str)
def test_words_in_languages_are_read_as_they_were_written(text: LocalText) -> None:
    column, dialect = LocalTextColumn(), sqlite.dialect(json_deserializer=read_json)
    write, read = column.bind_processor(dialect), column.result_processor(dialect, None)
    assert write is not None
    found = read(write(text))
    assert (found, hash(found), str(found), bool(found)) == (text, hash(text), str(text), True)
    assert found.to_json() == text.to_json()
    with pytest.raises(TypeError):
        found.texts["en"] = "changed"
    assert read(None) is None
    assert read(write(None)) is None
    assert not read(write(LocalText({}, "en")))
