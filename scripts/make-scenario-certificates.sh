#!/usr/bin/env bash
# Makes the certificates that scenarios are about, with OpenSSL 3: those of S20 and the DANE vectors, those of S27, or both. Every
# run draws new keys, which are thrown away: what depends on a certificate is computed from it.
# Usage: scripts/make-scenario-certificates.sh [dane|web]
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Fixed ends, so that scenarios at fixed moments find what they expect: "now" is 2026-11-23 in all of them.
long_ago=20200101000000Z
far_off=20800101000000Z

cat > ca.cnf <<'CONF'
[ca]
default_ca = any
[any]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = optional
[req]
distinguished_name = none
[none]
CONF
touch index
echo 1000 > serial

key() { # NAME [KIND]
  case "${2:-p256}" in
    p256) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" ;;
    p224 | p384 | p521) openssl genpkey -quiet -algorithm EC -pkeyopt "ec_paramgen_curve:P-${2#p}" -out "$1.key" ;;
    rsa*) size=${2#rsa}; openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${size:-2048}" -out "$1.key" ;;
    ed25519) openssl genpkey -quiet -algorithm ed25519 -out "$1.key" ;;
  esac
}

# NAME KEY ISSUER ISSUER_KEY COMMON_NAME FROM UNTIL EXTENSIONS [HASH]: an issuer "-" signs itself; no extensions makes version 1.
certificate() {
  local name=$1 key=$2 issuer=$3 issuer_key=$4 common=$5 from=$6 until=$7 extensions=$8 hash=${9:-sha256}
  openssl req -new -config ca.cnf -key "$key.key" -subj "${common:+/CN=$common}/" -out "$name.csr" 2> /dev/null
  local signer=(-cert "$issuer.pem" -keyfile "$issuer_key.key")
  [[ $issuer == - ]] && signer=(-selfsign -keyfile "$key.key")
  local extra=()
  if [[ -n $extensions ]]; then
    printf '[own]\n%b\n' "$extensions" > own.cnf
    extra=(-extfile own.cnf -extensions own)
  fi
  [[ $key == edwards* ]] || signer+=(-md "$hash")
  openssl ca -batch -notext -config ca.cnf "${signer[@]}" -in "$name.csr" -out "$name.pem" -startdate "$from" \
    -enddate "$until" "${extra[@]}" 2> ca.log || { cat ca.log >&2; exit 1; }
}

ids='subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid'
ca="basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n$ids"
server="basicConstraints=CA:false\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n$ids"
san() { printf '%s\\nsubjectAltName=%s' "$server" "$1"; }

entries() { # NAME...: JSON lines of a name and the certificate's DER in base64
  for name in "$@"; do
    printf '  "%s": "%s",\n' "$name" "$(openssl x509 -in "$name.pem" -outform DER | base64 -w0)"
  done | sed '$s/,$//'
}

