#!/bin/sh
# Makes the keys and certificates of the tests' web sites: a root, and below it one site by SAN and one that was never valid
# for long. Valid for a hundred years, but for `expired`, which was in 2020.
set -eu
cd "$(dirname "$0")"
days=36500

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days "$days" \
  -keyout root.key -out root.pem -subj "/CN=web test root"

site() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
  printf 'subjectAltName=DNS:www.kommune.com,DNS:www.oevelse.dk,IP:185.20.60.80\n' > "$1.ext"
  sign "$1" "$2" "$3"
  rm "$1.csr" "$1.ext"
}

# With dates of its own, which `openssl x509` cannot set: from and to as YYYYMMDDHHMMSSZ.
sign() {
  : > index.txt
  printf '[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\npolicy=any\n[any]\ncommonName=supplied\n' > ca.cnf
  openssl ca -batch -notext -config ca.cnf -cert root.pem -keyfile root.key -md sha256 -in "$1.csr" -extfile "$1.ext" \
    -startdate "$2" -enddate "$3" -out "$1.pem"
  rm -f ca.cnf index.txt* [0-9A-F]*.pem
}

site valid 20200101000000Z 21200101000000Z
site expired 20200101000000Z 20210101000000Z
rm root.key
