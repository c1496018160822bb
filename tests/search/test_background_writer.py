"""Background writer: one thread writes what several modules count, and a forked process counts anew."""

import pytest

from drugs.search import background_writer, unanswered
from drugs.web import read_counts


@pytest.fixture
def jobs(monkeypatch):
    """The registered jobs and the thread, both put back after the test."""
    flushes, counts = list(background_writer._flushes), list(background_writer._counts)
    for name, value in {
        "_flushes": [],
        "_counts": [],
        "_thread": None,
        "_lock": background_writer._lock,
    }.items():
        monkeypatch.setattr(background_writer, name, value)
    return flushes, counts


def test_what_is_counted_here_is_written_by_the_one_thread(jobs):
    flushes, counts = jobs
    assert flushes == [unanswered.flush, read_counts.flush]
    expected = [unanswered._counts, read_counts._counts, read_counts._searches]
    assert [id(counted) for counted in counts] == [id(counted) for counted in expected]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_thread_starts_when_needed_and_writes_repeatedly(jobs, settings, monkeypatch):
    first, second, closed = [], [], []

    def write_first():
        first.append(True)
        if len(first) == 2:
            raise SystemExit
        return 1

    background_writer.register(write_first)
    background_writer.register(lambda: second.append(True) or 1)
    monkeypatch.setattr(background_writer.connections, "close_all", lambda: closed.append(True))
    background_writer.start()
    assert background_writer._thread is None  # the settings of the tests want none
    settings.UNANSWERED_SECONDS = 0.001
    background_writer.start()
    assert background_writer._thread.daemon
    background_writer._thread.join(5)
    assert not background_writer._thread.is_alive()
    assert len(first) == len(closed) == 2 and len(second) == 1


def test_a_fork_starts_with_empty_counts_and_a_free_lock(jobs):
    counted, others = {"whisperol": 1}, {"examplol": 2}
    background_writer.register(int, counted)
    background_writer.register(int, others)
    with background_writer.locked():
        background_writer._reset_after_fork()
        with background_writer.locked():
            counted["zentapeen"] = 1
    assert counted == {"zentapeen": 1} and others == {}


def test_reading_and_searching_start_the_thread(jobs, settings, monkeypatch):
    started = []
    monkeypatch.setattr(background_writer, "start", lambda: started.append(True))
    monkeypatch.setattr(unanswered, "_counts", {})
    unanswered.count("whisperol", [])
    read_counts.count_search("examplol")
    assert len(started) == 2
