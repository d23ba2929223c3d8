import {
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isIntrospectionType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { createRandom, type Random } from '../support/random.ts';

/** What decides about every value of a world; the same gives the same values. */
export interface WorldSeed {
  readonly seed: number;
  /** Whether some values come late. */
  readonly isLate: boolean;
}

/** Gives every field of a schema a resolver that makes up values, nulls, failures and promises by chance. */
export function resolveByChance(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields()))
      field.resolve = (_, args, context: WorldSeed, info) => resolved(args, context, info);
  }
}

function resolved(args: unknown, world: WorldSeed, info: GraphQLResolveInfo): unknown {
  const keys: unknown[] = [];
  for (let step: GraphQLResolveInfo['path'] | undefined = info.path; step; step = step.prev)
    keys.push(step.key);
  const random = createRandom(hashOf(JSON.stringify([world.seed, keys, args, info.fieldNodes.length])));
  return new ChanceValue(info.schema, random, world.isLate).of(
    info.returnType,
    isNonNullType(info.returnType),
  );
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

class ChanceValue {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #isLate: boolean;

  constructor(schema: GraphQLSchema, random: Random, isLate: boolean) {
    this.#schema = schema;
    this.#random = random;
    this.#isLate = isLate;
  }

  of(type: GraphQLOutputType, isNeeded: boolean): unknown {
    return this.#isLate && this.#random.chance(0.4) ? this.#later(type, isNeeded) : this.#now(type, isNeeded);
  }

  /** After so many steps that others overtake it. */
  async #later(type: GraphQLOutputType, isNeeded: boolean): Promise<unknown> {
    for (let steps = this.#random.below(4); steps > 0; steps -= 1) await Promise.resolve();
    return this.#now(type, isNeeded);
  }

  #now(type: GraphQLOutputType, isNeeded: boolean): unknown {
    const random = this.#random;
    const often = isNeeded ? 0.2 : 1;
    if (random.chance(0.06 * often)) return random.chance(0.5) ? null : undefined;
    if (random.chance(0.05 * often)) {
      if (random.chance(0.2)) return new Error('given');
      throw random.chance(0.1)
        ? new AggregateError([new Error('one'), new Error('two')])
        : new Error('thrown');
    }
    if (isNonNullType(type)) return this.#now(type.ofType, true);
    if (isListType(type)) return this.#list(type.ofType);
    if (isEnumType(type)) return random.chance(0.02) ? 'NONE' : random.one(type.getValues()).value;
    if (isLeafType(type)) return this.#leaf(type.name);
    const types = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    return { __typename: random.chance(0.02) ? 'Query' : random.one(types).name };
  }

  /**
   * Yoga's executor forgets late items of a list that fails at once, so those of such a list are all late; and GraphQL.js
   * those of a list that comes after the answer.
   */
  #list(type: GraphQLOutputType): unknown[] {
    const isNeeded = isNonNullType(type);
    return Array.from({ length: this.#random.below(4) }, () => {
      const item = isNeeded && this.#isLate ? this.#later(type, isNeeded) : this.of(type, isNeeded);
      if (item instanceof Promise) item.catch(() => undefined);
      return item;
    });
  }

  #leaf(name: string): unknown {
    const random = this.#random;
    if (random.chance(0.02)) return {};
    if (name === 'Boolean') return random.chance(0.5);
    return name === 'Int' || name === 'Float' ? random.below(100) : `text ${random.below(100)}`;
  }
}
