import { type Name, parseName } from "../../wire/name.ts";

/** Where records about SMTP on port 25 stand below a host (RFC 6698 section 3, RFC 7672 section 2.2.3). */
const PORT_LABEL = "_25";
const PROTOCOL_LABEL = "_tcp";

/** The name of a host's TLSA records; null where the host's name is too long for there to be one. */
export function tlsaOwner(base: Name): Name | null {
  return nameOf(`${PORT_LABEL}.${PROTOCOL_LABEL}.${base}`);
}

/**
 * The names on the way to them, nearest the host first. A server that denies the first denies all of them (RFC 8020), though it
 * has the records.
 */
export function namesTowardsTlsa(base: Name): readonly Name[] {
  const names = [`${PROTOCOL_LABEL}.${base}`, `${PORT_LABEL}.${PROTOCOL_LABEL}.${base}`].map(nameOf);
  return names.flatMap((name) => name ?? []);
}

function nameOf(text: string): Name | null {
  const name = parseName(text);
  return name.ok ? name.value : null;
}
