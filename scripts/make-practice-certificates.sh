#!/usr/bin/env bash
# Writes lib/practice/certificates: a practice authority with the certificate of the practice DoH resolver, which is named
# by address; the certificates of the practice mail gateways, most of them signed by themselves, as DANE allows; and two
# DKIM keys. Needs OpenSSL 3. The authorities' keys are thrown away, so nothing else can ever be issued in their names, and
# their name constraints limit them to the practice resolvers' range and two gateways' names. Every key that is kept is
# public on purpose: it protects nothing but loopback. Of the key that waits its turn (`next`) and of the DKIM keys only the
# public half is kept. Run it again only to change addresses or names; every run makes new keys, so the zones must be made
# anew afterwards (scripts/make-practice.ts), for their TLSA and DKIM records follow from these files.
set -euo pipefail

readonly RESOLVERS=(185.20.0.53 185.20.0.54)
readonly RANGE=185.20.0.0/255.255.255.0
readonly ANCHORED=(mail.segl-oevelse.dk mail.laksegl-oevelse.dk)
readonly START=20200101000000Z END=20800101000000Z
folder="$(cd "$(dirname "$0")/.." && pwd)/lib/practice/certificates"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder"

joined() { local kind="$1" text; shift; text="$(printf ",$kind:%s" "$@")"; echo "${text:1}"; }
permitted() { local text; text="$(printf ',permitted;DNS:%s' "$@")"; echo "${text:1}"; }
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
[mail_authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, $(permitted "${ANCHORED[@]}")
[resolver]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $(joined IP "${RESOLVERS[@]}")
[gateway]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
[anchored]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $(joined DNS "${ANCHORED[@]}")
[ca]
default_ca = practice
[practice]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = optional
CONFIG
: >"$work/index"

new_key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
new_rsa_key() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$1"; }
new_request() { openssl req -new -utf8 -config "$work/ca.cnf" -key "$1" -subj "$2" -out "$3"; }
sign() { openssl ca -batch -notext -utf8 -config "$work/ca.cnf" -startdate "$START" -enddate "$END" "$@"; }
keep_key() {
  {
    echo "Public on purpose: this key protects nothing but loopback (scripts/make-practice-certificates.sh)."
    cat "$work/$1.key"
  } >"$folder/$1.key"
}
authority() { # NAME EXTENSIONS COMMON_NAME
  new_key "$work/$1.key"
  new_request "$work/$1.key" "/O=Kommunen Øvelse/CN=$3" "$work/$1.csr"
  sign -selfsign -keyfile "$work/$1.key" -extensions "$2" -in "$work/$1.csr" -out "$folder/$1.pem"
}
issued() { # NAME AUTHORITY EXTENSIONS COMMON_NAME
  new_key "$work/$1.key"
  new_request "$work/$1.key" "/O=Kommunen Øvelse/CN=$4" "$work/$1.csr"
  sign -keyfile "$work/$2.key" -cert "$folder/$2.pem" -extensions "$3" -in "$work/$1.csr" -out "$folder/$1.pem"
  keep_key "$1"
}
self_signed() { # NAME, of a key that is there
  new_request "$work/$1.key" "/O=Kommunen Øvelse/CN=Practice gateway" "$work/$1.csr"
  sign -selfsign -keyfile "$work/$1.key" -extensions gateway -in "$work/$1.csr" -out "$folder/$1.pem"
  keep_key "$1"
}
public_half() { openssl pkey -in "$work/$1.key" -pubout -out "$folder/$1.pub"; }

authority ca authority "Practice authority"
issued doh ca resolver "Practice resolver"

authority mail-ca mail_authority "Practice mail authority"
issued mail-anchored mail-ca anchored "Practice gateway"
for name in mail-rsa mail-other-rsa; do
  new_rsa_key "$work/$name.key" 2048
  self_signed "$name"
done
for name in mail-ecdsa mail-other-ecdsa; do
  new_key "$work/$name.key"
  self_signed "$name"
done
new_key "$work/mail-next.key"
public_half mail-next
for bits in 1024 2048; do
  new_rsa_key "$work/dkim-$bits.key" "$bits"
  public_half "dkim-$bits"
done

openssl verify -CAfile "$folder/ca.pem" "$folder/doh.pem"
openssl verify -CAfile "$folder/mail-ca.pem" "$folder/mail-anchored.pem"
