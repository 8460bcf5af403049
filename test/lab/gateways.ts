import { readFile, rm, writeFile } from "node:fs/promises";
import { type GatewayManner, PRACTICE_GATEWAYS } from "../../lib/practice/gateways.ts";
import { addAddresses } from "./name-servers.ts";
import { type PostfixDoor, startPostfix } from "./postfix.ts";
import { fileExists, type Service, waitUntil, type Workshop } from "./workshop.ts";

/** Further manners, of the lab alone. */
export type OddManner = "greeting-450" | "greeting-554" | "starttls-454" | "cut-off";

/** One address of a mail gateway, and how it is met there. */
export interface Door {
  readonly address: string;
  readonly manner: GatewayManner | OddManner;
}

export const CERTIFICATES = new URL("../../lib/practice/certificates/", import.meta.url);
export const ODD_GATEWAYS_CONFIG = "odd-gateways.json";
export const ODD_GATEWAYS_READY = "odd-gateways.ready";

const START_LIMIT_MS = 60_000;

/** Files that postfix presents, by manner: a key and its chain each. Who is not here is played by odd-gateways.ts. */
const CHAINS: Readonly<Partial<Record<Door["manner"], readonly string[]>>> = {
  well: ["mail-rsa", "mail-ecdsa"],
  renewed: ["mail-other-rsa", "mail-other-ecdsa"],
  "other-ecdsa": ["mail-rsa", "mail-other-ecdsa"],
  anchored: ["mail-anchored+mail-ca"],
  unanchored: ["mail-anchored"],
  "no-starttls": [],
};

/** Every address of every practice gateway. */
export const PRACTICE_DOORS: readonly Door[] = PRACTICE_GATEWAYS.flatMap(({ ipv4, ipv6, manner, overIpv6 }) => [
  { address: ipv4, manner },
  { address: ipv6, manner: overIpv6 ?? manner },
]);

/** The gateways of this network namespace while they run. */
export class Gateways {
  readonly #workshop: Workshop;
  readonly #odd: Door[];
  #service: Service | null = null;

  private constructor(workshop: Workshop, odd: readonly Door[]) {
    this.#workshop = workshop;
    this.#odd = [...odd];
  }

  /** Adds the addresses, and starts one postfix and one program for the manners that postfix does not have. */
  static async start(workshop: Workshop, doors: readonly Door[] = PRACTICE_DOORS): Promise<Gateways> {
    await addAddresses(doors.map(({ address }) => address));
    const isPostfix = ({ manner }: Door): boolean => CHAINS[manner] !== undefined;
    const postfixDoors: PostfixDoor[] = [];
    for (const { address, manner } of doors.filter(isPostfix))
      postfixDoors.push({ address, chains: await chainFiles(workshop, CHAINS[manner] ?? []) });
    await startPostfix(workshop, postfixDoors);
    const gateways = new Gateways(
      workshop,
      doors.filter((each) => !isPostfix(each)),
    );
    await gateways.#startOdd();
    return gateways;
  }

  /** From now on the odd gateways at these addresses behave like this. */
  async become(addresses: readonly string[], manner: Door["manner"]): Promise<void> {
    for (const [index, { address }] of this.#odd.entries())
      if (addresses.includes(address)) this.#odd[index] = { address, manner };
    await this.#startOdd();
  }

  async #startOdd(): Promise<void> {
    if (this.#odd.length === 0) return;
    if (this.#service !== null) await this.#workshop.stop(this.#service);
    const ready = this.#workshop.path(ODD_GATEWAYS_READY);
    await rm(ready, { force: true });
    await writeFile(this.#workshop.path(ODD_GATEWAYS_CONFIG), JSON.stringify(this.#odd));
    const program = new URL("odd-gateways.ts", import.meta.url).pathname;
    const parameters = ["--no-warnings", program, this.#workshop.folder];
    this.#service = this.#workshop.start("odd-gateways", process.execPath, parameters);
    await waitUntil("the odd gateways", START_LIMIT_MS, () => fileExists(ready));
  }
}

/** Postfix reads a key and its chain from one file; `leaf+authority` names a chain of two. */
async function chainFiles(workshop: Workshop, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(
    names.map(async (name) => {
      const [leaf = ""] = name.split("+");
      const parts = [`${leaf}.key`, ...name.split("+").map((each) => `${each}.pem`)];
      const texts = await Promise.all(parts.map((file) => readFile(new URL(file, CERTIFICATES), "utf8")));
      const file = workshop.path(`${name}.chain.pem`);
      await writeFile(file, texts.join(""));
      return file;
    }),
  );
}
