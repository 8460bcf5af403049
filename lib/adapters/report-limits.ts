import type { Bilingual } from "../core/messages.ts";

const MEGABYTE = 1024 * 1024;
const PACKED_MEGABYTES = 10;
const UNPACKED_MEGABYTES = 64;

/** Octets of a file that is compressed: reporters stop at what goes through mail. */
export const LARGEST_PACKED = PACKED_MEGABYTES * MEGABYTE;
/** Octets of XML, of one report or of all in one archive. */
export const LARGEST_UNPACKED = UNPACKED_MEGABYTES * MEGABYTE;

export const PACKED_TOO_LARGE: Bilingual = {
  da: `forventede højst ${PACKED_MEGABYTES} MB komprimeret, fandt mere`,
  en: `expected at most ${PACKED_MEGABYTES} MB compressed, found more`,
};
export const TOO_LARGE: Bilingual = {
  da: `forventede højst ${UNPACKED_MEGABYTES} MB udpakket, fandt mere eller noget, der er lavet til at vokse`,
  en: `expected at most ${UNPACKED_MEGABYTES} MB unpacked, found more or something made to grow`,
};
