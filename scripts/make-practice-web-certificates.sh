#!/usr/bin/env bash
# Writes the web-* files in lib/practice/certificates, and authorities.pem there: a practice web authority and the
# intermediate it issues by, the certificates of the practice web hosts and mail stores, right and wrong on purpose, and
# finite-field parameters. The names come from lib/practice/web-hosts.ts; name constraints limit the authority to them.
# Needs OpenSSL 3 and Node. The authorities' keys are thrown away, so nothing else can ever be issued in their names; every
# key that is kept is public on purpose: it protects nothing but loopback. Run it again only to change names; every run makes
# new keys, and nothing else follows from them: the zones stay as they are.
set -euo pipefail

readonly START=20200101000000Z END=20800101000000Z PAST=20210101000000Z
root="$(cd "$(dirname "$0")/.." && pwd)"
folder="$root/lib/practice/certificates"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

mapfile -t names < <(node --input-type=module -e "
  import { practiceWebNames } from '$root/lib/practice/web-hosts.ts';
  console.log(practiceWebNames().join('\n'));")
joined() { local kind="$1" text; shift; text="$(printf ",$kind:%s" "$@")"; echo "${text:1}"; }
cat >"$work/ca.cnf" <<CONFIG
[req]
distinguished_name = name
prompt = no
[name]
O = Kommunen Øvelse
CN = Practice web authority
[authority]
basicConstraints = critical, CA:TRUE, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical, $(joined 'permitted;DNS' "${names[@]}")
[issuer]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[host]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $(joined DNS "${names[@]}")
[host_without_san]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
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
organizationalUnitName = optional
commonName = optional
CONFIG
: >"$work/index"

new_key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"; }
new_rsa_key() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$work/$1.key"; }
new_request() { # NAME SUBJECT
  openssl req -new -utf8 -config "$work/ca.cnf" -key "$work/$1.key" -subj "/O=Kommunen Øvelse/$2" -out "$work/$1.csr"
}
sign() { openssl ca -batch -notext -utf8 -config "$work/ca.cnf" -startdate "$START" "$@"; }
issued() { # NAME AUTHORITY EXTENSIONS SUBJECT [OPTION ...], of a key that is there
  new_request "$1" "$4"
  sign -enddate "$END" -keyfile "$work/$2.key" -cert "$folder/$2.pem" -extensions "$3" "${@:5}" \
    -in "$work/$1.csr" -out "$folder/$1.pem"
}
hosted() { # as issued, by the intermediate, and the key is kept
  issued "$1" web-issuer "${@:2}"
  {
    echo "Public on purpose: this key protects nothing but loopback (scripts/make-practice-web-certificates.sh)."
    cat "$work/$1.key"
  } >"$folder/$1.key"
}

new_key web-ca
new_request web-ca "CN=Practice web authority"
sign -enddate "$END" -selfsign -keyfile "$work/web-ca.key" -extensions authority -in "$work/web-ca.csr" -out "$folder/web-ca.pem"
new_key web-issuer
# Without a common name: some take one for a host name, which the constraints would forbid.
issued web-issuer web-ca issuer "OU=Practice web issuer"
cat "$folder/ca.pem" "$folder/web-ca.pem" >"$folder/authorities.pem"

for name in web-ecdsa web-sha1 web-expired web-without-san; do new_key "$name"; done
new_rsa_key web-rsa 3072
new_rsa_key web-rsa-1024 1024
hosted web-ecdsa host "CN=Practice web host"
hosted web-rsa host "CN=Practice web host"
hosted web-rsa-1024 host "CN=Practice web host"
hosted web-sha1 host "CN=Practice web host" -md sha1
hosted web-expired host "CN=Practice web host" -enddate "$PAST"
hosted web-without-san host_without_san "$(node --input-type=module -e "
  import { PRACTICE_WEB_HOSTS } from '$root/lib/practice/web-hosts.ts';
  console.log('CN=www.' + PRACTICE_WEB_HOSTS.find(({ manner }) => manner === 'certificate-without-san').domain);")"
openssl genpkey -quiet -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out "$folder/web-ffdhe2048.params"

openssl verify -CAfile "$folder/web-ca.pem" -untrusted "$folder/web-issuer.pem" "$folder"/web-{ecdsa,rsa,without-san}.pem
