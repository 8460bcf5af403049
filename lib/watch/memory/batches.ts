import * as z from "zod";
import type { Table } from "../../ports.ts";
import { addressOf } from "../../verify/stable-form.ts";
import { numberText, runsKey } from "../keys.ts";
import type { Run } from "../run.ts";
import { inChunks, octetsOf } from "./chunks.ts";
import { corrupt, readBody } from "./stored-item.ts";
import { addressForm } from "./value-forms.ts";

type Batches = Run["batches"];

/** So that the rest of the run fits beside them with room to spare. */
const LARGEST_INLINE = 16 * 1024;
/** Lists that are kept at hand: those of the families that are under way. */
const MOST_AT_HAND = 8;

const batchForm = z.array(z.string());
/** A run's batches as its item holds them: themselves, or where they lie. */
export const batchesForm = z.union([z.array(batchForm), z.strictObject({ address: addressForm })]);
type StoredBatches = z.infer<typeof batchesForm> | Batches;
const chunkForm: z.ZodType<Batches> = z.array(batchForm);

/** Keeps the batches of large runs apart, by content address: thousands of ids do not fit an item, and are mostly those of the run before. */
export class BatchStore {
  readonly #table: Table;
  readonly #atHand = new Map<string, Batches>();

  constructor(table: Table) {
    this.#table = table;
  }

  /** Puts them where they belong, and says what the run's item is to hold. */
  async keep(municipality: string, batches: Batches): Promise<StoredBatches> {
    if (octetsOf(batches) <= LARGEST_INLINE) return batches;
    const address = addressOf(JSON.stringify(batches));
    if (this.#atHand.has(address)) return { address };
    const pk = batchesKey(municipality, address);
    for (const [part, body] of inChunks(batches).entries())
      await this.#table.put({ pk, sk: numberText(part), revision: 1, body }, "absent");
    this.#remember(address, batches);
    return { address };
  }

  async read(municipality: string, stored: StoredBatches): Promise<Batches> {
    if (!("address" in stored)) return stored;
    const { address } = stored;
    const known = this.#atHand.get(address);
    if (known !== undefined) return known;
    const pk = batchesKey(municipality, address);
    const batches = (await this.#table.query(pk)).flatMap((item) => readBody(item, chunkForm));
    if (addressOf(JSON.stringify(batches)) !== address)
      throw corrupt({ pk, sk: numberText(0) }, "the batches do not fit their address");
    this.#remember(address, batches);
    return batches;
  }

  #remember(address: string, batches: Batches): void {
    const [oldest] = this.#atHand.keys();
    if (oldest !== undefined && this.#atHand.size >= MOST_AT_HAND) this.#atHand.delete(oldest);
    this.#atHand.set(address, batches);
  }
}

function batchesKey(municipality: string, address: string): string {
  return `${runsKey(municipality)}#${address}`;
}
