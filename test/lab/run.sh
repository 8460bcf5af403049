#!/usr/bin/env bash
# The lab: real name servers and resolvers in a network namespace of their own, with ordinary public-looking addresses,
# and the product run against them. Needs Debian, root and the packages of packages.txt; without them it fails and says so.
# Options are handed on to lab.ts.
set -euo pipefail

folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
export PATH="$folder/../../node_modules/.bin:$PATH:/usr/sbin:/sbin"

stop() {
  echo "test:lab: $*" >&2
  exit 69
}

[ "$(uname -s)" = Linux ] || stop "needs Linux; nothing was tested"
[ "$(id -u)" = 0 ] || stop "needs root, to make a network namespace; nothing was tested"
for program in dig delv dnssec-signzone dnssec-keygen named-compilezone ldns-signzone ldns-keygen nsd unbound \
  postfix posttls-finger spfquery opendmarc-check openssl nginx gnutls-serv sslscan nmap \
  testssl curl time ip unshare dovecot inetd vsftpd sshd telnetd slapd mosquitto redis-server mariadbd xrdp setpriv \
  node; do
  [ -n "$(type -P "$program")" ] || stop "$program is missing; install: $(tr '\n' ' ' <"$folder/packages.txt")"
done

program="${LAB_PROGRAM:-$folder/lab.ts}"
if [ "${LAB_NAMESPACE:-}" != own ]; then
  # Everything temporary goes into one folder, removed whatever happens; --keep leaves it behind.
  work="$(mktemp -d)"
  # Servers that give up root's rights must be able to reach what is theirs inside.
  chmod 711 "$work"
  finish() {
    case " $* " in *" --keep "*) echo "kept: $work" >&2 ;; *) rm -rf "$work" ;; esac
  }
  # A process namespace too: when its first process ends, whatever was started in it ends.
  TMPDIR="$work" LAB_NAMESPACE=own unshare --net --mount --pid --fork --kill-child --mount-proc \
    bash "${BASH_SOURCE[0]}" "$@" &
  inside=$!
  # What was started inside dies with it, but a moment later: only then is the folder left alone.
  trap 'kill -KILL "$inside" 2>/dev/null || true; wait "$inside" 2>/dev/null || true; sleep 1; finish "$@"; exit 130' INT TERM
  status=0
  wait "$inside" || status=$?
  finish "$@"
  exit "$status"
fi

ip link set lo up
routes="$(ip route show default; ip -6 route show default)"
[ -z "$routes" ] || stop "there is a default route here: these addresses belong to others, so the lab will not start"
others="$(ip -o link show | grep -vc ' lo: ' || true)"
[ "$others" = 0 ] || [ -z "$(ip -o addr show scope global)" ] || stop "this network namespace is in use by others"

node --no-warnings "$program" "$@"
