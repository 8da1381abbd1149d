# Sourced: finds a JDK 25 and exports it as JAVA_HOME, whatever the default java is.

is_25() { [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$1/release"; }

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "${JDK25_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_25 "$candidate"; then
      echo "$candidate"
      return
    fi
  done
}

# Installs a Debian package when that is possible.
install_package() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null 2>&1 || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  fi
  echo "plugpull: cannot install $*: not root, or no apt-get; install it by hand" >&2
  return 1
}

jdk=$(find_jdk)
if [ -z "$jdk" ]; then
  install_package openjdk-25-jdk-headless 2>/dev/null || true
  jdk=$(find_jdk)
fi
if [ -z "$jdk" ]; then
  echo "plugpull: cannot find a JDK 25: install one (for example Temurin 25) or set JDK25_HOME" >&2
  exit 2
fi
export JAVA_HOME="$jdk"
