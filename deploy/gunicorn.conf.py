"""How gunicorn serves the site: gunicorn --config deploy/gunicorn.conf.py medinfo.wsgi

Threads (gthread): they wait for the database together, and two processes of four threads answered half as many
requests again as two plain ones. No time-out ends a single thread, so what could hold one is bounded elsewhere:
nginx reads slow clients to their end first, the database gives up on locks after ten seconds, what readers send is
short. Should a thread be lost all the same, its process is replaced after `max_requests`, and no later than
`graceful_timeout` after that. A process that answers nothing any more is killed after `timeout`.
"""

import os

bind = os.environ.get("MEDINFO_BIND", "unix:/run/medinfo/gunicorn.sock")
umask = (
    0o117  # of the socket, 0660: whoever may connect is a proxy that is trusted, which nginx is by its group
)
workers = int(os.environ.get("WEB_CONCURRENCY", os.cpu_count() or 2))
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
backlog = 512  # what comes in while all threads are busy waits; nginx limits how much one address may send
limit_request_line = 8190
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the heartbeat must not wait for a disk
control_socket_disable = True
header_map = "drop"  # names with `_`, which to WSGI are the same as those with `-`
forwarder_headers = ""  # a header SCRIPT_NAME, which gunicorn would answer with a 500, means nothing here
accesslog = None  # the site writes one line a request itself, without addresses and searches
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "drugs.http.request_log.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}
