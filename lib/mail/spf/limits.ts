/** RFC 7208 section 4.6.4: terms that cause DNS queries, over the whole evaluation. */
export const MAX_LOOKUPS = 10;

/** The same: terms that find nothing. */
export const MAX_VOIDS = 2;

/** The same: names of one `mx` term, and names that a sender's address points to. */
export const MAX_NAMES = 10;
