import { randomInt } from "node:crypto";
import { ROOT_ANCHORS } from "../../data/root-anchors.ts";
import type { Bilingual } from "../core/messages.ts";
import { createDialer } from "../dial/dialer.ts";
import { FAMILIES, type Family, familyOf, type SocketOpener } from "../dial/sockets.ts";
import { createDnsAccess, type DnsAccess } from "../dns/dns-access.ts";
import type { InventoryFiles } from "../inventory/read-inventory.ts";
import type { ServerAddress } from "../inventory/inventory.ts";
import type { ProbeContext } from "../probes/probe-context.ts";
import { userAgentOf } from "../probes/http/user-agent.ts";
import type { VerifyIo } from "./verify-assets.ts";
import { ENGINE_VERSION } from "./engine-version.ts";
import { pacedDns } from "./paced-dns.ts";
import { createVisitors } from "./visitors.ts";

export interface NetworkOptions {
  readonly signal: AbortSignal;
  /** Questions that may begin per second; unset: the dialer's own budgets alone. */
  readonly rate?: number | undefined;
  /** Replaces the operating system's sockets; only practice and tests do. */
  readonly sockets?: SocketOpener | undefined;
  /** Instead of chance: the label of the name that nobody has made below an asset, by its id. */
  readonly label?: ((asset: string) => string) | undefined;
  /** Which resolver is asked, as DnsSettings has it: another number for a second look than for the first. */
  readonly firstResolver?: number | undefined;
  /** Selectors that aggregate reports have shown to sign for a domain; unset: none are known. */
  readonly reportedSelectors?: ProbeContext["reportedSelectors"] | undefined;
}

/** Everything that talks to the network in one run, and how to end it. */
export interface Network extends VerifyIo {
  readonly dns: DnsAccess;
  /** Ends what is under way and lets go of every socket and timer. Nothing may be asked afterwards. */
  close(): void;
}

const LABEL_LENGTH = 16;
const LABEL_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** Fewer opinions than this are no cross-check (architecture.md section 6, self-doubt). */
const VALIDATORS = 2;

/** Puts dialer, resolvers and anchors together as the inventory asks. Sends nothing yet. */
export async function openNetwork(files: InventoryFiles, options: NetworkOptions): Promise<Network> {
  const { network } = files.inventory;
  const { rate, sockets, label = randomLabel, firstResolver, reportedSelectors = () => [] } = options;
  const { signal, abandon } = endOf(options.signal);
  const dialer = createDialer({
    allowSpecialAddresses: network.allowSpecialAddresses,
    families: network.families ?? "routed",
    ...(sockets === undefined ? {} : { sockets }),
  });
  const dns = createDnsAccess(
    {
      doh: network.doh,
      dns: network.dns?.map(serverText),
      authoritative: network.authoritative,
      ca: files.ca?.join("\n"),
      firstResolver,
    },
    dialer,
  );
  const families = await dialer.families();
  const ways = pacedDns(dns, rate);
  const { ehloName, smtpCanaries: canaries } = network;
  const extraAuthorities = files.ca ?? [];
  const userAgent = userAgentOf(ENGINE_VERSION, files.inventory.contacts.email[0]);
  const context: ProbeContext = {
    ...ways,
    ...createVisitors({ dialer, resolver: ways.resolver, ehloName, canaries, userAgent, extraAuthorities }),
    reportedSelectors,
    anchors: files.trustAnchors ?? ROOT_ANCHORS,
    // With no route to the internet at all this is a closed network: each address shows by itself whether it is near.
    hasRouteTo: (address) => families.length === 0 || families.includes(familyOf(address)),
    demandedFamilies: network.families ?? [],
    now: Date.now,
    randomLabel: label,
    signal,
  };
  return {
    context,
    dns,
    cost() {
      const { connections, bytesIn, bytesOut } = dialer.counters();
      return { dnsQueries: dns.queries(), connections, bytesIn, bytesOut };
    },
    notSeen: () => [...familiesNotSeen(families, network.families), ...dnsNotSeen(dns)],
    close() {
      abandon();
      dns.close();
      dialer.close();
    },
  };
}

/**
 * A signal of the network's own, that follows `outer` until the network is closed: a question under way then ends and is not
 * repeated over a new connection, and a watch whose signal lives for months keeps nothing of the networks it has used.
 */
function endOf(outer: AbortSignal): { readonly signal: AbortSignal; readonly abandon: () => void } {
  const own = new AbortController();
  const follow = (): void => own.abort(outer.reason);
  if (outer.aborted) follow();
  outer.addEventListener("abort", follow, { once: true });
  const abandon = (): void => {
    outer.removeEventListener("abort", follow);
    own.abort(new Error("the network was closed"));
  };
  return { signal: own.signal, abandon };
}

/** What is not looked at in IPv4 or IPv6, and whether that was asked for. */
function familiesNotSeen(used: readonly Family[], demanded: readonly Family[] | undefined): readonly Bilingual[] {
  if (used.length === 0) return [];
  return FAMILIES.filter((family) => !used.includes(family)).map((family) => {
    const name = family === "ipv4" ? "IPv4" : "IPv6";
    return demanded === undefined
      ? {
          da: `Adresser i ${name}: der er ingen rute til dem herfra.`,
          en: `${name} addresses: there is no route to them from here.`,
        }
      : {
          da: `Adresser i ${name}: network.families udelader dem.`,
          en: `${name} addresses: network.families leaves them out.`,
        };
  });
}

function dnsNotSeen({ resolver, direct }: DnsAccess): readonly Bilingual[] {
  const sentences: Bilingual[] = [];
  if (direct === null) {
    sentences.push({
      da: "De enkelte navneservere: authoritative er slået fra.",
      en: "The individual name servers: authoritative is off.",
    });
  }
  if (resolver.describe().length < VALIDATORS) {
    sentences.push({
      da: "Krydskontrol af vores validering: den kræver mindst to resolvere.",
      en: "Cross-check of our validation: it takes at least two resolvers.",
    });
  }
  return sentences;
}

function serverText({ address, port }: ServerAddress): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function randomLabel(): string {
  return Array.from({ length: LABEL_LENGTH }, () => LABEL_LETTERS[randomInt(LABEL_LETTERS.length)]).join("");
}
