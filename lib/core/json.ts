/** Plain data: what observations and evidence are made of, so that they can be stored, hashed and replayed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
