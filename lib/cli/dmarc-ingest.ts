import type { Bilingual } from "../core/messages.ts";
import { KEPT_DAYS } from "../mail/reports/days.ts";
import { type Lesson, lessonsOf, type NoLesson } from "../mail/reports/lessons.ts";
import type { ReportPlace, ReportRead } from "../mail/reports/report-read.ts";
import { parseName, type Name } from "../wire/name.ts";
import type { Memory } from "../watch/memory.ts";

/** Lessons that are put away together: each of a domain and week then costs one write, not one a report. */
const LESSONS_AT_A_TIME = 400;
/** Requirements whose assets are domains: reports may speak of any of them. */
const DOMAIN_REQUIREMENTS = ["S18", "S23"] as const;
const DOMAIN = "domain:";
const MILLISECONDS = 1000;

/** A report, file or member that could not be taken in, and why. */
export interface IngestProblem extends ReportPlace {
  readonly line: number | null;
  readonly words: Bilingual;
}

/** What the messages of one domain were, in the reports that were new. */
export interface DomainMessages {
  readonly messages: number;
  /** Those for which SPF or DKIM passed with alignment: what DMARC passes. */
  readonly passed: number;
  /** Blocks of addresses that sent them. */
  readonly blocks: ReadonlySet<string>;
}

export interface IngestTally {
  /** Taken in; counted before; of a period that is no longer kept. */
  readonly reports: { readonly new: number; readonly known: number; readonly old: number };
  readonly passedOver: number;
  readonly problems: readonly IngestProblem[];
  readonly domains: ReadonlyMap<Name, DomainMessages>;
}

/** Where reports go, and who is told on the way. */
export interface IngestIo {
  readonly memory: Pick<Memory, "reports" | "states">;
  readonly municipality: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly onProblem: (problem: IngestProblem) => void;
  /** Told before each report is looked at. */
  readonly onRead: (place: ReportPlace) => void;
}

/** Takes in reports as they are read, and says what became of them. Taking them in again changes nothing. */
export async function ingestReports(reads: AsyncIterable<ReportRead>, io: IngestIo): Promise<IngestTally> {
  const ours = await domainsOf(io);
  const ingest = new Ingest(io);
  for await (const read of reads) {
    io.onRead(read);
    if (read.kind === "passed-over") ingest.passOver();
    else if (read.kind === "problem") ingest.fail(read);
    else {
      const isOurs = (domain: Name): boolean => ours.has(domain);
      const lessons = lessonsOf(read.report, { now: Math.floor(io.now / MILLISECONDS), isOurs });
      if (typeof lessons === "string") ingest.setAside(read, lessons);
      else await ingest.take(read, lessons);
    }
  }
  await ingest.putAway();
  return ingest.tally();
}

/** The domains that the municipality has been judged for. */
async function domainsOf({ memory, municipality }: IngestIo): Promise<ReadonlySet<Name>> {
  const states = await Promise.all(DOMAIN_REQUIREMENTS.map((id) => memory.states.all(municipality, id)));
  const names = states.flat().flatMap(({ asset }) => {
    const name = asset.startsWith(DOMAIN) ? parseName(asset.slice(DOMAIN.length)) : null;
    return name?.ok === true ? [name.value] : [];
  });
  return new Set(names);
}

class Ingest {
  readonly #io: IngestIo;
  readonly #counts = { new: 0, known: 0, old: 0 };
  readonly #problems: IngestProblem[] = [];
  readonly #domains = new Map<Name, DomainMessages>();
  #waiting: { readonly place: ReportPlace; readonly lessons: readonly Lesson[] }[] = [];
  #passedOver = 0;

  constructor(io: IngestIo) {
    this.#io = io;
  }

  tally(): IngestTally {
    return {
      ...{ reports: this.#counts, passedOver: this.#passedOver },
      ...{ problems: this.#problems, domains: this.#domains },
    };
  }

  passOver(): void {
    this.#passedOver += 1;
  }

  fail({ file, member, line, words }: IngestProblem): void {
    const problem = { file, member, line, words };
    this.#problems.push(problem);
    this.#io.onProblem(problem);
  }

  setAside({ file, member }: ReportPlace, why: NoLesson): void {
    if (why === "old") this.#counts.old += 1;
    else this.fail({ file, member, line: null, words: NO_LESSON[why] });
  }

  async take(place: ReportPlace, lessons: readonly Lesson[]): Promise<void> {
    this.#waiting.push({ place, lessons });
    const waiting = this.#waiting.reduce((sum, each) => sum + each.lessons.length, 0);
    if (waiting >= LESSONS_AT_A_TIME) await this.putAway();
  }

  async putAway(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { memory, municipality } = this.#io;
    const all = waiting.flatMap(({ lessons }) => lessons);
    const outcomes = await memory.reports.learn(municipality, all);
    const outcomeOf = new Map(all.map((lesson, index) => [lesson, outcomes[index]]));
    for (const { place, lessons } of waiting) {
      const learned = lessons.filter((lesson) => outcomeOf.get(lesson) === "learned");
      for (const lesson of learned) this.#count(lesson);
      if (learned.length > 0) this.#counts.new += 1;
      else this.#counts.known += 1;
      if (lessons.some((lesson) => outcomeOf.get(lesson) === "full"))
        this.fail({ file: place.file, member: place.member, line: null, words: FULL });
    }
  }

  #count({ domain, senders }: Lesson): void {
    const before = this.#domains.get(domain) ?? { messages: 0, passed: 0, blocks: new Set<string>() };
    const passing = senders.filter(({ spf, dkim }) => spf === "pass" || dkim === "pass");
    this.#domains.set(domain, {
      messages: before.messages + senders.reduce((sum, { count }) => sum + count, 0),
      passed: before.passed + passing.reduce((sum, { count }) => sum + count, 0),
      blocks: new Set([...before.blocks, ...senders.map(({ block }) => block)]),
    });
  }
}

const NO_LESSON: Readonly<Record<Exclude<NoLesson, "old">, Bilingual>> = {
  future: {
    da: "forventede en periode, der er begyndt, fandt en i fremtiden",
    en: "expected a period that has begun, found one in the future",
  },
  "no-name": {
    da: "forventede et domænenavn i <policy_published>, fandt noget andet",
    en: "expected a domain name in <policy_published>, found something else",
  },
};
const FULL: Bilingual = {
  da: "forventede færre rapporter om samme domæne og uge: denne er ikke talt med",
  en: "expected fewer reports of the same domain and week: this one was not counted",
};

/** What is said of how long things are kept. */
export const KEPT: Bilingual = {
  da: `Afsendere gemmes kun som antal pr. netblok (/24 eller /48), og alt fra rapporter slettes efter ${KEPT_DAYS} dage.`,
  en: `Senders are kept only as counts per block (/24 or /48), and all from reports is deleted after ${KEPT_DAYS} days.`,
};
