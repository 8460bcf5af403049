import { Buffer } from "node:buffer";
import type { ResourceRecord } from "../wire/message.ts";
import { parseName, toWire, type Name } from "../wire/name.ts";
import { parseTargetName } from "../wire/rdata/target-name.ts";

/** The unsigned CNAME that a DNAME makes for a name below it (RFC 6672 section 3.1); null if its target would be too long. */
export function aliasByDname(name: Name, dname: ResourceRecord): ResourceRecord | null {
  const target = parseTargetName(dname.data);
  if (!target.ok) return null;
  const prefix = dname.name === "." ? name : name.slice(0, name.length - dname.name.length);
  const alias = parseName(target.value === "." ? prefix : prefix + target.value);
  if (!alias.ok) return null;
  return { name, type: "CNAME", ttl: dname.ttl, data: Buffer.from(toWire(alias.value)).toString("base64") };
}
