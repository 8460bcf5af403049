#!/bin/sh
# Makes the keys and certificates of the tests' mail gateways; valid for a hundred years.
# root, intermediate: RSA. rsa, ecdsa: leaves of the intermediate, each with its chain. ed25519: self-signed.
set -eu
cd "$(dirname "$0")"
days=36524
name="/CN=mx.oevelse.dk"

openssl req -x509 -newkey rsa:2048 -nodes -sha256 -days $days -subj "/CN=practice root" -keyout root.key -out root.pem
openssl req -newkey rsa:2048 -nodes -subj "/CN=practice intermediate" -keyout intermediate.key -out intermediate.csr
printf 'basicConstraints=critical,CA:true\n' >ca.ext
openssl x509 -req -in intermediate.csr -CA root.pem -CAkey root.key -days $days -sha256 -extfile ca.ext -out intermediate.pem
leaf() {
  leaf=$1
  shift
  openssl req "$@" -nodes -subj "$name" -keyout "$leaf.key" -out "$leaf.csr"
  openssl x509 -req -in "$leaf.csr" -CA intermediate.pem -CAkey intermediate.key -days $days -sha256 -out "$leaf.pem"
}
leaf rsa -newkey rsa:2048
leaf ecdsa -newkey ec -pkeyopt ec_paramgen_curve:P-256
openssl req -x509 -newkey ed25519 -nodes -days $days -subj "$name" -keyout ed25519.key -out ed25519.pem
rm -f ./*.csr ./*.srl ca.ext root.key intermediate.key
