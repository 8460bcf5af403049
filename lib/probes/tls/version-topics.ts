import { FFDHE_GROUPS, LEGACY_CURVES, MODERN_GROUPS } from "../../tls/groups.ts";
import { suiteOf, suitesFor } from "../../tls/suites.ts";
import type { RecordLayerVersion, TlsVersion } from "../../tls/versions.ts";
import { keptCurves } from "./certificate-curves.ts";
import type { Topic } from "./inquiry.ts";
import { askHello, type TopicTools } from "./topics.ts";

/** The topic that finds the suites of a version. */
export const suitesTopicName = (version: TlsVersion): string => `suites of ${version}`;
export const bareTopicName = (version: TlsVersion): string => `suites of ${version} without extensions`;
export const groupsTopicName = (version: TlsVersion): string => `groups of ${version}`;

const SSLV2_KINDS = suitesFor("SSLv2").map(({ number }) => number);
/** Suites beside a long list of groups in a small hello. */
const SMALL = 8;
const few = (suites: readonly number[], isCompact: boolean) => (isCompact ? suites.slice(0, SMALL) : suites);
/**
 * How often a refusal is heard, since servers may take turns behind one address. The version that a forgotten server is likeliest to
 * have is asked for most: of two that take random turns, one with TLS 1.0 and 1.1 is missed by 1 look in 32.
 */
const REFUSALS: Partial<Readonly<Record<RecordLayerVersion, number>>> = { "TLSv1.0": 3, "TLSv1.1": 2, "TLSv1.2": 2 };
/** An SSLv2 server names all that it has in one answer. */
const HELLO_CAME = 1;

/**
 * All suites of a version, by removal. Each offer also leaves out the groups that were seen already, but for the last of them, which
 * keeps it answerable: so a server that follows the client's order of groups shows several of them on the way.
 */
export function suitesTopic(version: RecordLayerVersion, tools: TopicTools, next?: Topic["next"]): Topic {
  return {
    name: suitesTopicName(version),
    version,
    items: suitesFor(version).map(({ number }) => number),
    refusals: REFUSALS[version] ?? 1,
    ...(next === undefined ? {} : { next }),
    async ask({ items: suites, isCompact }) {
      const wanted = isCompact ? {} : { groups: groupsToOffer(version, tools) ?? allGroups(version) };
      const offersCompression = !isCompact && isWorthCompressing(version, tools);
      const offer = { version, suites, isCompact, wantsStaple: true, offersCompression, ...wanted };
      return (await askHello(tools, offer, { question: "suite", kind: "all" })).reply;
    },
  };
}

/** What a server that is older than extensions may have. */
const BARE_EXCHANGES: readonly (string | undefined)[] = ["RSA", "DHE"];

/** A version as SSLv3 would ask for it, by removal: for a server that cannot read extensions. */
export function bareTopic(version: "TLSv1.0" | "TLSv1.1", tools: TopicTools): Topic {
  return {
    name: bareTopicName(version),
    version,
    items: suitesFor(version).flatMap(({ number, keyExchange }) =>
      BARE_EXCHANGES.includes(keyExchange) ? number : [],
    ),
    isCompact: true,
    async ask({ items: suites }) {
      const offer = { version, suites, isCompact: true, isBare: true };
      return (await askHello(tools, offer, { question: "suite", kind: "narrowed" })).reply;
    },
  };
}

/** DEFLATE is offered once, and not in the first hello: some box on the way may not like to see it. */
function isWorthCompressing(version: RecordLayerVersion, { notebook }: TopicTools): boolean {
  const seen = notebook.at(version);
  return version !== "TLSv1.3" && seen.length > 0 && !seen.some(({ offersCompression }) => offersCompression);
}

export function allGroups(version: RecordLayerVersion): readonly number[] {
  return version === "TLSv1.3" ? MODERN_GROUPS : [...LEGACY_CURVES, ...FFDHE_GROUPS];
}

/** Groups that the server chose at this version, oldest first. */
export function groupsSeen(version: TlsVersion, { notebook }: TopicTools): readonly number[] {
  return [...new Set(notebook.at(version).flatMap(({ group }) => group ?? []))];
}

function groupsToOffer(version: RecordLayerVersion, tools: TopicTools): readonly number[] | null {
  const seen = groupsSeen(version, tools);
  const last = seen.at(-1);
  if (last === undefined) return null;
  const kept = [last, ...keptCurves(tools.notebook.chains)].filter((group, index, all) => all.indexOf(group) === index);
  return [...allGroups(version).filter((group) => !seen.includes(group) && !kept.includes(group)), ...kept];
}

/** SSLv2, by its own hello; its kinds of ciphers are handed to `found`. */
export function ssl2Topic({ line }: TopicTools, found: (kinds: readonly number[]) => void): Topic {
  return {
    name: suitesTopicName("SSLv2"),
    items: [HELLO_CAME],
    isCompact: true,
    async ask() {
      const { reader, end } = await line.ssl2Hello(SSLV2_KINDS);
      if (end === "unconnected") return { kind: end };
      if (reader.hello !== null) {
        found(reader.hello.kinds.filter((kind) => suiteOf(kind) !== null));
        return { kind: "accepted", item: HELLO_CAME };
      }
      if (reader.isRefused) return { kind: "refused" };
      if (reader.problem !== null) return { kind: "unreadable" };
      return { kind: end === "open" ? "silent" : end };
    },
  };
}

/**
 * All groups of TLS 1.3, by removal, in HelloRetryRequests. Accepted suites are offered last one first, which also shows whose
 * order of suites rules.
 */
export function modernGroupsTopic(suites: readonly number[], tools: TopicTools): Topic {
  const version = "TLSv1.3";
  return {
    name: groupsTopicName(version),
    version,
    items: MODERN_GROUPS,
    seeds: groupsSeen(version, tools).filter((group) => MODERN_GROUPS.includes(group)),
    async ask({ items: groups, isCompact }) {
      const offer = { version, suites: few([...suites].reverse(), isCompact), groups, isCompact } as const;
      return (await askHello(tools, offer, { question: "group", kind: "all" })).reply;
    },
  };
}

/**
 * All curves of TLS 1.2, by removal. An ECDSA certificate's own curve must stay in the offer, or a strict server has nothing to
 * choose: it stands last, and once the server comes to it, what is left is offered alone.
 */
export function legacyCurvesTopic(suites: readonly number[], tools: TopicTools): Topic {
  const version = "TLSv1.2";
  const isOfRsa = (suite: number) => suiteOf(suite)?.authentication === "RSA";
  const offered = suites.some(isOfRsa) ? suites.filter(isOfRsa) : suites;
  let kept: readonly number[] = suites.some(isOfRsa) ? [] : keptCurves(tools.notebook.chains);
  const ask = async (groups: readonly number[], isCompact: boolean) => {
    const offer = { version, suites: few(offered, isCompact), groups, isCompact } as const;
    return (await askHello(tools, offer, { question: "group", kind: "narrowed" })).reply;
  };
  return {
    name: groupsTopicName(version),
    version,
    items: LEGACY_CURVES,
    seeds: groupsSeen(version, tools).filter((group) => LEGACY_CURVES.includes(group)),
    async ask({ items, isCompact }) {
      const missing = kept.filter((curve) => !items.includes(curve));
      const reply = await ask([...items, ...missing], isCompact);
      if (reply.kind !== "accepted" || !missing.includes(reply.item)) return reply;
      kept = [];
      return ask(items, isCompact);
    },
  };
}
