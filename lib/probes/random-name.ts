import { type Name, prepend, toWire } from "../wire/name.ts";

/** RFC 1035 section 2.3.4, in octets on the wire. */
const LONGEST_NAME = 255;

/** A name below `domain` with as much of the random label as fits; the domain itself when nothing does. */
export function randomNameBelow(domain: Name, label: string): Name {
  const room = LONGEST_NAME - toWire(domain).length - 1;
  return room < 1 ? domain : prepend(label.slice(0, room), domain);
}
