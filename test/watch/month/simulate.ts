import { type Evaluation, evaluate } from "../../../lib/core/evaluate.ts";
import type { DomainAsset } from "../../../lib/core/asset.ts";
import type { Observation } from "../../../lib/core/observation.ts";
import type { Exemption } from "../../../lib/core/statements.ts";
import { inventoryOfAssets } from "../../../lib/inventory/inventory.ts";
import type { AlertSink, EvidenceStore, Table } from "../../../lib/ports.ts";
import type { JudgedAsset } from "../../../lib/verify/verification.ts";
import type { Alert } from "../../../lib/watch/alert.ts";
import { deliverAlerts } from "../../../lib/watch/deliver.ts";
import { createMemory } from "../../../lib/watch/memory/create-memory.ts";
import { watchAll } from "../../../lib/watch/watch-all.ts";
import type { WatchedFamily } from "../../../lib/watch/watched.ts";
import type { Looking, WatchIo } from "../../../lib/watch/watch-io.ts";
import { createMemoryEvidence } from "../../support/memory-table.ts";
import { seenAt } from "../support/trial-requirement.ts";
import { MUNICIPALITY } from "../support/watched.ts";
import { chance } from "./chance.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { createMortal, type Mortal } from "./process.ts";
import { createQuickTable } from "./quick-table.ts";
import { CONDITIONS, domain, rulesOfVersion } from "./rules.ts";
import { type Deed, MONTH_START, SCHOOLS, type Script } from "./script.ts";
import { createWorld, type Found, type World, type WorldSettings } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The service is first started so long after the month began. */
const FIRST_START = 20 * MINUTE;
/** And stopped so long before it ends, when no round is under way. */
const LAST_STOP = 20 * MINUTE;
/** A process that was to die at a write dies so long after at the latest. */
const DEAD_AT_LATEST = 15 * MINUTE;
/** How many writes of a process that is to die may still be carried out. */
const MOST_WRITES = 900;

/** A message as a person gets it. */
export interface Message {
  readonly alert: Alert;
  /** When it came, by real time. */
  readonly at: number;
}

/** What a simulated month leaves behind. */
export interface Month {
  /** What the mail server took, each message once, whatever was repeated after a crash. */
  readonly messages: readonly Message[];
  readonly table: Table;
  readonly evidence: EvidenceStore;
  readonly world: World;
  readonly watched: WatchedFamily;
  readonly end: number;
  readonly looks: number;
  /** How often the service was started. */
  readonly starts: number;
  /** How often the mail server took a message. */
  readonly handOvers: number;
}

/** Runs the real loop through the script's month. */
export async function simulate(script: Script, settings: WorldSettings): Promise<Month> {
  const month = new Simulation(script, settings);
  await month.clock.drive(month.pass());
  return month.result();
}

class Simulation {
  readonly clock: FakeClock = createFakeClock(MONTH_START);
  readonly #table = createQuickTable();
  readonly #evidence = createMemoryEvidence();
  readonly #messages = new Map<string, Message>();
  readonly #deeds: readonly Deed[];
  readonly #judged = new Map<string, Evaluation>();
  readonly #end: number;
  readonly #seed: number;
  readonly #world: World;
  #assets: readonly DomainAsset[] = SCHOOLS.map(domain);
  #exemptions: readonly Exemption[] = [];
  #version = 1;
  #mailFrom = 0;
  #looks = 0;
  #starts = 0;
  #handOvers = 0;

  constructor({ end, spells, deeds }: Script, settings: WorldSettings) {
    this.#end = end;
    this.#deeds = deeds.toSorted((a, b) => a.at - b.at);
    this.#seed = settings.seed;
    this.#world = createWorld(spells, settings);
  }

