"""A real nginx before a site, with the example files as the documents write them."""

import os
import re
import shutil
import signal
import ssl
import subprocess
import textwrap
import urllib.request
from contextlib import contextmanager

import pytest

from medinfo.start import ROOT
from tests.support.sites import free_port, wait_until

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
FILES = re.compile(r"`/etc/nginx/(medinfo\.d/\w+\.conf|conf\.d/[\w-]+\.conf)`[^`]*:\n\n((?: {4}.*\n|\n)+)")


def sign_in_files(section):
    """The files of nginx that docs/sign-in.md writes under the heading which begins with `section`, by name."""
    _, _, text = (ROOT / "docs" / "sign-in.md").read_text().partition(f"\n### {section}")
    files = dict(FILES.findall(text.partition("\n### ")[0]))
    assert "medinfo.d/desk.conf" in files, section
    return {name: textwrap.dedent(lines) for name, lines in files.items()}


@contextmanager
def nginx(site, folder, files=None, more=""):
    """The ports, plain and TLS, of an nginx in `folder` before the site in `site`, with `files` as docs write them."""
    if not NGINX:
        pytest.skip("nginx is not installed: apt-get install nginx.")
    plain, tls = free_port(), free_port()
    configure(site, folder, plain, tls, files or {}, more)
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0 and "warn" not in checked.stderr, checked.stderr
    process = subprocess.Popen(command)
    try:
        wait_until(lambda: fetch(tls, "/healthz/")[0] == 200)
        yield plain, tls
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(20)


def configure(site, folder, plain, tls, files, more):
    """Writes all that nginx reads in `folder`: the example file with the names changed that are to be changed."""
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=medicines.example.org -days 1 -keyout".split()
    )
    command += [str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "static" / "drugs").mkdir(parents=True, exist_ok=True)
    (folder / "static" / "drugs" / "site.0123456789ab.css").write_text("p {}")
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ": f"listen 127.0.0.1:{tls} ",
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "/var/www/acme": f"{folder}/acme",
        "/run/medinfo/gunicorn.sock": f"{site}/gunicorn.sock",
        "/etc/ssl/medinfo/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "/srv/medinfo/staticfiles/": f"{folder}/static/",
        "/etc/nginx/medinfo.d/": f"{folder}/medinfo.d/",
        "client_body_timeout 10s": "client_body_timeout 90s",  # slower than any test waits
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    for name, lines in {"conf.d/medinfo.conf": text, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(lines)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        # Its workers are not root, and the folders of tests are for their owner only.
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {folder}/nginx.pid; "
        f"error_log {folder}/nginx.log; events {{}} "
        f"http {{ {temporary} include /etc/nginx/mime.types; {more} include {folder}/conf.d/*.conf; }}"
    )


def fetch(port, path, **headers):
    """Status, headers and body from nginx, over TLS."""
    trusting = ssl._create_unverified_context()
    headers = {"Host": "medicines.example.org", **headers}
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20, context=trusting) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""
