#!/usr/bin/env bash
# Opens the pages of `philippic heatmap` in Debian's chromium and uses them as a reader does. As root on Debian it installs what is missing:
# chromium by apt, playwright-core and axe-core by npm. PHILIPPIC names the program (default: a build of this checkout); SEED_ARTICLE an
# article for one more page.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$here"

need=()
command -v chromium >/dev/null || need+=(chromium)
command -v node >/dev/null || need+=(nodejs)
command -v npm >/dev/null || need+=(npm)
if [ ${#need[@]} -gt 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}"
fi
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --silent
fi

if [ -z "${PHILIPPIC:-}" ]; then
  (cd "$root" && cargo build --quiet)
  PHILIPPIC=${CARGO_TARGET_DIR:-$root/target}/debug/philippic
fi

out=$here/out
rm -rf "$out"
mkdir -p "$out"
fixtures=$root/tests/fixtures/heatmap
"$PHILIPPIC" heatmap "$fixtures/harbour.jsonl" --out-dir "$out/harbour"
"$PHILIPPIC" heatmap "$fixtures/hostile.jsonl" --out-dir "$out/hostile"
"$PHILIPPIC" heatmap "$fixtures/corpus.jsonl" --out-dir "$out/corpus"
# The examples over and over, to 500 paragraphs.
awk 'NF' "$root"/examples/*.txt >"$out/all.txt"
awk '{ line[NR] = $0 } END { for (n = 0; n < 500; n++) print line[n % NR + 1] }' "$out/all.txt" >"$out/long.txt"
"$PHILIPPIC" heatmap --quiet --paragraphs line "$out/long.txt" -o "$out/long.html"
pages=("$out"/harbour/0001-*.html "$out"/hostile/0001*.html "$out/corpus/index.html" "$out/long.html")
seed=${SEED_ARTICLE:-/work/shared/seed_article.txt}
if [ -e "$seed" ]; then
  "$PHILIPPIC" heatmap "$seed" -o "$out/seed.html"
  pages+=("$out/seed.html")
fi
node heatmap.mjs "${pages[@]}"
