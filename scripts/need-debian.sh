#!/usr/bin/env bash
# need-debian.sh "PACKAGES" "TEST": when TEST fails, install the Debian packages (as root) or print the command for it.
# TEST has a shell of its own, without pipefail: `fc-list | grep -q NAME` hangs up on fc-list at the first match, and
# being hung up on is no failure.
set -euo pipefail
packages=$1
test=$2
satisfied() { bash -c "$test" >/dev/null 2>&1; }
install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq -o Acquire::Retries=3
  # shellcheck disable=SC2086 -- the list is meant to be split
  apt-get install -y -qq --no-install-recommends -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 $packages >/dev/null
}
if satisfied; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (install) || echo "apt-get failed 安装失败" >&2
  if satisfied; then exit 0; fi
fi
echo "These packages are needed and could not be installed here 需要先安装这些软件包:" >&2
echo "    sudo apt-get install --no-install-recommends $packages" >&2
echo "What they bring is looked for like this 检查方法: $test" >&2
exit 1
