#!/usr/bin/env bash
# Installs, from Debian 12's own packages, what a purpose needs and is not there yet.
#   tools/setup.sh PURPOSE...      of: build debug check test bench
# Says what it installs. Touches neither the network nor the machine when nothing is missing.
set -euo pipefail

# The fonts: without one that has Persian, the pictures of posts that links show have boxes for letters.
packages_build="clang-19 cmake ninja-build ccache mold pkg-config
  libboost1.81-dev libboost-json1.81-dev libsqlite3-dev libsodium-dev libutf8proc-dev
  libctemplate-dev libcli11-dev libtomlplusplus-dev libspdlog-dev libfmt-dev libdeflate-dev publicsuffix
  libpango1.0-dev libfribidi-dev libcurl4-openssl-dev libxml2-dev libvips-dev ca-certificates fonts-noto-core fonts-noto-color-emoji"
# shellcheck disable=SC2034  # each list is used by its name
# llvm-19 has the symbolizer that makes a sanitizer's report readable.
packages_debug="$packages_build libgtest-dev libgmock-dev libclang-rt-19-dev llvm-19 libyaml-cpp-dev"
packages_check="$packages_debug clang-format-19 clang-tidy-19 python3"
packages_test="$packages_debug chromium curl sqlite3"
packages_bench="$packages_build libbenchmark-dev nginx-light"

wanted=()
for purpose in "$@"; do
  list=packages_$purpose
  [ -n "${!list:-}" ] || { echo "setup: no purpose called $purpose (build debug check test bench)" >&2; exit 2; }
  read -r -d '' -a names <<<"${!list}" || true
  wanted+=("${names[@]}")
  # A newer npm than Debian's own may be there already, and the two cannot be installed side by side.
  if [ "$purpose" = test ] && ! command -v npm >/dev/null; then wanted+=(npm); fi
done

missing=()
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
for name in "${wanted[@]}"; do
  grep -qxF "$name" <<<"$installed" || [[ " ${missing[*]} " == *" $name "* ]] || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  as_root=(sudo)
  command -v sudo >/dev/null || {
    echo "setup: neither root nor sudo here; as root, please: apt-get install ${missing[*]}" >&2
    exit 1
  }
fi
echo "setup: installing for $*: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -q &&
  "${as_root[@]}" apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
  tail -20 "$log" >&2
  echo "setup: could not install the packages above (Debian 12, \"bookworm\", is what this is made for)" >&2
  exit 1
fi
