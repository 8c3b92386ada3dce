#!/bin/sh
# Signs and sends one request with openssl and curl.
# usage: AFTERCARE_SECRET=whsec_... sh sign.sh METHOD URL [body.json]
set -eu
method=$1
url=$2
body=${3:-}

id="msg_$(openssl rand -hex 12)"
timestamp=$(date +%s)
key=$(printf '%s' "${AFTERCARE_SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')

payload() {
  if [ -n "$body" ]; then
    cat "$body"
  else
    # Without a body, METHOD path?query is signed in its place.
    printf '%s /%s' "$method" "${url#*://*/}"
  fi
}

signature=$({
  printf '%s.%s.' "$id" "$timestamp"
  payload
} | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)

set -- --silent --show-error --request "$method" "$url" \
  --header "webhook-id: $id" \
  --header "webhook-timestamp: $timestamp" \
  --header "webhook-signature: v1,$signature"
if [ -n "$body" ]; then
  set -- "$@" --header 'content-type: application/json' --data-binary "@$body"
fi
curl "$@"
