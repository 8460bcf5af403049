/** undici's client alone: its index loads a dozen things that are not used, and sets a dispatcher for the whole process. */
declare module "undici/lib/dispatcher/client.js" {
  export { Client as default } from "undici";
}
