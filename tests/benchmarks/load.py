"""Load for one address of a server on this machine: from wrk where it is installed, else from Python.

Python's client costs more than the site does: compare its figures with each other only, never with those of wrk.
"""

import http.client
import re
import shutil
import subprocess
import threading
import time

CONNECTIONS = 4


def requests_a_second(port, path, seconds, headers=()):
    """Answers a second, over connections that stay open. `headers` are pairs."""
    ask = _wrk if shutil.which("wrk") and seconds >= 1 else _python
    # One that is not done in time counts as just done, so that a ratio is one on a machine that has much to do.
    return max(ask(port, path, seconds, dict(headers)), 1 / seconds)


def tool():
    return "wrk" if shutil.which("wrk") else "Python's http.client"


def _wrk(port, path, seconds, headers):
    lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", *lines]
    found = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    )
    if refused := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", found.stdout):
        raise RuntimeError(f"{path}: {refused[0]}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found.stdout)[1])


def _python(port, path, seconds, headers):
    until, counts = time.monotonic() + seconds, []

    def ask():
        connection, count = http.client.HTTPConnection("127.0.0.1", port), 0
        while time.monotonic() < until:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                raise RuntimeError(f"{path}: {answer.status}")
            count += 1
        counts.append(count)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) < CONNECTIONS:
        raise RuntimeError(f"{path}: a request failed")
    return sum(counts) / seconds
