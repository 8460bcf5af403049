import { expect, test } from "@jest/globals";
import { isOwnDomain } from "../../lib/web/plain-domain.ts";

const OWN: readonly (readonly [string, string])[] = [
  ["kommune.dk", "kommune.dk"],
  ["www.kommune.dk", "kommune.dk"],
  ["a.b.kommune.dk", "c.kommune.dk"],
  ["www.kommune.co.dk", "borger.kommune.co.dk"],
  ["www.kommune.example", "kommune.example"],
  ["192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "2001:db8::1"],
];

const FOREIGN: readonly (readonly [string, string])[] = [
  ["kommune.dk", "anden.dk"],
  ["xkommune.dk", "kommune.dk"],
  ["a.co.dk", "b.co.dk"],
  ["a.co.dk", "co.dk"],
  ["co.dk", "biz.dk"],
  ["kommune.dk", "dk"],
  ["a.kommune.example", "b.kommune.example"],
  ["kommune.dk.example", "kommune.dk"],
  ["192.0.2.1", "0.2.1"],
  ["1.192.0.2", "192.0.2.1"],
  ["kommune.dk", "192.0.2.1"],
];

test.each(OWN)("%s and %s are one owner's", (one, other) => {
  expect([isOwnDomain(one, other), isOwnDomain(other, one)]).toEqual([true, true]);
});

test("what stands above a name outside .dk is not its owner's: it may be the platform that it is on", () => {
  expect(isOwnDomain("azurewebsites.net", "kommune.azurewebsites.net")).toBe(false);
  expect(isOwnDomain("borger.kommune.example", "kommune.example")).toBe(true);
  expect(isOwnDomain("kommune.example", "borger.kommune.example")).toBe(false);
});

test.each(FOREIGN)("%s and %s are strangers", (one, other) => {
  expect([isOwnDomain(one, other), isOwnDomain(other, one)]).toEqual([false, false]);
});
