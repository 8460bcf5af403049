/** dynalite 4.0.0 as a server; it ships no types. */
declare module "dynalite" {
  import type { Server } from "node:http";
  export default function dynalite(options?: { readonly createTableMs?: number }): Server;
}
