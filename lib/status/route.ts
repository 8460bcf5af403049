import type * as z from "zod";
import type { Bilingual, Language } from "../core/messages.ts";
import type { Leaf } from "../inventory/leaf.ts";
import type { PageId } from "./renderer.ts";
import type { StatusReading } from "./status-reading.ts";

/** One parameter of a path or query: how its text is read, and what the documents say of it. */
export interface Parameter<T> {
  readonly read: (text: string) => Leaf<T>;
  /** What its value is, as JSON Schema has it. */
  readonly form: z.ZodType;
  readonly description: string;
  /** What a path is answered with whose parameter cannot be read: 400, or 404 for a name of something that cannot exist. */
  readonly otherwise?: 404;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

type ValueOf<P> = P extends Parameter<infer T> ? T : never;

/** What was asked, read and checked. A query parameter that was left out is undefined. */
export interface Asked<Path extends Parameters, Query extends Parameters, Position> {
  readonly path: { readonly [K in keyof Path]: ValueOf<Path[K]> };
  readonly query: { readonly [K in keyof Query]?: ValueOf<Query[K]> };
  /** Where the page begins; null for the first. */
  readonly position: Position | null;
  /** Rows of a page. */
  readonly limit: number;
  readonly language: Language;
}

/** A body in the form of the route, with the position after it where there is more. */
export interface BodyAnswer {
  readonly body: object;
}

/** A text that is answered as it is. */
export interface TextAnswer {
  readonly text: string;
  /** A media type. */
  readonly type: string;
  readonly isSecret?: boolean;
}

/** Where else to look. */
export interface RedirectAnswer {
  readonly location: string;
}

export type Answer = BodyAnswer | TextAnswer | RedirectAnswer;

/** What a route answers with, for the documents and for the tests: JSON of a form, or a text of a media type. */
export type Answers =
  | { readonly kind: "json"; readonly name: string; readonly form: z.ZodType<object> }
  | { readonly kind: "text"; readonly type: string; readonly description: string }
  | { readonly kind: "redirect" };

interface Described {
  readonly id: string;
  readonly method: "GET";
  /** A template: `/v1/assets/{id}`. */
  readonly path: string;
  readonly summary: Bilingual;
  /** The page that shows the body to people; null when there is none. */
  readonly page: PageId | null;
  readonly answers: Answers;
}

/** A route, whatever its parameters: one line of the table. */
export interface Route extends Described {
  readonly pathParameters: Parameters;
  readonly queryParameters: Parameters;
  /** What a cursor of this route holds; null for a route without pages. */
  readonly position: z.ZodType | null;
  readonly answer: (asked: AnyAsked, reading: StatusReading) => Promise<Answer>;
}

/** The parameters of any route: the table forgets which, `defineRoute` has checked them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type AnyAsked = Asked<any, any, any>;

/** Declares a route. Its answer is of its form, and what it is given is of the types of its parameters. */
export function defineRoute<
  const Path extends Parameters,
  const Query extends Parameters,
  Position,
  Given extends AnswerOf<A>,
  const A extends Answers,
>(
  route: Described & {
    readonly answers: A;
    readonly pathParameters: Path;
    readonly queryParameters: Query;
    readonly position: z.ZodType<Position> | null;
    readonly answer: (asked: Asked<Path, Query, Position>, reading: StatusReading) => Promise<Given>;
  },
): Route {
  return route;
}

type AnswerOf<A extends Answers> = A extends { readonly kind: "json"; readonly form: z.ZodType<infer Body> }
  ? { readonly body: Body }
  : A extends { readonly kind: "text" }
    ? TextAnswer
    : RedirectAnswer;

/** Rows of a page when nobody says how many, and the most that are given. */
export const DEFAULT_LIMIT = 100;
export const LARGEST_LIMIT = 200;
