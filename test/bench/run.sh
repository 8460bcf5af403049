#!/usr/bin/env bash
# The bench: cost of S18, S19, S20, S23 and of looking at web servers beside peers, against the lab's real servers. It prints ratios and asserts nothing.
# --only domains,mail,web,round-trips,status runs some of its parts.
# Needs what the lab needs, and Debian's time; with dnsviz installed it is a peer too (packages.txt).
set -euo pipefail

folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
if [ ! -x /usr/bin/time ]; then
  echo "bench: /usr/bin/time is missing; install: $(tr '\n' ' ' <"$folder/packages.txt")" >&2
  exit 69
fi
LAB_PROGRAM="$folder/bench.ts" exec bash "$folder/../lab/run.sh" "$@"
