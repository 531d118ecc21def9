"""Files that are sent in parts."""

from __future__ import annotations

import os

import pytest

from cookhouse.errors import Conflict, Invalid, NotFound
from cookhouse.floor.messages import CreateUpload


@pytest.fixture
def upload(house):
    return house.uploads.create(CreateUpload(name="a b.csv", size=6), "me")


def test_parts_make_the_file(house, upload):
    assert house.uploads.receive(upload.id, 0, b"abc").received == 3
    assert house.uploads.receive(upload.id, 3, b"def").received == 6
    assert house.uploads.path(upload.id).read_bytes() == b"abcdef"


def test_a_part_that_is_sent_twice_counts_once(house, upload):
    house.uploads.receive(upload.id, 0, b"abc")
    assert house.uploads.receive(upload.id, 0, b"abc").received == 3


def test_a_gap_is_refused_and_says_where_to_go_on(house, upload):
    with pytest.raises(Conflict, match="up to byte 0") as raised:
        house.uploads.receive(upload.id, 3, b"def")
    assert raised.value.detail == {"received": 0}


def test_more_than_was_announced_is_refused(house, upload):
    with pytest.raises(Invalid, match="announced with 6 bytes"):
        house.uploads.receive(upload.id, 0, b"abcdefg")


def test_half_a_file_is_not_used(house, upload):
    house.uploads.receive(upload.id, 0, b"abc")
    with pytest.raises(Conflict, match="3 of 6 bytes"):
        house.uploads.path(upload.id)


@pytest.mark.parametrize("name", ["../a", "a/b", "a\\b", "a\x00b", "..", "a\nb"])
def test_a_name_is_no_path(house, name):
    with pytest.raises(Invalid):
        house.uploads.create(CreateUpload(name=name, size=1), "me")


def test_what_does_not_fit_on_the_disk_is_refused_at_once(house):
    with pytest.raises(Invalid, match="does not fit"):
        house.uploads.create(CreateUpload(name="a", size=1 << 60), "me")


@pytest.mark.parametrize("wanted", ["nothing", "..", "../jobs", "0" * 32])
def test_an_unknown_upload_is_said_to_be_none(house, wanted):
    with pytest.raises(NotFound):
        house.uploads.show(wanted)


def test_what_nobody_touched_for_a_week_is_swept(house, upload):
    house.uploads.sweep()
    assert house.uploads.show(upload.id).received == 0
    os.utime(house.workspace.uploads / upload.id / "data", (0, 0))
    house.uploads.sweep()
    with pytest.raises(NotFound):
        house.uploads.show(upload.id)
