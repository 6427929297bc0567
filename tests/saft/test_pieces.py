"""The small parts: series in any order, keys beyond memory, encodings watched piece by piece."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fatturakit.saft.encoding import Watch
from fatturakit.saft.keys import Keys
from fatturakit.saft.series import Series


@given(st.lists(st.integers(1, 60), max_size=80))
def test_runs_are_what_a_set_would_say(numbers: list[int]) -> None:
    series: Series[int] = Series()
    seen: set[int] = set()
    for number in numbers:
        found = series.add(number, number)
        assert found.fresh == (number not in seen)
        if found.fresh:
            below = max((other for other in seen if other < number), default=None)
            above = min((other for other in seen if other > number), default=None)
            assert (found.below, found.above) == (below, above)
            assert (found.follows, found.precedes) == (below == number - 1, above == number + 1)
        seen.add(number)
    inside = {number for run in series.runs for number in range(run.low, run.high + 1)}
    assert inside == seen
    assert all(one.high + 1 < other.low for one, other in zip(series.runs, series.runs[1:], strict=False))


def test_a_shuffled_series_ends_as_one_run() -> None:
    numbers = list(range(1, 2001))
    random.Random(7).shuffle(numbers)
    series: Series[int] = Series()
    for number in numbers:
        series.add(number, number)
    assert [(run.low, run.high, run.first, run.last) for run in series.runs] == [(1, 2000, 1, 2000)]


@pytest.mark.parametrize("most", [1, 3, 1000])
def test_keys_are_the_same_in_memory_and_beyond(most: int) -> None:
    keys = Keys(most)
    assert not keys
    assert [keys.add(f"k{number % 10}", number) for number in range(20)] == [True] * 10 + [False] * 10
    assert [keys.get(f"k{number}") for number in range(10)] == list(range(10))
    assert keys
    assert "k3" in keys
    assert "k99" not in keys


def first_bad(data: bytes) -> int | None:
    """Where decoding stops; a letter cut off at the end may yet be completed (half a surrogate is found with its end)."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        half = data[error.start] == 0xED and error.start == len(data) - 2 and 0x80 <= data[-1] <= 0xBF
        return None if half or "unexpected end" in error.reason else error.start
    return None


@given(st.binary(max_size=60), st.integers(1, 7))
@example(b"\xe1\x80\x80\xed\xa0", 1)
def test_the_watch_says_what_decoding_the_whole_would(data: bytes, step: int) -> None:
    watch = Watch()
    for place in range(0, len(data), step):
        assert watch.seen(data[place : place + step]) == data[place : place + step]
    assert watch.foreign == (not data.isascii())
    assert watch.bad == first_bad(data)
    assert watch.total == len(data)


def test_bytes_without_a_meaning_are_mended() -> None:
    watch = Watch(mend=True)
    assert watch.seen(b"abc") + watch.seen(b"\xe9\x81\x9d") == b"abc\xe9??"
    assert watch.undefined == (0x81, 4)
