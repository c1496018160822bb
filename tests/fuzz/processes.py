"""Worker processes that share the tries: each has a Django and a database of its own, and tells the parent."""

import logging
import multiprocessing
import os
import queue
import time
import traceback

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.fuzz.readers import Readers  # noqa: E402 - only a Django that is set up can import them
from tests.fuzz.target import Target  # noqa: E402
from tests.fuzz.tries import Tally, say, try_numbers  # noqa: E402

PARTS = {"readers": Readers, "requests": Target}
CHUNK = 100  # tries between two words to the parent


def run(part, shares, options):
    """The Tally of all tries, each share of them in a process of its own."""
    context = multiprocessing.get_context("spawn")  # a fork would share the connection to the database
    told = context.Queue()
    workers = [
        context.Process(target=work, args=(part, share, options.seed, options.failures, told))
        for share in shares
    ]
    for worker in workers:
        worker.start()
    whole, running, said = Tally(), len(workers), time.monotonic()
    while running:
        try:
            found = told.get(timeout=10)
        except queue.Empty:
            # One that was killed, as for want of memory, says nothing more.
            if any(worker.exitcode for worker in workers):
                whole.faults["A process was ended from outside"] += 1
                break
            continue
        if isinstance(found, Tally):
            whole.add(found)
            if time.monotonic() - said > 60:
                said = time.monotonic()
                say(f"  {whole.count:,} {part}, {whole.faults.total()} faults so far")
        else:
            running -= 1
            if found:
                whole.faults[f"A process ended early: {found}"] += 1
    for worker in workers:
        worker.terminate() if running else worker.join()
    return whole


def work(part, numbers, seed, folder, told):
    logging.disable(logging.CRITICAL)
    try:
        with PARTS[part]() as ready:
            for start in range(0, len(numbers), CHUNK):
                told.put(try_numbers(ready, part, seed, numbers[start : start + CHUNK], folder))
        told.put("")
    except BaseException:
        told.put(traceback.format_exc())
        raise
