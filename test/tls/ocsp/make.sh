#!/bin/sh
# Makes the certificates and OCSP responses of this folder anew; the test holds the moment at which the responses are good.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/x.cnf" <<'CNF'
[req]
distinguished_name=d
[d]
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
[leaf]
subjectAltName=DNS:www.oevelse.dk
authorityInfoAccess=OCSP;URI:http://ocsp.oevelse.dk/
[must]
subjectAltName=DNS:www.oevelse.dk
authorityInfoAccess=OCSP;URI:http://ocsp.oevelse.dk/
tlsfeature=status_request
[bare]
subjectAltName=DNS:www.oevelse.dk
[resp]
extendedKeyUsage=OCSPSigning
[plain]
extendedKeyUsage=serverAuth
CNF
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"; }
key ca
openssl req -x509 -new -key "$work/ca.key" -subj "/CN=Test CA" -days 36500 -config "$work/x.cnf" -extensions ca -out ca.pem
serial=1000
for name in leaf must bare resp plain; do
  serial=$((serial + 1))
  key "$name"
  openssl req -new -key "$work/$name.key" -subj "/CN=$name" -out "$work/$name.csr" -config "$work/x.cnf"
  openssl x509 -req -in "$work/$name.csr" -CA ca.pem -CAkey "$work/ca.key" -set_serial "0x$serial" -days 36500 \
    -extfile "$work/x.cnf" -extensions "$name" -out "$work/$name.pem"
  [ "$name" = plain ] || cp "$work/$name.pem" "$name.pem"
done
{
  printf 'V\t991231235959Z\t\t1001\tunknown\t/CN=leaf\n'
  printf 'V\t991231235959Z\t\t1002\tunknown\t/CN=must\n'
  printf 'R\t991231235959Z\t260101000000Z\t1003\tunknown\t/CN=bare\n'
} > "$work/index.txt"
cp ca.pem "$work/ca.pem"
respond() {
  openssl ocsp -issuer ca.pem -cert "$work/$1.pem" -no_nonce -reqout "$work/request.der"
  openssl ocsp -index "$work/index.txt" -CA ca.pem -rsigner "$work/$2.pem" -rkey "$work/$2.key" \
    -reqin "$work/request.der" -ndays 10 -respout "$3.der"
}
respond leaf ca by-ca
respond leaf resp by-resp
respond leaf plain by-plain
respond must ca must
respond bare ca revoked
