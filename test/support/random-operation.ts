import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { randomArguments, type RandomIds } from './random-arguments.ts';
import type { Random } from './random.ts';

/** An operation made up by chance, with its variables. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What chance may choose. */
export interface RandomOperationOptions {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  /** How deeply fields nest. */
  readonly depth: number;
  /** Cursors to go on from, by the field that gave them. */
  readonly cursors: ReadonlyMap<string, readonly string[]>;
  /** Ids to choose from in place of those of the lavish upstreams. */
  readonly ids?: RandomIds;
  /** `Type.field` of what is not to be selected. */
  readonly without?: ReadonlySet<string>;
  /** How likely a field is to be deferred, alone or beside the same one that is not. */
  readonly deferred?: number;
}

/** An operation that fits the schema: fields, arguments, aliases, fragments and conditions by chance. */
export function randomOperation(options: RandomOperationOptions): RandomOperation {
  const writer = new OperationWriter(options);
  const root = options.schema.getQueryType();
  if (!root) throw new Error('the schema has no queries');
  const selection = writer.selection(root, options.depth);
  const { definitions, variables, fragments } = writer;
  const head = definitions.length === 0 ? '' : `query (${definitions.join(', ')}) `;
  return { query: [`${head}${selection}`, ...fragments].join('\n'), variables };
}

class OperationWriter {
  readonly definitions: string[] = [];
  readonly variables: Record<string, unknown> = {};
  readonly fragments: string[] = [];
  readonly #options: RandomOperationOptions;
  #names = 0;

  constructor(options: RandomOperationOptions) {
    this.#options = options;
  }

  selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this.#options;
    const parts = isAbstractType(type) ? this.#branches(type, depth) : this.#fields(type, depth);
    if (random.chance(0.1)) parts.push('__typename');
    return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
  }

  #branches(type: GraphQLCompositeType, depth: number): string[] {
    const { schema, random } = this.#options;
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    return random
      .some(types, 1 + random.below(3))
      .map((each) => `... on ${each.name} ${this.selection(each, depth)}`);
  }

  #fields(type: GraphQLCompositeType, depth: number): string[] {
    const { random, without } = this.#options;
    if (!isObjectType(type)) return [];
    const all = Object.values(type.getFields()).filter(({ name }) => !without?.has(`${type.name}.${name}`));
    const composite = all.filter((field) => isCompositeType(getNamedType(field.type)));
    const leaves = all.filter((field) => !composite.includes(field));
    const chosen = [
      ...random.some(leaves, random.below(3)),
      ...(depth > 0 ? random.some(composite, 1 + random.below(2)) : []),
    ];
    const written = chosen.map((field) => this.#field(type, field, depth));
    if (written.length > 0 && random.chance(0.1)) written.push(this.#again(type, chosen, depth));
    return written.map((each) => this.#wrapped(type, each));
  }

  /** The same field a second time, with other arguments and by another name. */
  #again(type: GraphQLObjectType, chosen: readonly GraphQLField<unknown, unknown>[], depth: number): string {
    const [field] = this.#options.random.some(chosen, 1);
    return field === undefined ? '__typename' : `${this.#name()}: ${this.#field(type, field, depth)}`;
  }

  #field(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, depth: number): string {
    const { random, cursors, ids } = this.#options;
    const written = randomArguments(`${type.name}.${field.name}`, field.args, {
      random,
      ids,
      cursors,
      variable: (declared, value) => {
        const name = this.#name();
        this.definitions.push(`$${name}: ${declared}`);
        this.variables[name] = value;
        return `$${name}`;
      },
    });
    const below = getNamedType(field.type);
    const selection = isCompositeType(below) ? ` ${this.selection(below, depth - 1)}` : '';
    return `${field.name}${written}${this.#condition()}${selection}`;
  }

  #wrapped(type: GraphQLObjectType, text: string): string {
    const { random, deferred = 0 } = this.#options;
    if (deferred > 0 && random.chance(deferred)) {
      const apart = `... @defer { ${text} }`;
      return random.one([apart, `${text} ${apart}`, `${apart} ${apart}`]);
    }
    if (random.chance(0.05)) return `...${this.#condition()} { ${text} }`;
    if (!random.chance(0.05)) return text;
    const name = this.#name();
    this.fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
    return `...${name}${this.#condition()}`;
  }

  #condition(): string {
    const { random } = this.#options;
    if (!random.chance(0.05)) return '';
    const name = this.#name();
    this.definitions.push(`$${name}: Boolean!`);
    this.variables[name] = random.chance(0.5);
    return ` @${random.chance(0.5) ? 'include' : 'skip'}(if: $${name})`;
  }

  #name(): string {
    this.#names += 1;
    return `n${this.#names}`;
  }
}
