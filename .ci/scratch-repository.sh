#!/usr/bin/env bash
# Installs Plugpull into a Maven repository of its own below target/, so that a project can be built against it as a
# user's would be, and prints the repository's folder. Everything else in it is linked from the usual repository.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
usual=$(mvn -q -N help:evaluate -Dexpression=settings.localRepository -DforceStdout </dev/null 2>/dev/null || true)
[ -d "$usual" ] || usual="$HOME/.m2/repository"
scratch=$PWD/target/repository
rm -rf "$scratch"
mkdir -p "$scratch/dev"
for entry in "$usual"/* "$usual"/dev/*; do
  below=${entry#"$usual"/}
  if [ -e "$entry" ] && [ "$below" != dev ] && [ "$below" != dev/plugpull ]; then ln -sfn "$entry" "$scratch/$below"; fi
done
mvn -q -B -ntp -Dmaven.test.skip -Dstyle.skip -Dmaven.repo.local="$scratch" install </dev/null >&2
echo "$scratch"
