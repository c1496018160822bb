# MedInfo in an image: make image. Runs without capabilities and with a read-only root; all data is in /data.
# Any base with Python 3.11 or later and its venv module will do: --build-arg BASE=...
ARG BASE=docker.io/library/python:3.13-slim-bookworm

FROM ${BASE} AS packages
# The same files from the same lock: no times in what is compiled.
ENV SOURCE_DATE_EPOCH=0 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/medinfo
COPY requirements.txt ./
RUN python3 -m venv /opt/pip && python3 -m venv --without-pip .venv \
    && /opt/pip/bin/pip --python .venv/bin/python install --require-hashes --only-binary :all: -r requirements.txt \
    && find .venv -name '*.po' -delete && find .venv -type d -name tests -prune -exec rm -r {} +

FROM packages AS site
COPY . ./
# A key that signs nothing and is gone with this line.
RUN MEDINFO_SECRET_KEY=only-to-collect-files-only-to-collect-files-only-to-collect MEDINFO_DATA_DIR=/tmp/none \
    .venv/bin/python manage.py collectstatic --noinput -v0 \
    && .venv/bin/python -m compileall -q drugs medinfo \
    && printf '#!/bin/sh\nexec /srv/medinfo/.venv/bin/python -m medinfo.container manage "$@"\n' >medinfo.sh && chmod 755 medinfo.sh

FROM ${BASE}
RUN echo 'medinfo:x:10001:' >>/etc/group \
    && echo 'medinfo:x:10001:10001:MedInfo:/data:/usr/sbin/nologin' >>/etc/passwd \
    && mkdir /data && chown 10001:10001 /data && chmod 700 /data
COPY --from=site /srv/medinfo /srv/medinfo
COPY --from=site /srv/medinfo/medinfo.sh /usr/local/bin/medinfo
WORKDIR /srv/medinfo
ENV MEDINFO_DATA_DIR=/data MEDINFO_BIND=0.0.0.0:8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=10s --start-period=120s CMD [".venv/bin/python", "-m", "medinfo.container", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT [".venv/bin/python", "-m", "medinfo.container"]
CMD ["serve"]
