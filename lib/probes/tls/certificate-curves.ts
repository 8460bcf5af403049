import { groupNamed } from "../../tls/groups.ts";
import { curveOfChain, type RawChain } from "../../tls/presented-chains.ts";

/** OpenSSL's names where they are not the registry's. */
const REGISTRY_NAMES: Readonly<Record<string, string>> = {
  prime256v1: "secp256r1",
  prime192v1: "secp192r1",
  brainpoolP256r1: "brainpoolP256r1",
  SM2: "curveSM2",
};

/** The curves of the ECDSA certificates among these, as groups: a server may need them in an offer to use its certificate. */
export function keptCurves(chains: readonly RawChain[]): readonly number[] {
  const different = new Set(chains.map(({ chain }) => chain));
  const curves = [...different].flatMap((chain) => {
    const name = curveOfChain(chain);
    return name === null ? [] : (groupNamed(REGISTRY_NAMES[name] ?? name)?.number ?? []);
  });
  return [...new Set(curves)];
}
