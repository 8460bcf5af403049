import type { Plugin } from "esbuild";

/** What each function that looks has no part in: modules of lib/verify that are loaded with the first look of their kind. */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  "verify-domains": ["mail-looks", "tls-looks", "web-looks"],
  "verify-mail": ["domain-looks", "tls-looks", "web-looks"],
  "verify-web": ["domain-looks", "mail-looks"],
};
const LOOKS = /lib[\\/]verify[\\/]([a-z]+-looks)\.ts$/;

/** Leaves the looks of other families out of a function's bundle: to load them there is an error that says so. */
export function leftOut(name: string): Plugin {
  return {
    name: "left-out",
    setup(build) {
      build.onLoad({ filter: LOOKS }, ({ path }) => {
        const [, looks = ""] = LOOKS.exec(path) ?? [];
        if (LEFT_OUT[name]?.includes(looks) !== true) return undefined;
        return { contents: `throw new Error("${name} has no ${looks} with it");`, loader: "js" };
      });
    },
  };
}
