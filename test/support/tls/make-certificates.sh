#!/bin/sh
# Makes the keys and self-signed certificates that the tests' TLS servers on loopback use; valid for fifty years.
# trusted: 127.0.0.1, ::1, localhost and the practice address 185.20.53.53. elsewhere: another host's name only.
set -eu
cd "$(dirname "$0")"
days=18262

make() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days "$days" \
    -keyout "$1.key" -out "$1.pem" -subj "/CN=kravvagt test $1" -addext "subjectAltName=$2"
}

make trusted "IP:127.0.0.1,IP:::1,DNS:localhost,IP:185.20.53.53"
make elsewhere "DNS:elsewhere.example"
