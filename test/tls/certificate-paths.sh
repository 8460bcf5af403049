#!/usr/bin/env bash
# Makes the certificates of certificate-path.test.ts with OpenSSL 3: the leaves of one authority with many
# certificates of its own. Every run draws new keys, which are thrown away. Usage: test/tls/certificate-paths.sh
set -euo pipefail

target=$(cd "$(dirname "$0")/../vectors" && pwd)/certificate-paths.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

printf '[ca]\ndefault_ca=any\n[any]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=free\n' > ca.cnf
printf 'unique_subject=no\npreserve=yes\n[free]\ncountryName=optional\norganizationName=optional\ncommonName=optional\n' >> ca.cnf
touch index
echo 1000 > serial

request() { # NAME SUBJECT [OPTION]
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
  openssl req -new -key "$1.key" -subj "$2" "${@:3}" -out "$1.csr"
}

key_of() { if [[ $1 == issuer* ]]; then echo issuer; else echo "$1"; fi; }

certificate() { # NAME REQUEST ISSUER UNTIL EXTENSIONS [FROM]: an issuer "-" signs itself
  local signer=(-cert "$3.pem" -keyfile "$(key_of "$3").key")
  [[ $3 == - ]] && signer=(-selfsign -keyfile "$2.key")
  printf '[own]\n%b\n' "$5" > own.cnf
  openssl ca -batch -notext -config ca.cnf "${signer[@]}" -in "$2.csr" -out "$1.pem" -startdate "${6:-20200101000000Z}" \
    -enddate "$4" -extfile own.cnf -extensions own 2> ca.log || { cat ca.log >&2; exit 1; }
}

far=20800101000000Z
ca='basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign'
server() { printf 'basicConstraints=CA:false\\nextendedKeyUsage=serverAuth\\nsubjectAltName=DNS:www.kommune.dk%s\\n%s' "${2:-}" "$1"; }
tree() { printf '%s\\nnameConstraints=critical,%s;dirName:tree\\n[tree]\\n%s' "$ca" "$1" "$2"; }

request root-a '/O=Root A'; request root-b '/O=Root B'
request issuer '/C=DK/O=Issuer'
request leaf '/C=DK/O=Kommune/CN=www.kommune.dk'
request shouted '/C=DK/O=KOMMUNE  /CN=www.kommune.dk' -utf8
request nameless '/'

certificate root-a root-a - $far "$ca"
certificate root-b root-b - $far "$ca"
certificate issuer issuer root-a $far "$ca"
certificate issuer-plain issuer root-a $far 'keyUsage=critical,keyCertSign,cRLSign'
certificate issuer-ended issuer root-a 20260101000000Z "$ca"
certificate issuer-cross issuer root-b $far "$ca"
certificate issuer-later issuer root-b $far "$ca" 20270101000000Z
certificate issuer-elsewhere issuer root-a $far "$ca\nnameConstraints=critical,permitted;DNS:example.dk"
certificate issuer-inside issuer root-a $far "$(tree permitted 'C=DK\nO=Kommune')"
certificate issuer-outside issuer root-a $far "$(tree permitted 'C=DK\nO=Region')"
certificate issuer-country issuer root-a $far "$(tree permitted 'C=DK')"
certificate issuer-excluding issuer root-a $far "$(tree excluded 'C=DK\nO=Kommune')"
certificate issuer-sparing issuer root-a $far "$(tree excluded 'C=DK\nO=Region')"
certificate leaf leaf issuer $far "$(server 'keyUsage=digitalSignature')"
certificate shouted shouted issuer $far "$(server 'keyUsage=digitalSignature')"
certificate nameless nameless issuer $far "$(server 'keyUsage=digitalSignature')"
certificate silent leaf issuer $far "$(server '')"
certificate exchanging leaf issuer $far "$(server 'keyUsage=keyEncipherment')"
certificate agreeing leaf issuer $far "$(server 'keyUsage=critical,keyAgreement')"
certificate signing leaf issuer $far "$(server 'keyUsage=critical,keyCertSign,cRLSign')"
certificate vouching leaf issuer $far "$(server 'keyUsage=nonRepudiation')"
certificate pointing leaf issuer $far "$(server 'keyUsage=digitalSignature\n[tree]\nC=DK\nO=Region' ',dirName:tree')"

{
  echo '{'
  for file in *.pem; do
    name=${file%.pem}
    [[ $name =~ ^[0-9A-F]+$ ]] || printf '  "%s": "%s",\n' "$name" "$(openssl x509 -in "$file" -outform DER | base64 -w0)"
  done | sed '$s/,$//'
  echo '}'
} > "$target"
