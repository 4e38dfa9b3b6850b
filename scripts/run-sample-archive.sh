#!/usr/bin/env bash
# run-sample-archive.sh BIN ARCHIVE PORT: found a sample archive beside this project, fill it, and serve it.
# Run again, it opens the same archive, finishes what was cut off, and serves it.
set -euo pipefail
bin=$1
archive=$2
port=$3
secrets="$archive.secrets"
export DMS_HOME="$archive" DMS_PASSPHRASE_FILE="$secrets/passphrase"
umask 077
mkdir -p "$secrets"
random() { "$bin/python" -c 'import secrets; print(secrets.token_urlsafe(12))'; }
[ -s "$secrets/passphrase" ] || random >"$secrets/passphrase"
[ -s "$secrets/password" ] || random >"$secrets/password"
if [ ! -e "$archive/keyring.json" ]; then
  company=$("$bin/python" -c 'from dms.demo import demo_company; print(demo_company().name)')
  "$bin/dms" init --company "$company" --admin admin --admin-password-file "$secrets/password" >"$secrets/recovery-key"
fi
"$bin/dms" demo
cat <<TEXT

  案卷 Anjuan    http://127.0.0.1:$port
  用户名 user    admin
  密码 password  $(cat "$secrets/password")

TEXT
exec "$bin/dms" serve --port "$port"
