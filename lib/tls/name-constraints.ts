import { Buffer } from "node:buffer";
import { type DerElement, TAG, within } from "./der.ts";
import { isDirectoryBelow, readDirectoryName } from "./directory-name.ts";

/** Context tags of the general names that constraints and alternative names are about (RFC 5280 section 4.2.1.6). */
export const DNS_NAME = 0x82;
export const DIRECTORY_NAME = 0xa4;

/** What an authority may issue for (RFC 5280 section 4.2.1.10), as far as it is about dNSName and subjects. */
export interface NameConstraints {
  /** Lower case; null where nothing is said of dNSName. */
  readonly permittedDns: readonly string[] | null;
  readonly excludedDns: readonly string[];
  /** As readDirectoryName gives them; null where nothing is said of directoryName. */
  readonly permittedDirectories: readonly (readonly string[])[] | null;
  readonly excludedDirectories: readonly (readonly string[])[];
  readonly isAboutDirectories: boolean;
  /** Tags of other forms of names that are constrained. */
  readonly otherForms: readonly number[];
}

const PERMITTED = 0xa0;
const EXCLUDED = 0xa1;
/** Limits of a subtree, which RFC 5280 has no use for, count as a form that we do not know. */
const LIMITED = -1;

/** Reads the extension's value. Throws WireProblem. */
export function readNameConstraints(value: DerElement): NameConstraints {
  const reader = within(value);
  const permitted = subtrees(reader.optional(PERMITTED, "the permitted names"));
  const excluded = subtrees(reader.optional(EXCLUDED, "the excluded names"));
  reader.end("the name constraints");
  const permittedDns = dnsOf(permitted);
  const [permittedDirectories, excludedDirectories] = [directoriesOf(permitted), directoriesOf(excluded)];
  const forms = [...permitted, ...excluded].map(({ form }) => form);
  return {
    permittedDns: permittedDns.length > 0 ? permittedDns : null,
    excludedDns: dnsOf(excluded),
    permittedDirectories: permittedDirectories.length > 0 ? permittedDirectories : null,
    excludedDirectories,
    isAboutDirectories: forms.includes(DIRECTORY_NAME),
    otherForms: forms.filter((form) => form !== DNS_NAME && form !== DIRECTORY_NAME),
  };
}

interface Subtree {
  readonly form: number;
  readonly name: DerElement;
}

function subtrees(element: DerElement | null): readonly Subtree[] {
  if (element === null) return [];
  return within(element)
    .all("a subtree")
    .map((subtree) => {
      const reader = within(subtree);
      const name = reader.next("a subtree's name");
      const isWhole = subtree.tag === TAG.sequence && reader.isDone;
      return { form: isWhole ? name.tag : LIMITED, name };
    });
}

function dnsOf(trees: readonly Subtree[]): readonly string[] {
  return trees.filter(({ form }) => form === DNS_NAME).map(({ name }) => lowered(name.content));
}

function directoriesOf(trees: readonly Subtree[]): readonly (readonly string[])[] {
  return trees
    .filter(({ form }) => form === DIRECTORY_NAME)
    .map(({ name }) => {
      const reader = within(name);
      const directory = readDirectoryName(reader.expect(TAG.sequence, "a directory name"));
      reader.end("a directory name");
      return directory;
    });
}

/** Whether these host names may be in a certificate below the authority. */
export function permitsDns({ permittedDns, excludedDns }: NameConstraints, names: readonly Uint8Array[]): boolean {
  return names.map(lowered).every((name) => {
    const isPermitted = permittedDns === null || permittedDns.some((tree) => isInTree(name, tree));
    return isPermitted && !excludedDns.some((tree) => isInTree(name, tree));
  });
}

/** Whether a certificate below the authority may have this subject; an empty one is no name. */
export function permitsDirectory(constraints: NameConstraints, subject: readonly string[]): boolean {
  if (subject.length === 0) return true;
  const { permittedDirectories, excludedDirectories } = constraints;
  const isPermitted = permittedDirectories?.some((tree) => isDirectoryBelow(subject, tree)) ?? true;
  return isPermitted && !excludedDirectories.some((tree) => isDirectoryBelow(subject, tree));
}

/** Labels may be added on the left; a tree that begins with a dot, as some write it, needs at least one. */
function isInTree(name: string, tree: string): boolean {
  return tree === "" || name === tree || name.endsWith(tree.startsWith(".") ? tree : `.${tree}`);
}

function lowered(octets: Uint8Array): string {
  return Buffer.from(octets).toString("latin1").toLowerCase();
}
