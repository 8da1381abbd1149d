#!/usr/bin/env bash
# Builds and tests each project below docs/examples as its user would, against an installation of its own; then does
# what the documentation tells its readers to do, and compares what comes out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scratch=$(.ci/scratch-repository.sh)
for project in docs/examples/*/pom.xml; do
  mvn -B -ntp -Dstyle.color=never -Dmaven.repo.local="$scratch" -f "$project" clean test </dev/null
done
mvn -B -ntp -Dstyle.color=never -Dstyle.skip -Dtest.groups.excluded=nightly -Dgroups=docs -pl conformance -am test \
  </dev/null
