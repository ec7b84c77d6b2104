"""Archives that were made to do harm, or by machines that write names in their own way: read, never unpacked."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from secretariat.documents import archives
from secretariat.documents.archives import Archive, NotListed

LARGEST = 1_000_000


def packed(files: dict[str, bytes], how: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", how) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def read(content: bytes) -> Archive:
    return Archive(BytesIO(content), LARGEST)


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp1252", "cp437"])
def test_a_name_is_found_however_it_was_written(encoding: str) -> None:
    name = "Informe de la Reuni\u00f3n.txt"
    raw = name.encode(encoding)
    plain = "x" * len(raw)
    content = packed({plain: b"text"}).replace(plain.encode(), raw)
    found = read(content)
    with found.opened(found.find(name), LARGEST) as (file, size):
        assert (file.read(), size) == (b"text", 4)


def test_a_name_in_arabic_of_an_old_machine_is_found() -> None:
    name = "\u062a\u0642\u0631\u064a\u0631.txt"
    raw = name.encode("cp1256")
    found = read(packed({"x" * len(raw): b"text"}).replace(b"x" * len(raw), raw))
    assert found.find(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../out.txt", "leads out"), ("/etc/out.txt", "leads out"), ("a/../../out.txt", "leads out"),
        ("C:out.txt", "leads out"), ("..\\out.txt", "leads out"), ("inside.ZIP", "archive itself"),
        ("x" * 201, "very long"),
    ],
)  # fmt: skip
def test_what_is_not_looked_at_is_told(name: str, why: str) -> None:
    found = read(packed({name: b"x", "good.txt": b"y"}))
    assert list(found.names) == ["good.txt"]
    assert [why in str(said) for _name, said in found.left] == [True]


def test_what_machines_leave_is_passed_over() -> None:
    found = read(packed({"__MACOSX/._a.txt": b"x", "Thumbs.db": b"x", "b/.DS_Store": b"x", "a.txt": b"y"}))
    assert (list(found.names), found.left) == (["a.txt"], [])


def test_one_name_twice_is_taken_once() -> None:
    found = read(packed({"a.txt": b"first", "b.txt": b"second"}).replace(b"b.txt", b"a.txt"))
    assert len(found.left) == 1
    with found.opened(found.find("a.txt"), LARGEST) as (file, _size):
        assert file.read() == b"first"


def test_no_more_of_a_file_is_unpacked_than_may_be() -> None:
    found = read(packed({"large.txt": b"\0" * (3 * LARGEST)}))
    with found.opened(found.find("large.txt"), LARGEST) as (_file, size):
        assert LARGEST < size <= LARGEST + archives._PIECE


def test_sizes_are_added_up_before_anything_is_unpacked() -> None:
    with pytest.raises(NotListed, match="Unpacked"):
        read(packed({f"{one}.txt": b"\0" * LARGEST for one in range(archives.TIMES_UNPACKED + 1)}))


def test_a_file_that_says_a_smaller_size_than_it_has_is_damaged() -> None:
    content = packed({"a.txt": b"a" * 1000}, ZIP_STORED)
    lying = content.replace(struct.pack("<LL", 1000, 1000), struct.pack("<LL", 10, 10))
    found = read(lying)
    with pytest.raises(NotListed, match="damaged"), found.opened(found.find("a.txt"), LARGEST):
        pass


def test_so_many_files_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(NotListed, match="more than 2 files"):
        read(packed({f"{one}.txt": b"x" for one in range(3)}))


def test_a_list_of_files_that_would_fill_the_memory_is_not_read() -> None:
    """The end of the archive says how long the list is; nothing before it is looked at."""
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, 200_000_000, 0, 0)
    with pytest.raises(NotListed, match="more than"):
        read(b"PK\x03\x04" + end)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive at all", b"PK\x05\x06"])
def test_what_is_no_archive_is_told(content: bytes) -> None:
    with pytest.raises(NotListed, match="no ZIP archive"):
        read(content)
