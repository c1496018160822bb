"""The example files of nginx and gunicorn in deploy/ work as they are, but for names to change."""

import http.client
import json
import os
import signal
import socket
import ssl
import stat
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from drugs.http.security_headers import PERMISSIONS_POLICY
from drugs.import_export import tasks
from medinfo.start import ROOT
from tests.http.test_security_headers import EXPECTED
from tests.support.nginx import fetch, nginx, sign_in_files
from tests.support.site_templates import EXAMPLES
from tests.support.sites import wait_until

PAGE = "/drugs/ibuprofen/"


@pytest.fixture(scope="module")
def deployed(whole_sites, tmp_path_factory):
    """The example monographs behind gunicorn as its example file says."""
    folder = tmp_path_factory.mktemp("deployed")
    variables = {"MEDINFO_HTTPS": "on", "MEDINFO_PROXIES": "1", "MEDINFO_HOSTS": "medicines.example.org"}
    variables |= {"MEDINFO_BIND": f"unix:{folder}/gunicorn.sock", "WEB_CONCURRENCY": "2"}
    variables |= {"MEDINFO_REMOTE_USER_HEADER": "Remote-User", "MEDINFO_REMOTE_USER_PROXIES": "unix"}
    variables |= {"MEDINFO_REMOTE_GROUPS_HEADER": "Remote-Groups", "MEDINFO_REMOTE_OTP": "on"}
    (folder / "static").mkdir()
    with whole_sites.site(folder, EXAMPLES, **variables) as site:
        with open(folder / "gunicorn.log", "w") as log:
            server = site.start_python(
                "-m",
                "gunicorn",
                "--config",
                "deploy/gunicorn.conf.py",
                "medinfo.wsgi",
                stdout=log,
                stderr=log,
            )
        try:
            wait_until(lambda: ask(folder, PAGE).startswith("HTTP/1.1 200"))
            yield site
        finally:
            server.terminate()
        assert server.wait(40) == 0
    log = (folder / "gunicorn.log").read_text()
    assert all(json.loads(line)["time"] for line in log.splitlines()), log
    assert "ibuprofn" not in log and "127.0.0.1" not in log
    assert [line for line in map(json.loads, log.splitlines()) if line.get("path") == PAGE]


def ask(folder, path, header="X-Forwarded-Proto: https"):
    """The whole answer of gunicorn, asked without nginx; empty while it does not listen."""
    head = f"GET {path} HTTP/1.1\r\nHost: medicines.example.org\r\nConnection: close\r\n{header}\r\n\r\n"
    with closing(socket.socket(socket.AF_UNIX)) as client:
        try:
            client.connect(str(folder / "gunicorn.sock"))
        except OSError:
            return ""
        client.sendall(head.encode())
        return b"".join(iter(lambda: client.recv(65536), b"")).decode()


def test_a_header_that_gunicorn_would_stumble_over_means_nothing(deployed):
    """Whoever is on a local socket is believed by gunicorn; nginx drops such a header, another proxy may not."""
    answer = ask(deployed.folder, "/healthz/", "SCRIPT_NAME: //evil.example")
    assert answer.startswith("HTTP/1.1 200") and "evil" not in answer


