#!/usr/bin/env bash
# need-debian.sh "PACKAGES" "TEST": when TEST fails, install the Debian packages (as root) or print the command for it.
set -euo pipefail
packages=$1
satisfied=$2
if eval "$satisfied" >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 -- the list is meant to be split
  apt-get install -y -qq --no-install-recommends $packages >/dev/null
  eval "$satisfied" >/dev/null 2>&1 && exit 0
fi
echo "These packages are needed and could not be installed here 需要先安装这些软件包:" >&2
echo "    sudo apt-get install --no-install-recommends $packages" >&2
exit 1
