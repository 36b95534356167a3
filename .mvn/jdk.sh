# Sourced by ./build and ./jsendfile: sets JAVA_HOME to a JDK 25 or later, or says what to install.

jdk_feature() { # the feature version of the JDK in $1, 0 when there is none
  [ -x "$1/bin/javac" ] || { echo 0; return; }
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

find_jdk() {
  local on_path candidate
  on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*25* /usr/lib/jvm/* \
    "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    if [ "$(jdk_feature "$candidate")" -ge 25 ]; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "JSendfile needs a JDK 25 or later and found none in JAVA_HOME, PATH, /usr/lib/jvm or SDKMAN." >&2
  echo "Install one, for example: apt-get install temurin-25-jdk, brew install --cask temurin@25," >&2
  echo "or sdk install java 25-tem; or set JAVA_HOME to one you have." >&2
  return 1
}

need_maven() {
  command -v mvn >/dev/null 2>&1 && return 0
  echo "JSendfile builds with Apache Maven 3.8 or later, and mvn is not on the PATH." >&2
  echo "Install it, for example: apt-get install maven, or brew install maven." >&2
  return 1
}

# Under LANG=C the JVM can neither open nor print names outside ASCII.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *UTF-8* | *utf8* | *UTF8* | *utf-8*) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
