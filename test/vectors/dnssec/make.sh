#!/usr/bin/env bash
# Signs the zones in zones/ with two independent signers, BIND's dnssec-signzone and ldns-signzone, into signed/.
# Run by hand; the results are checked in, so the tests need neither tool. New keys are made every time.
# Needs: bind9-utils (dnssec-keygen, dnssec-signzone, named-compilezone), ldnsutils (ldns-signzone, ldns-key2ds).
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
start=20200101000000
end=20800101000000

# keys ZONE ALGORITHM KSK_OPTIONS [ZSK_OPTIONS]: prints nothing, leaves K files; without ZSK options one key signs everything.
keys() {
  local zone=$1 algorithm=$2 ksk=$3 zsk=${4-}
  (cd "$work" && dnssec-keygen -q -L 3600 -K . -a "$algorithm" -f KSK $ksk "$zone" >>"keys.$zone")
  if [ -n "$zsk" ]; then (cd "$work" && dnssec-keygen -q -L 3600 -K . -a "$algorithm" ${zsk#none} "$zone" >>"keys.$zone"); fi
}

# source ZONE FILE: the unsigned zone with its keys and with the DS records of the children that were signed before.
source_of() {
  local zone=$1 file=$2
  sed "s/@DS(\([^)]*\))/\$INCLUDE $(printf '%s' "$work" | sed 's/[\/&]/\\&/g')\/ds.\1/" "$here/zones/$file" >"$work/src.$file"
  while read -r key; do cat "$work/$key.key" >>"$work/src.$file"; done <"$work/keys.$zone"
}

ds_of() { (cd "$work" && while read -r key; do dnssec-dsfromkey -2 "$key.key" | grep ' DS ' || true; done < <(grep -l '257 3' $(sed 's/$/.key/' "keys.$1") | sed 's/\.key$//') >"ds.${2}"); }

# bind ZONE FILE OPTIONS...
bind() {
  local zone=$1 file=$2; shift 2
  source_of "$zone" "$file"
  (cd "$work" && dnssec-signzone -q -K . -s "$start" -e "$end" -O full -o "$zone" "$@" -f "signed.$file" "src.$file" $(cat "keys.$zone") >/dev/null)
  finish "$file"; ds_of "$zone" "$file"
}

# ldns ZONE FILE OPTIONS...
ldns() {
  local zone=$1 file=$2; shift 2
  source_of "$zone" "$file"
  (cd "$work" && named-compilezone -q -i none -k ignore -s full -o "flat.$file" "$zone" "src.$file" >/dev/null &&
    ldns-signzone -i "$start" -e "$end" -o "$zone" "$@" -f "signed.$file" "flat.$file" $(cat "keys.$zone"))
  finish "$file"; ds_of "$zone" "$file"
}

# One record a line, comments gone, so that a broken variant is a text edit.
finish() { grep -v '^;' "$work/signed.$1" | sed 's/ *;.*$//; s/[ \t][ \t]*/ /g' | grep -v '^ *$' >"$here/signed/$1"; }

mkdir -p signed && rm -f signed/*

keys sub.kommune.dk. ED25519 "";            ldns sub.kommune.dk. sub.kommune.dk
keys kommune.dk. ECDSAP256SHA256 "" none;   bind kommune.dk. kommune.dk
keys dk. ECDSAP256SHA256 "" none;           bind dk. dk -3 - -H 0 -A
keys nsec3.test. RSASHA512 "-b 2048" "-b 2048"; bind nsec3.test. nsec3.test -3 aabbccdd -H 5
keys iter.test. ECDSAP256SHA256 "";         bind iter.test. iter.test -z -3 - -H 150
keys optout.test. ECDSAP256SHA256 "" none;  ldns optout.test. optout.test -n -t 1 -s ab -p
keys p384.test. ECDSAP384SHA384 "" none;    bind p384.test. p384.test
keys ed448.test. ED448 "" none;             bind ed448.test. ed448.test
keys rsa.test. RSASHA256 "-b 2048" "-b 1024"; ldns rsa.test. rsa.test
keys lone.test. ECDSAP256SHA256 "";         bind lone.test. lone.test -z
keys lone3.test. ECDSAP256SHA256 "";        bind lone3.test. lone3.test -z -3 - -H 0
keys rolling.test. RSASHA256 "-b 2048" "-b 2048"
keys rolling.test. ECDSAP256SHA256 "" none; bind rolling.test. rolling.test
keys test. RSASHA256 "-b 2048" "-b 2048";   ldns test. test -n -t 1 -s 0badcafe
keys . RSASHA256 "-b 2048" "-b 2048";       bind . root
cp "$work/ds.root" signed/anchors
for file in plain.kommune.dk unsigned.dk; do
  named-compilezone -q -i none -k ignore -s full -o "$work/signed.$file" "$file." "zones/$file" >/dev/null && finish "$file"
done