  async pass(): Promise<void> {
    await this.#until(MONTH_START + FIRST_START);
    let service = this.#start();
    for (const { at, what } of this.#deeds) {
      await this.#until(at);
      if (what.kind === "clock-set") this.clock.set(what.by ?? this.clock.real() - this.clock.now());
      else if (what.kind === "asleep") this.clock.suspend(what.for);
      else if (what.kind === "mail-refused") this.#mailFrom = what.until;
      else {
        await (what.kind === "killed" ? this.#kill(service) : service.stop());
        this.#declare(what);
        await this.#until(this.clock.real() + ("away" in what ? what.away : MINUTE));
        service = this.#start();
      }
    }
    await this.#until(this.#end - LAST_STOP);
    await service.stop();
  }

  result(): Month {
    const messages = [...this.#messages.values()];
    const left = { table: this.#table, evidence: this.#evidence, world: this.#world, watched: this.#watched() };
    return { messages, ...left, end: this.#end, looks: this.#looks, starts: this.#starts, handOvers: this.#handOvers };
  }

  async #until(moment: number): Promise<void> {
    while (this.clock.real() < moment) await this.clock.sleep(moment - this.clock.real(), new AbortController().signal);
  }

  /** A new process over what is on the disk. */
  #start(): { readonly process: Mortal; stop(): Promise<void> } {
    this.#starts += 1;
    const process = createMortal();
    const controller = new AbortController();
    const ended = watchAll([this.#watched()], this.#io(process), controller.signal);
    ended.catch(() => undefined);
    return {
      process,
      stop: async () => {
        controller.abort();
        await ended;
      },
    };
  }

  async #kill({ process }: { readonly process: Mortal }): Promise<void> {
    const now = this.clock.real();
    const nth = 1 + Math.floor(chance(this.#seed, "dies at", now) * MOST_WRITES);
    process.dieAtWrite(nth, chance(this.#seed, "is written", now) < 0.5);
    await Promise.race([process.died, this.#until(now + DEAD_AT_LATEST)]);
    process.die();
  }

  #declare(what: Deed["what"]): void {
    if (what.kind === "rules") this.#version = what.version;
    if (what.kind === "added") this.#assets = [...this.#assets, domain(what.domain)];
    if (what.kind === "removed") this.#assets = this.#assets.filter(({ name }) => name !== what.domain);
    if (what.kind === "exempted") {
      const { id: asset } = domain(what.domain);
      const exemption = { asset, reason: "", by: { name: "" }, validUntil: what.until };
      this.#exemptions = [...this.#exemptions, { requirement: "S18", ...exemption }];
    }
  }

  #watched(): WatchedFamily {
    const inventory = {
      ...inventoryOfAssets(this.#assets),
      ...{ municipality: MUNICIPALITY, exemptions: this.#exemptions },
    };
    const requirements = [rulesOfVersion(this.#version)];
    return { municipality: MUNICIPALITY, inventory, requirements, family: "domains", cadence: HOUR };
  }

  #io(process: Mortal): WatchIo {
    const memory = createMemory(process.table(this.#table));
    const clock = process.clock(this.clock);
    const sinks = [this.#mail(), TERMINAL].map((sink) => process.sink(sink));
    const onEvent = (): void => undefined;
    let telling: Promise<void> = Promise.resolve();
    return {
      ...{ memory, evidence: process.evidence(this.#evidence), clock, onEvent },
      tell() {
        telling = telling.then(() => deliverAlerts(MUNICIPALITY.id, sinks, memory, clock.now(), onEvent));
        return telling;
      },
      openLooking: (_slot, _total, signal) => Promise.resolve(this.#looking(signal)),
    };
  }

  #mail(): AlertSink {
    return {
      name: "mail",
      deliver: (alert) => {
        if (this.clock.real() < this.#mailFrom) return Promise.reject(new Error("451 try again later"));
        this.#handOvers += 1;
        const first = this.#messages.get(alert.id);
        if (first === undefined) this.#messages.set(alert.id, { alert, at: this.clock.real() });
        return Promise.resolve();
      },
    };
  }

  #looking(signal: AbortSignal): Looking {
    return {
      look: async ({ assets }, watched) => {
        const wanted = new Set(assets);
        const judged: JudgedAsset[] = [];
        await this.clock.sleep(this.#secondsToLook(), signal);
        for (const asset of watched.inventory.assets) {
          if (wanted.has(asset.id) && asset.kind === "domain") judged.push(this.#judge(asset, watched));
        }
        await this.clock.sleep(this.#secondsToLook(), signal);
        return judged;
      },
      checkControls: () => {
        const verdict = this.#world.controls(this.clock.real());
        return Promise.resolve(verdict);
      },
      close: () => undefined,
    };
  }

  #secondsToLook(): number {
    return 1_000 + Math.floor(chance(this.#seed, "takes", this.#looks, this.clock.real()) * 9_000);
  }

  #judge(asset: DomainAsset, { inventory, requirements: [requirement] }: WatchedFamily): JudgedAsset {
    if (requirement === undefined) throw new Error("nothing to judge by");
    this.#looks += 1;
    const found = this.#world.look(asset.name, this.clock.real());
    const now = this.clock.now();
    const observations = observationsOf(asset, found, now);
    const { attestations, exemptions, reading } = inventory;
    const judge = (): Evaluation => {
      const statements = { attestations, exemptions };
      return evaluate(requirement, { asset, observations, reading, statements, asOf: now });
    };
    // The same found by the same rules is the same judgement, unless a statement may lapse meanwhile.
    if (exemptions.some((exemption) => exemption.asset === asset.id)) return { evaluation: judge(), observations };
    const key = JSON.stringify([asset.id, found, requirement.version]);
    const evaluation = this.#judged.get(key) ?? judge();
    this.#judged.set(key, evaluation);
    return { evaluation, observations };
  }
}

const TERMINAL: AlertSink = { name: "terminal", deliver: () => Promise.resolve() };

function observationsOf(asset: DomainAsset, found: Found, now: number): readonly Observation[] {
  const seen = seenAt(
    new Date(now).toISOString(),
    "condition" in found ? CONDITIONS.indexOf(found.condition) : 0,
    asset,
  );
  if ("condition" in found) return seen;
  const result = { state: "unobserved" as const, cause: found.cause, detail: "nobody answered" };
  return seen.map((observation) => ({ ...observation, result }));
}