def test_a_restart_refuses_nobody(whole_sites, tmp_path):
    """As the unit's socket makes it: whoever holds it is not the server, and what comes meanwhile waits."""
    with (
        whole_sites.site(tmp_path, EXAMPLES, MEDINFO_HOSTS="medicines.example.org") as site,
        closing(socket.socket(socket.AF_UNIX)) as held,
    ):
        held.bind(str(tmp_path / "gunicorn.sock"))
        held.listen(512)
        # As systemd hands it over: descriptor 3, for the process that becomes the server.
        start = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ['LISTEN_PID'] = str(os.getpid()); "
            "os.execv(sys.executable, sys.argv[2:])"
        )
        command = [sys.executable, "-c", start, str(held.fileno()), sys.executable]
        command += ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "medinfo.wsgi"]
        environment = site.environment | {"LISTEN_FDS": "1", "WEB_CONCURRENCY": "1"}

        def serve():
            return subprocess.Popen(command, env=environment, cwd=ROOT, pass_fds=[held.fileno()], stderr=log)

        with open(tmp_path / "log", "w") as log:
            server = serve()
            answers, over = [], threading.Event()

            def read():
                while not over.is_set():
                    answers.append(ask(tmp_path, PAGE, "X: y")[:12])

            readers = [threading.Thread(target=read) for _ in range(3)]
            for reader in readers:
                reader.start()
            try:
                wait_until(lambda: answers)
                for _ in range(2):
                    server.terminate()
                    assert server.wait(40) == 0
                    count = len(answers)  # each reader may still hold one of the server that has ended
                    server = serve()
                    wait_until(lambda count=count: len(answers) > count + 3)
            finally:
                over.set()
                for reader in readers:
                    reader.join(60)
                server.terminate()
                server.wait(40)
        assert set(answers) == {"HTTP/1.1 200"}, set(answers)


def test_the_socket_is_for_nginx_alone(deployed):
    """Whoever connects to it is a proxy whose word on address and scheme is taken."""
    assert stat.S_IMODE((deployed.folder / "gunicorn.sock").stat().st_mode) == 0o660


@pytest.fixture(scope="module")
def proxied(deployed):
    """nginx with the example file: its two ports, and the folder with its logs."""
    with nginx(deployed.folder, deployed.folder) as ports:
        yield *ports, deployed.folder


@pytest.fixture(scope="module")
def signing_in(deployed, tmp_path_factory):
    """The port of nginx with the files for oauth2-proxy, in whose place whoever has the cookie `door` is Nina."""
    folder = tmp_path_factory.mktemp("signing_in")
    files = sign_in_files("oauth2-proxy")
    files = {
        name: text.replace("127.0.0.1:4180", f"unix:{folder}/door.sock:") for name, text in files.items()
    }
    door = (
        f"server {{ listen unix:{folder}/door.sock; add_header X-Auth-Request-Email nina@example.org; "
        'add_header X-Auth-Request-Groups Editors; if ($cookie_door = "") { return 401; } return 204; }'
    )
    with nginx(deployed.folder, folder, files, door) as (_, tls):
        yield tls


