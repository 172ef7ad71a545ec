#!/usr/bin/env bash
# Runs the public conformance suite for HTTP caches (https://cache-tests.fyi, npm package
# http-cache-tests) against the response cache, in front of a handler that forwards to the suite's
# own origin, and writes docs/http-conformance.md.
#
#   benchmarks/http/conformance.sh               all three runs, and the report
#   benchmarks/http/conformance.sh jdk all ID    one test, with its messages
#
# Needs node and npm (Debian: apt-get install nodejs npm); fetches the suite, at a fixed version,
# into target/. Takes two minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
suite=0.4.5
work=target/http-conformance
for tool in node npm mvn java; do
  command -v "$tool" > /dev/null || { echo "$tool is not installed" >&2; exit 1; }
done

mkdir -p "$work"
if [ ! -d "$work/node_modules/http-cache-tests" ]; then
  (cd "$work" && echo '{"private":true}' > package.json && npm install --no-audit --no-fund "http-cache-tests@$suite")
fi
mvn -B -ntp -q test-compile dependency:build-classpath \
  -Dmdep.outputFile="$work/classpath" -Dmdep.includeScope=test
classpath="target/classes:target/test-classes:$(cat "$work/classpath")"
package="$work/node_modules/http-cache-tests"

origin_port="${ORIGIN_PORT:-18000}"
(cd "$package" && npm_config_protocol=http npm_config_port="$origin_port" \
  npm_config_pidfile=/dev/null exec node server/server.mjs) > "$work/origin.log" 2>&1 &
origin=$!
forwarder=
trap 'kill $origin $forwarder 2> /dev/null || true' EXIT

# run SERVER OPTIONS [TEST]: writes the results, or shows one test.
run() {
  rm -f "$work/port"
  # Its origin closes connections that are idle for 5 s.
  java -Djdk.httpclient.keepalive.timeout=2 -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -cp "$classpath" dev.tiercel.web.ForwardingServer "http://localhost:$origin_port" "$1" "$2" \
    > "$work/port" 2> "$work/forwarder-$1-$2.log" &
  forwarder=$!
  for _ in $(seq 100); do
    [ -s "$work/port" ] && break
    sleep 0.2
  done
  (cd "$package" && npm_package_config_id="${3-}" npm_config_id="${3-}" \
    npm_config_base="http://localhost:$(head -1 "../../port")" node --no-warnings cli.mjs) \
    > "$work/$1-$2.json"
  kill "$forwarder"
  wait "$forwarder" 2> /dev/null || true
}

if [ $# -eq 3 ]; then
  run "$1" "$2" "$3"
  cat "$work/$1-$2.json"
  exit
fi
run jdk default
run jdk all
run jetty all
node benchmarks/http/report.mjs "$work" > "$work/report.md"
cp "$work/report.md" docs/http-conformance.md
head -40 docs/http-conformance.md
