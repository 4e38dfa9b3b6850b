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
"$bin/dms" demo --people-password-file "$secrets/password"
cat <<TEXT

  案卷 Anjuan    http://127.0.0.1:$port
  用户名 user    admin
  密码 password  $(cat "$secrets/password")

  各角色示例用户（密码相同） a sample user for every role, with the same password:
  wangmin 档案员 · liqiang 经办人 · hejing 资料员 · chengang 部门经理 · zhoulan 分管领导
  zhaoqiming 总经理 · sunjing 法务 · xuhong 权证管理员

TEXT
exec "$bin/dms" serve --port "$port"
