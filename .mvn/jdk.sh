# Sourced by ./build and ./jsendfile: sets JAVA_HOME to a JDK 25 or later, or says what to install.

# Is there a JDK 25 or later in $1? Asks its release file, without starting a process.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"*)
        line=${line#JAVA_VERSION=\"}
        line=${line%%[!0-9]*}
        [ "${line:-0}" -ge 25 ]
        return
        ;;
    esac
  done <"$1/release"
  return 1
}

javac_home() { # the JDK whose javac is on the PATH
  local javac
  javac=$(command -v javac 2>/dev/null) || return 0
  javac=$(readlink -f "$javac" 2>/dev/null) && echo "${javac%/bin/javac}"
}

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" PATH /usr/lib/jvm/*25* /usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ "$candidate" != PATH ] || candidate=$(javac_home)
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
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