def test_nginx_proxies_to_gunicorn_and_logs_no_reader(proxied):
    plain, tls, folder = proxied
    status, headers, body = fetch(tls, PAGE)
    assert status == 200 and b"Ibuprofen" in body
    assert headers["Strict-Transport-Security"] and headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers
    fetch(
        tls, "/search/?q=ibuprofn", **{"X-Forwarded-For": "198.51.100.7", "X-Request-ID": "mine-and-no-other"}
    )
    wait_until(lambda: "/search/" in (folder / "medinfo.log").read_text())  # written behind the answer
    log = (folder / "medinfo.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert lines[-1]["path"] == "/search/" and len(lines[-1]["request"]) == 32
    assert "ibuprofn" not in log and "127.0.0.1" not in log and "mine-and-no-other" not in log
    assert lines[-1]["request"] in (folder / "gunicorn.log").read_text()
    assert fetch(tls, "/", Host="evil.example.org")[0] == 400
    with closing(http.client.HTTPConnection("127.0.0.1", plain, timeout=20)) as unsafe:
        unsafe.request("GET", PAGE, headers={"Host": "medicines.example.org"})
        answer = unsafe.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://medicines.example.org" + PAGE)
    with closing(http.client.HTTPConnection("127.0.0.1", plain, timeout=20)) as unsafe:
        unsafe.request("GET", PAGE, headers={"Host": "evil.example.org"})
        assert unsafe.getresponse().headers["Location"] == "https://medicines.example.org" + PAGE


FORGED = {"Remote-User": "root", "remote_user": "root", "REMOTE-GROUPS": "Administrators"}


@pytest.mark.parametrize("door", ["", "door=open"])
def test_nginx_names_a_remote_user_or_nobody_does(signing_in, door):
    _, headers, body = fetch(signing_in, "/admin/", Cookie=door, **FORGED)
    begun = any("sessionid" in cookie for cookie in headers.get_all("Set-Cookie", []))
    assert begun is bool(door) and ("nina@example.org" in body.decode()) is bool(door)
    assert "Set-Cookie" not in fetch(signing_in, "/drugs/", Cookie=door, **FORGED)[1]


def test_the_example_of_nginx_lets_no_forged_remote_user_through(deployed, proxied):
    _, headers, _ = fetch(proxied[1], "/admin/", **FORGED)
    assert not [cookie for cookie in headers.get_all("Set-Cookie", []) if "sessionid" in cookie]
    # Whoever is on the socket itself would be believed.
    assert "sessionid" in ask(deployed.folder, "/admin/", "X-Forwarded-Proto: https\r\nRemote-User: eve")


@pytest.mark.parametrize("section", ["Authelia", "A SAML gateway"])
def test_the_files_of_nginx_in_the_page_on_sign_in_are_right(deployed, section, tmp_path):
    with nginx(deployed.folder, tmp_path, sign_in_files(section)) as (_, tls):
        assert fetch(tls, PAGE)[0] == 200
        _, headers, _ = fetch(tls, "/admin/", **FORGED)
        assert not [cookie for cookie in headers.get_all("Set-Cookie", []) if "sessionid" in cookie]


def test_an_allow_list_of_nginx_is_about_the_desk_alone(deployed, tmp_path):
    files = {"medinfo.d/desk.conf": "allow 10.0.0.0/8; deny all;"}
    with nginx(deployed.folder, tmp_path, files) as (_, tls):
        assert fetch(tls, PAGE)[0] == fetch(tls, "/healthz/")[0] == 200
        for path in ("/admin/", "/admin/login/", "/admin/drugs/importtask/add/", "/markdownx/markdownify/"):
            assert fetch(tls, path)[0] == 403, path


def test_nginx_serves_static_files_packed_and_for_good(proxied):
    _, tls, _ = proxied
    status, headers, body = fetch(tls, "/static/drugs/site.0123456789ab.css")
    assert (status, body) == (200, b"p {}")
    assert "immutable" in headers["Cache-Control"]
    assert fetch(tls, "/static/../nginx.conf")[0] in (400, 404)
    missing = fetch(tls, "/static/drugs/nowhere.css")
    assert missing[0] == 404 and "Cache-Control" not in missing[1]
    for answer in (headers, missing[1]):
        assert_protected(answer)


def assert_protected(headers):
    """Each header once, whether nginx or the site has set it."""
    assert headers.get_all("Content-Security-Policy")[0].startswith("default-src 'none'")
    assert headers.get_all("Permissions-Policy") == [PERMISSIONS_POLICY]
    assert headers.get_all("Strict-Transport-Security") == ["max-age=3600"]
    for name in EXPECTED.keys() - {"Content-Security-Policy"}:
        assert headers.get_all(name) == [EXPECTED[name]], name


@pytest.mark.parametrize("path", [PAGE, "/nowhere/", "/healthz/"])
def test_nginx_adds_nothing_to_what_the_site_says(proxied, path):
    headers = fetch(proxied[1], path)[1]
    assert_protected(headers)
    assert headers.get_all("Content-Security-Policy") == [EXPECTED["Content-Security-Policy"]]
    assert len(headers.get_all("Cache-Control")) == 1 and "Retry-After" not in headers
    if etag := headers["ETag"]:
        status, again, _ = fetch(proxied[1], path, **{"If-None-Match": etag})
        assert status == 304
        assert again.get_all("Content-Security-Policy") == [EXPECTED["Content-Security-Policy"]]


def test_a_site_that_does_not_run_is_excused_with_whom_to_call(proxied):
    _, tls, folder = proxied
    (folder / "gunicorn.sock").rename(folder / "elsewhere.sock")
    os.kill(int((folder / "nginx.pid").read_text()), signal.SIGHUP)  # it lets go of its open connections
    answers = []
    try:
        wait_until(lambda: answers.append(fetch(tls, PAGE)) or answers[-1][0] == 503)
    finally:
        (folder / "elsewhere.sock").rename(folder / "gunicorn.sock")
    _, headers, body = answers[-1]
    assert headers.get_all("Retry-After") == ["60"]
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"call your local emergency number now" in body
    assert_protected(headers)
    assert "127.0.0.1" not in (folder / "medinfo-error.log").read_text()


def test_nginx_lets_through_what_the_site_takes(proxied):
    _, tls, _ = proxied
    context = ssl._create_unverified_context()
    for path, size, status in (
        ("/admin/drugs/importtask/add/", tasks.UPLOAD_BYTES + 4096, None),
        ("/admin/drugs/importtask/add/", 2 * tasks.UPLOAD_BYTES, b"413"),
        ("/admin/drugs/importtask/", 4 << 20, b"413"),
        ("/report/ibuprofen/", 4 << 20, b"413"),
    ):
        with context.wrap_socket(socket.create_connection(("127.0.0.1", tls))) as client:
            client.sendall(
                f"POST {path} HTTP/1.1\r\nHost: medicines.example.org\r\nContent-Length: {size}\r\n\r\n".encode()
            )
            client.settimeout(1)
            try:
                said = client.recv(100).split()[1]
            except TimeoutError:  # it waits for the rest
                said = None
        assert said == status, path


def test_slow_clients_hold_up_nobody(proxied):
    """Twelve of them are more than there are threads; the site would wait for what they send."""
    _, tls, _ = proxied
    context = ssl._create_unverified_context()
    host = "medicines.example.org"
    head = f"POST /admin/login/ HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\nContent-Length: 99\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken={'a' * 32}\r\n\r\nx"
    slow = []
    for _ in range(12):
        client = context.wrap_socket(socket.create_connection(("127.0.0.1", tls)))
        client.sendall(head.encode())
        slow.append(client)
    assert all(fetch(tls, PAGE)[0] == 200 for _ in range(5))
    for client in slow:
        client.close()


def test_nginx_answers_who_asks_for_a_certificate(proxied):
    plain, _, folder = proxied
    (folder / "acme" / ".well-known" / "acme-challenge").mkdir(parents=True)
    (folder / "acme" / ".well-known" / "acme-challenge" / "token").write_text("signed")
    with closing(http.client.HTTPConnection("127.0.0.1", plain, timeout=20)) as unsafe:
        unsafe.request("GET", "/.well-known/acme-challenge/token", headers={"Host": "medicines.example.org"})
        answer = unsafe.getresponse()
        assert (answer.status, answer.read(), answer.headers["Server"]) == (200, b"signed", "nginx")


def test_what_is_dear_has_a_rate_limit_of_its_own(proxied):
    _, tls, _ = proxied
    dear = (
        "/search/?q=x{}",
        "/drugs/?letter=i&x={}",
        "/drugs/ibuprofen/history/?{}",
        "/drugs/ibuprofen.json?{}",
    )
    answers = [fetch(tls, dear[number % 4].format(number))[0] for number in range(80)]
    assert answers[:4] == [200] * 4 and answers.count(429) > 20
    assert fetch(tls, PAGE)[0] == 200 and fetch(tls, "/search/suggest/?q=ibu")[0] == 200


def test_the_rate_limit_of_nginx_tells_the_client_and_no_more(proxied):
    _, tls, folder = proxied
    answers = [fetch(tls, "/admin/login/") for _ in range(40)]
    assert answers[0][0] == 200
    status, headers, body = answers[-1]
    assert (status, headers["Retry-After"]) == (429, "60")
    assert b"Please wait a minute" in body
    assert_protected(headers)
    assert fetch(tls, PAGE)[0] == 200
    assert "127.0.0.1" not in (folder / "medinfo-error.log").read_text()
