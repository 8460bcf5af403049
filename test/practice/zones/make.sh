#!/usr/bin/env bash
# Signs the zone of the answer tests three ways with BIND's dnssec-signzone (Debian: bind9-utils). Every run makes new keys;
# the tests rely on names and types only.
set -euo pipefail
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
key() { dnssec-keygen -q -K "$work" -a ECDSAP256SHA256 "$@" prove.dk; }
ksk="$(key -f KSK)"
zsk="$(key)"
cat prove.dk.unsigned "$work/$ksk.key" "$work/$zsk.key" >"$work/zone"
sign() {
  dnssec-signzone -q -P -d "$work" -O full -N keep -K "$work" -S -s 20200101000000 -e 20800101000000 -o prove.dk "${@:2}" \
    -f "$work/signed" "$work/zone" >/dev/null
  grep -v '^;' "$work/signed" >"prove.dk.$1"
}
sign nsec
sign nsec3 -3 -
sign opt-out -3 a1b2 -H 5 -A
