/** The parts of dynalite 4.0.0 that the engine uses; it ships no types. See embedded-engine.ts for why not its server. */

declare module "dynalite/db/index.js" {
  export interface LevelIterator {
    next(): Promise<unknown>;
    close(): Promise<void>;
    return?(): Promise<void>;
  }

  export interface Level {
    open(options: { readonly passive: false; readonly createIfMissing: boolean }): Promise<void>;
    values: (options: unknown) => LevelIterator;
    put: (key: string, value: unknown, done?: Answered) => Promise<void>;
    del: (key: string, done?: Answered) => Promise<void>;
    /** Waits for what is under way. */
    close(): Promise<void>;
  }

  export type Answered = (error: unknown, answer?: unknown) => void;

  export interface Store {
    readonly db: Level;
    getTable: (name: string, checkOrAnswered: boolean | Answered, answered?: Answered) => void;
  }

  export type Action = (store: Store, data: unknown, answered: Answered) => void;

  const database: {
    create(options: { readonly path: string; readonly maxItemSizeKb?: number }): Store;
  };
  export default database;
}

declare module "dynalite/validations/index.js" {
  import type { Store } from "dynalite/db/index.js";
  const validations: {
    checkTypes(data: unknown, types: unknown): unknown;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: Store): void;
  };
  export default validations;
}

declare module "dynalite/validations/*.js" {
  const validation: { readonly types: unknown; readonly custom: unknown };
  export default validation;
}

declare module "dynalite/actions/*.js" {
  import type { Action } from "dynalite/db/index.js";
  const action: Action;
  export default action;
}
