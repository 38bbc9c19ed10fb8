#!/usr/bin/env bash
# Builds the program and the wheel as they are shipped, and runs bench.py; arguments go to it (--megabytes 64, --spark).
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
venv=$target/python-bench
export CARGO_TARGET_DIR=$target
cargo build --release --locked
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet uv
UV_HTTP_TIMEOUT=300 SSL_CERT_FILE=${SSL_CERT_FILE:-${PIP_CERT:-}} "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" \
    -r python/requirements-test.txt vaderSentiment
rm -rf "$venv/wheels"
"$venv/bin/maturin" build --manifest-path python/Cargo.toml --release --interpreter "$venv/bin/python" --out "$venv/wheels" --locked
"$venv/bin/pip" install --quiet --no-deps --force-reinstall "$venv"/wheels/philippic-*.whl
exec "$venv/bin/python" python/bench.py "$target/release/philippic" "$@"
