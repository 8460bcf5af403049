import type { Scenario, WorldZone } from "../../core/scenario.ts";
import type { PreloadStatus } from "../../web/observations.ts";
import {
  apex,
  fails,
  GOOD,
  hostAsset,
  inKommune,
  leavesOpen,
  passes,
  site,
  strict,
  WHOLE,
  ZONE,
} from "./scenario-site.ts";

const STRONG = "K11_STRONG";
const NOT_STRONG = "K11_NOT_STRONG";
const NOT_OBSERVABLE = "K11_UNOBSERVED_NOT_OBSERVABLE";

const listed = (state: PreloadStatus["state"], entry: string | null = null) => ({
  state,
  entry,
  source: "hstspreload.org",
  asOf: "2026-11-23",
  detail: state === "unknown" ? "no answer" : "",
});
const onList = (state: PreloadStatus["state"], entry: string | null = null) => ({
  preload: { "www.kommune.dk": listed(state, entry), "kommune.dk": listed(state, entry) },
});
const zone = (records: readonly string[], changes: Partial<WorldZone> = {}) => ({
  zones: [{ name: "kommune.dk", records: [...ZONE, ...records], ...changes }],
});

const RECORD = 'www HTTPS 1 . alpn="h2"';
const closed = site({ http: "closed" });
/** The apex needs a protection of its own. */
const strictAtRecord = { apex: closed, asset: strict };

/** Rests on DNS alone, so that nothing passes without it; it stands first for that. */
const RECORDS: readonly Scenario[] = [
  inKommune(passes("strict: a signed HTTPS record", STRONG), { ...strictAtRecord, world: zone([RECORD]) }),
  inKommune(passes("strict: an HTTPS record in alias mode", STRONG), {
    ...strictAtRecord,
    world: zone(["www HTTPS 0 kommune.dk."]),
  }),
  inKommune(fails("strict: an HTTPS record that says there is no service", ...GOOD, NOT_STRONG), {
    ...strictAtRecord,
    world: zone(["www HTTPS 0 ."]),
  }),
  inKommune(fails("strict: an HTTPS record that no browser understands", ...GOOD, NOT_STRONG), {
    ...strictAtRecord,
    world: zone(['www HTTPS 1 . mandatory=key65000 key65000="x"']),
  }),
  inKommune(fails("strict: an HTTPS record that is not signed", ...GOOD, NOT_STRONG), {
    ...strictAtRecord,
    world: zone([RECORD], { state: "unsigned" }),
  }),
  inKommune(fails("strict: an HTTPS record that does not validate", ...GOOD, NOT_STRONG), {
    ...strictAtRecord,
    world: zone([RECORD], { spoilt: ["www HTTPS"] }),
  }),
  inKommune(
    leavesOpen("strict: SERVFAIL about the HTTPS record", "dns-servfail", ...GOOD, "K11_UNOBSERVED_DNS_SERVFAIL"),
    {
      ...strictAtRecord,
      world: zone([RECORD], { failing: ["www HTTPS"] }),
    },
  ),
  inKommune(passes("standard: SERVFAIL about the HTTPS record"), {
    world: zone([RECORD], { failing: ["www HTTPS"] }),
  }),
];

const LEVELS: readonly Scenario[] = [
  inKommune(passes("standard: a signed HTTPS record", STRONG), { world: zone([RECORD]) }),
  inKommune(passes("standard: port 80 is closed", STRONG), { www: closed }),
  inKommune(passes("standard: port 80 is silent"), { www: site({ http: "silent" }) }),
  inKommune(passes("standard: the name is on the list", STRONG), { world: onList("preloaded", "kommune.dk") }),
  inKommune(passes("standard: an entry of the list for another name"), {
    world: onList("preloaded", "mail.kommune.dk"),
  }),
  inKommune(passes("standard: the list cannot be asked"), { world: onList("unknown") }),
  inKommune(fails("standard does not hold, port 80 is closed", "K11_HEADER_MISSING", "K11_ENTRY_WITHOUT_POLICY"), {
    www: site({ sts: [], http: "closed" }),
  }),
  inKommune(passes("strong: port 80 is closed", STRONG), {
    www: closed,
    apex: closed,
    asset: hostAsset("www.kommune.dk", { k11Level: "strong" }),
  }),
  inKommune(fails("strong: nothing protects the first visit", ...GOOD, NOT_STRONG), {
    apex: closed,
    asset: hostAsset("www.kommune.dk", { k11Level: "strong" }),
  }),
  inKommune(passes("strict: the name is on the list", STRONG), {
    world: onList("preloaded", "kommune.dk"),
    asset: strict,
  }),
  inKommune(passes("strict: a whole top-level domain is on the list", STRONG), {
    world: onList("preloaded", "dk"),
    asset: strict,
  }),
  inKommune(fails("strict: nothing protects the first visit", ...GOOD, NOT_STRONG), strictAtRecord),
  inKommune(fails("strict: nothing protects the apex", ...GOOD, STRONG, NOT_STRONG), { www: closed, asset: strict }),
  inKommune(leavesOpen("strict: the list cannot be asked", "not-observable", ...GOOD, NOT_OBSERVABLE), {
    ...strictAtRecord,
    world: onList("unknown"),
  }),
  inKommune(leavesOpen("strict: port 80 is silent", "tcp-timeout", ...GOOD, "K11_UNOBSERVED_TCP_TIMEOUT"), {
    www: site({ http: "silent" }),
    ...strictAtRecord,
  }),
];

const PRELOAD = `${WHOLE}; preload`;
const DIRECTIVE: readonly Scenario[] = [
  inKommune(passes("preload is written and the name is not on the list", "K11_PRELOAD_UNLISTED"), {
    www: site({ sts: [PRELOAD] }),
  }),
  inKommune(passes("preload is written and the application waits", "K11_PRELOAD_UNLISTED"), {
    apex: site({ sts: [PRELOAD] }),
    world: onList("pending"),
    asset: apex,
  }),
  inKommune(passes("preload is written and the name is on the list", STRONG), {
    apex: site({ sts: [PRELOAD] }),
    world: onList("preloaded", "kommune.dk"),
    asset: apex,
  }),
  inKommune(passes("preload is written and the list cannot be asked"), {
    www: site({ sts: [PRELOAD] }),
    world: onList("unknown"),
  }),
];

export const STRENGTH_SCENARIOS: readonly Scenario[] = [...RECORDS, ...LEVELS, ...DIRECTIVE];
