#!/usr/bin/env bash
# Installs what the tests need and is missing, builds everything in Debug and in Release,
# runs every test in both, and ends with the line "N passed, N failed, N skipped".
set -u
cd "$(dirname "$0")/.." || exit 2

# need COMMAND PACKAGE: the command must be there; root installs the Debian package.
missing=()
need() {
	command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}
need strace strace
need go golang-go
need cc gcc
if [ ${#missing[@]} -gt 0 ]; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
	else
		echo "not installed: ${missing[*]}; install with: apt-get install ${missing[*]} (tests that need them are skipped)" >&2
	fi
fi
if ! command -v dotnet >/dev/null 2>&1; then
	echo "the .NET 10 SDK is needed: no dotnet on PATH" >&2
	exit 2
fi
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# Many descriptors for the tests with many connections.
ulimit -n "$(ulimit -Hn)" 2>/dev/null

passed=0 failed=0 skipped=0 status=0
mkdir -p artifacts
for configuration in Debug Release; do
	echo "== build $configuration"
	dotnet build GoPort.sln -c "$configuration" -v quiet -m:2 -nodeReuse:false || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
	for project in $(find . -name '*_test.csproj' -not -path './artifacts/*' | sort); do
		name=$(basename "$project" .csproj)
		echo "== test $configuration $name"
		log=artifacts/$name.$configuration.log
		timeout 600 dotnet test "$project" -c "$configuration" --no-build -v quiet --nologo \
			--logger "console;verbosity=normal" --blame-hang-timeout 5m "$@" >"$log" 2>&1
		code=$?
		# The adapter's summary: "Passed: N", "Failed: N", "Skipped: N" on lines of their own.
		count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)\$/\1/p" "$log" | tail -n 1; }
		p=$(count Passed) f=$(count Failed) s=$(count Skipped)
		grep -E '^ *(Failed|Skipped) ' "$log"
		if [ "$code" -ne 0 ]; then
			tail -n 60 "$log"
			status=1
			# A host that crashed or hung reports no failure of its own.
			[ -n "$f" ] || f=1
		fi
		passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
	done
done
echo "== portcheck"
log=artifacts/portcheck.log
if timeout 300 dotnet artifacts/bin/portcheck/release/portcheck.dll check >"$log" 2>&1; then
	tail -n 2 "$log"
else
	cat "$log"
	status=1 failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$status" -eq 0 ]
