#!/usr/bin/env bash
# Installs what the tests need and is missing. That takes root and Debian's packages; without them it says what
# is missing, and the tests that need it are skipped.
set -u

# need COMMAND PACKAGE: the command must be there.
missing=()
need() {
	command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}
need strace strace
need go golang-go
need cc gcc
if [ ${#missing[@]} -gt 0 ]; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "installing: ${missing[*]}"
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null || exit 1
	else
		echo "not installed: ${missing[*]}; install with: apt-get install ${missing[*]} (tests that need them are skipped)" >&2
	fi
fi
if ! command -v dotnet >/dev/null 2>&1; then
	echo "the .NET 10 SDK is needed: no dotnet on PATH" >&2
	exit 1
fi