dane() { # What S20's scenarios and the DANE vectors are about
for name in root intermediate ecdsa next short expired self other wildcard hop common nul client false-ca below-false narrow \
  below-narrow deep rogue plain bound below-bound outside addressed below-addressed soon below-soon late below-late late-root below-late-root future never old below-old odd cross; do
  key "$name"
done
key rsa rsa
key edwards ed25519

certificate root root - - "Practice Root" $long_ago $far_off "$ca"
certificate intermediate intermediate root root "Practice Issuer" $long_ago $far_off "$ca"
leaf() { certificate "$1" "$2" intermediate intermediate "$3" "$4" "$5" "$(san "$6")"; } # NAME KEY COMMON FROM UNTIL SAN
leaf ecdsa ecdsa mx.kommune.dk $long_ago $far_off DNS:mx.kommune.dk
leaf rsa rsa mx.kommune.dk $long_ago $far_off DNS:mx.kommune.dk
leaf edwards edwards mx.kommune.dk $long_ago $far_off DNS:mx.kommune.dk
leaf next next mx.kommune.dk $long_ago $far_off DNS:mx.kommune.dk
leaf short short mx.kommune.dk 20261101000000Z 20270130000000Z DNS:mx.kommune.dk
leaf renewed short mx.kommune.dk 20261120000000Z 20270218000000Z DNS:mx.kommune.dk
leaf ending short mx.kommune.dk 20260902000000Z 20261201000000Z DNS:mx.kommune.dk
leaf expired expired mx.kommune.dk $long_ago 20261001000000Z DNS:mx.kommune.dk
leaf future future mx.kommune.dk 20300101000000Z $far_off DNS:mx.kommune.dk
leaf other other mail.andet.dk $long_ago $far_off DNS:mail.andet.dk
leaf wildcard wildcard kommune.dk $long_ago $far_off 'DNS:*.kommune.dk'
leaf hop hop kommune.dk $long_ago $far_off DNS:kommune.dk
leaf nul nul mx.kommune.dk $long_ago $far_off 'DER:30:17:82:15:6d:78:2e:6b:6f:6d:6d:75:6e:65:2e:64:6b:00:2e:6f:6e:64:2e:64:6b'
certificate common common intermediate intermediate mx.kommune.dk $long_ago $far_off "$server"
certificate self self - - mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate self-ca self - - mx.kommune.dk $long_ago $far_off "$ca\nsubjectAltName=DNS:mx.kommune.dk"
certificate client client intermediate intermediate mx.kommune.dk $long_ago $far_off \
  "basicConstraints=CA:false\nextendedKeyUsage=clientAuth\n$ids\nsubjectAltName=DNS:mx.kommune.dk"
certificate odd odd intermediate intermediate mx.kommune.dk $long_ago $far_off \
  "$(san DNS:mx.kommune.dk)\n1.2.3.4.5=critical,DER:05:00"
certificate never never intermediate intermediate "" 20151214001034Z 20151213001034Z ""

certificate false-ca false-ca root root "No Authority" $long_ago $far_off "$server"
certificate below-false below-false false-ca false-ca mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate narrow narrow root root "Narrow Issuer" $long_ago $far_off \
  "basicConstraints=critical,CA:true,pathlen:0\nkeyUsage=critical,keyCertSign\n$ids"
certificate below-narrow below-narrow narrow narrow "One Too Many" $long_ago $far_off "$ca"
certificate deep deep below-narrow below-narrow mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
# The same name as the issuer of `plain`, and nothing else in common; without key identifiers only the signature tells.
certificate rogue rogue root root "Practice Issuer" $long_ago $far_off "basicConstraints=critical,CA:true"
certificate plain plain intermediate intermediate mx.kommune.dk $long_ago $far_off \
  "basicConstraints=CA:false\nsubjectAltName=DNS:mx.kommune.dk\nauthorityKeyIdentifier=none"
certificate bound bound root root "Bound Issuer" $long_ago $far_off "$ca\nnameConstraints=critical,permitted;DNS:kommune.dk"
certificate below-bound below-bound bound bound mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate outside outside bound bound mail.andet.dk $long_ago $far_off "$(san DNS:mail.andet.dk)"
certificate addressed addressed root root "Address Issuer" $long_ago $far_off \
  "$ca\nnameConstraints=critical,permitted;IP:192.0.2.0/255.255.255.0"
certificate below-addressed below-addressed addressed addressed mx.kommune.dk $long_ago $far_off \
  "$(san DNS:mx.kommune.dk,IP:192.0.2.25)"
certificate soon soon root root "Ending Issuer" $long_ago 20270115000000Z "$ca"
certificate below-soon below-soon soon soon mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate late late root root "Ended Issuer" $long_ago 20261001000000Z "$ca"
certificate below-late below-late late late mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate late-root late-root - - "Ended Root" $long_ago 20261001000000Z "$ca"
certificate below-late-root below-late-root late-root late-root mx.kommune.dk $long_ago $far_off "$(san DNS:mx.kommune.dk)"
certificate old old - - "Version One" $long_ago $far_off ""
certificate below-old below-old old old mx.kommune.dk $long_ago $far_off \
  "basicConstraints=CA:false\nsubjectAltName=DNS:mx.kommune.dk"
# The intermediate's name and key under another root.
certificate cross cross - - "Other Root" $long_ago $far_off "$ca"
certificate crossed intermediate cross cross "Practice Issuer" $long_ago $far_off "$ca"

mkdir -p "$root/test/vectors/dane"
{
  echo '{'
  entries $(ls ./*.pem | grep -E '/[a-z-]+\.pem$' | sed 's|^\./||; s|\.pem$||' | LC_ALL=C sort)
  echo '}'
} > "$root/test/vectors/dane/certificates.json"

{
  echo '/**'
  echo ' * Certificates that scenarios present, DER in base64, valid until 2080 unless their name says otherwise. Made by'
  echo ' * scripts/make-scenario-certificates.sh, which also throws their private keys away.'
  echo ' */'
  echo 'export const CERTIFICATES = {'
  entries root intermediate ecdsa rsa next short renewed ending expired self other client odd soon below-soon plain rogue
  echo '} as const;'
} > "$root/lib/requirements/s20/scenario-certificates.ts"
}

web() { # What S27's scenarios present, for www.kommune.dk
  for name in root intermediate ecdsa expired future ending common other wildcard address self staple pointed client odd \
    own-root own late below-late; do
    key "$name"
  done
  for size in 1024 2048 3072; do key "rsa$size" "rsa$size"; done
  for curve in 224 521; do key "p$curve" "p$curve"; done
  key weak-issuer rsa1024
  key below-weak
  key edwards ed25519
  certificate root root - - "Scenario Root" $long_ago $far_off "$ca"
  certificate intermediate intermediate root root "Scenario Issuer" $long_ago $far_off "$ca"
  page() { # NAME FROM UNTIL EXTENSIONS [HASH]
    certificate "$1" "${6:-$1}" intermediate intermediate www.kommune.dk "$2" "$3" "$4" "${5:-sha256}"
  }
  local own_name; own_name=$(san DNS:www.kommune.dk)
  for name in ecdsa rsa1024 rsa2048 rsa3072 p224 p521 edwards; do page "$name" $long_ago $far_off "$own_name"; done
  page sha1 $long_ago $far_off "$own_name" sha1 ecdsa
  page expired $long_ago 20261120120000Z "$own_name"
  page future 20261201000000Z $far_off "$own_name"
  page ending 20260902000000Z 20261201000000Z "$own_name"
  page common $long_ago $far_off "$server"
  page other $long_ago $far_off "$(san DNS:mail.andet.dk)"
  page wildcard $long_ago $far_off "$(san 'DNS:*.kommune.dk')"
  page address $long_ago $far_off "$(san IP:192.0.2.10,IP:2001:db8::10)"
  page staple $long_ago $far_off "$own_name\ntlsfeature=status_request\nauthorityInfoAccess=OCSP;URI:http://ocsp.example/"
  page pointed $long_ago $far_off "$own_name\nauthorityInfoAccess=OCSP;URI:http://ocsp.example/"
  page client $long_ago $far_off "basicConstraints=CA:false\nextendedKeyUsage=clientAuth\n$ids\nsubjectAltName=DNS:www.kommune.dk"
  page odd $long_ago $far_off "$own_name\n1.2.3.4.5=critical,DER:05:00"
  certificate self self - - www.kommune.dk $long_ago $far_off "$own_name"
  certificate own-root own-root - - "Own Root" $long_ago $far_off "$ca"
  certificate own own own-root own-root www.kommune.dk $long_ago $far_off "$own_name"
  certificate late late root root "Ended Issuer" $long_ago 20261001000000Z "$ca"
  certificate below-late below-late late late www.kommune.dk $long_ago $far_off "$own_name"
  certificate weak-issuer weak-issuer root root "Weak Issuer" $long_ago $far_off "$ca"
  certificate below-weak below-weak weak-issuer weak-issuer www.kommune.dk $long_ago $far_off "$own_name"
  {
    echo '/**'
    echo " * Certificates that S27's scenarios present, DER in base64, for www.kommune.dk and valid until 2080 unless their name says"
    echo ' * otherwise. Made by scripts/make-scenario-certificates.sh, which also throws their private keys away.'
    echo ' */'
    echo 'export const CERTIFICATES = {'
    entries root intermediate ecdsa rsa1024 rsa2048 rsa3072 p224 p521 edwards sha1 expired future ending common other wildcard \
      address staple pointed client odd self own-root own late below-late weak-issuer below-weak
    echo '} as const;'
  } > "$root/lib/requirements/s27/cert-scenario-certificates.ts"
}

case "${1:-all}" in
  dane) dane ;;
  web) web ;;
  all) dane; rm -f ./*.pem ./*.key; web ;;
  *) echo "dane or web" >&2; exit 2 ;;
esac
