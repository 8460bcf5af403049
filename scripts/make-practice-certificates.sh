#!/usr/bin/env bash
# Writes lib/practice/certificates: a practice authority, and the certificate of the practice DoH resolver, which is
# named by address. Needs OpenSSL 3. The authority's key is thrown away, so nothing else can ever be issued in its name,
# and its name constraint limits it to the practice resolvers' range. The resolver's key is public on purpose: it
# protects nothing but loopback. Run it again only to change addresses; every run makes new keys.
set -euo pipefail

readonly RESOLVERS=(185.20.0.53 185.20.0.54)
readonly RANGE=185.20.0.0/255.255.255.0
readonly START=20200101000000Z END=20800101000000Z
folder="$(cd "$(dirname "$0")/.." && pwd)/lib/practice/certificates"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder"

alternatives="$(printf ',IP:%s' "${RESOLVERS[@]}")"
cat >"$work/ca.cnf" <<CONFIG
[req]
distinguished_name = name
prompt = no
[name]
O = Kommunen Øvelse
CN = Practice authority
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, permitted;IP:$RANGE
[resolver]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = ${alternatives:1}
[ca]
default_ca = practice
[practice]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
policy = any
[any]
organizationName = optional
commonName = optional
CONFIG
: >"$work/index"

new_key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
new_request() { openssl req -new -utf8 -config "$work/ca.cnf" -key "$1" -subj "$2" -out "$3"; }
sign() { openssl ca -batch -notext -utf8 -config "$work/ca.cnf" -startdate "$START" -enddate "$END" "$@"; }

new_key "$work/ca.key"
new_key "$work/doh.key"
new_request "$work/ca.key" "/O=Kommunen Øvelse/CN=Practice authority" "$work/ca.csr"
new_request "$work/doh.key" "/O=Kommunen Øvelse/CN=Practice resolver" "$work/doh.csr"
sign -selfsign -keyfile "$work/ca.key" -extensions authority -in "$work/ca.csr" -out "$folder/ca.pem"
sign -keyfile "$work/ca.key" -cert "$folder/ca.pem" -extensions resolver -in "$work/doh.csr" -out "$folder/doh.pem"
{
  echo "Public on purpose: this key protects nothing but loopback (scripts/make-practice-certificates.sh)."
  cat "$work/doh.key"
} >"$folder/doh.key"
openssl verify -CAfile "$folder/ca.pem" "$folder/doh.pem"
