# The assistant: API, demo page and command line. Needs no Rasa; the trained model is in the image.
FROM python:3.11-slim AS build
WORKDIR /motcua
COPY Makefile pyproject.toml README.md ./
COPY requirements requirements
COPY knowledge knowledge
COPY nlu nlu
COPY bot bot
COPY api api
RUN apt-get update && apt-get install --yes --no-install-recommends make && rm -rf /var/lib/apt/lists/* \
    && make .venv/.runtime

FROM python:3.11-slim
WORKDIR /motcua
RUN useradd --system --home-dir /motcua motcua && mkdir var && chown motcua var
COPY --from=build /motcua/.venv .venv
COPY pyproject.toml README.md ./
COPY knowledge knowledge
COPY nlu nlu
COPY bot bot
COPY api api
USER motcua
ENV HOST=0.0.0.0 PATH=/motcua/.venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8000
VOLUME /motcua/var
HEALTHCHECK --start-period=20s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
CMD ["motcua", "serve"]
