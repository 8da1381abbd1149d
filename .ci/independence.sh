#!/usr/bin/env bash
# Runs the unit tests once a seed as they are never run otherwise: classes and methods in random order, without any
# network but this machine's own, years from now, in another time zone and another language. What fails here and not
# in `./check unit` depends on one of these.
#
# Usage: .ci/independence.sh [SEED...]      1 to 9; without one, 1 2 3. MODULES=sim,reports tries these modules only
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. .ci/jdk.sh
seeds=("$@")
[ $# -gt 0 ] || seeds=(1 2 3)
for seed in "${seeds[@]}"; do
  case $seed in [1-9]) ;; *) echo "independence: cannot take seed '$seed': give numbers from 1 to 9" >&2; exit 2 ;; esac
done

preload=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
if [ -z "$preload" ] && install_package faketime; then
  preload=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
fi
[ -n "$preload" ] || echo "independence: SKIPPED: another day, because there is no libfaketime"
alone=(unshare --net)
[ "$(id -u)" = 0 ] || alone=(unshare --map-root-user --net)
if ! "${alone[@]}" true; then
  echo "independence: cannot take the network away: allow unshare(1), or run this as root" >&2
  exit 2
fi

maven=(mvn -B -ntp -Dstyle.color=never -Dstyle.skip)
[ -z "${MODULES:-}" ] || maven+=(-pl "$MODULES" -am)
# Compiles all, and runs one test, so that Maven has whatever it fetches before the network is gone.
"${maven[@]}" -q test-compile </dev/null || exit
mvn -B -ntp -q -Dstyle.skip -pl sim -Dtest=Hash128Test test </dev/null || exit
failed=0
for seed in "${seeds[@]}"; do
  log=.cache/independence/$seed.log
  mkdir -p .cache/independence
  rm -rf */target/surefire-reports
  # The loopback device stays: servers and clients of one test talk over it.
  if "${alone[@]}" sh -c 'PATH=$PATH:/usr/sbin:/sbin; ip link set lo up; exec "$@"' - \
      "${maven[@]}" -o -Pindependence -Dindependence.seed="$seed" -Dindependence.preload="$preload" -fae \
      -Dmaven.compiler.useIncrementalCompilation=false \
      -Dtest.groups.excluded=nightly,vm,browser,container,differential,house,docs test >"$log" 2>&1 </dev/null; then
    verdict=passed
  else
    verdict="FAILED, see $log"
    failed=1
  fi
  counts=$(grep -E '^\[(INFO|WARNING|ERROR)\] Tests run:' "$log" | grep -v ' -- in ' | cut -d' ' -f2- | paste -sd';')
  echo "seed $seed: $verdict; $counts"
done
exit "$failed"
