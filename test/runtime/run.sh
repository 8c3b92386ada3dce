#!/usr/bin/env bash
# Boots every bundle on Node 24 under AWS's own runtime client and sends it events of the recorded shapes.
# The client compiles a small addon when it is installed: cmake, make and g++ (apt packages of these names).
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -f node_modules/aws-lambda-ric/rapid-client.node ]; then
  if ! command -v cmake >/dev/null || ! command -v g++ >/dev/null || ! command -v make >/dev/null; then
    apt-get update -qq && apt-get install -y -qq cmake g++ make >/dev/null
  fi
  npm install --no-package-lock --no-audit --no-fund
fi
exec ../../node_modules/.bin/node run.ts
