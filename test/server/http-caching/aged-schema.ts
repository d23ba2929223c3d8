import {
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  type GraphQLFieldConfig,
} from 'graphql';
import { AS_PARENT, cacheControl } from '../../../src/domain/cache-control.ts';

const text: GraphQLFieldConfig<unknown, unknown> = { type: GraphQLString };
const aged = (maxAgeSeconds: number) => cacheControl({ maxAgeSeconds });

const Named = new GraphQLInterfaceType({ name: 'Named', fields: { name: text, detail: text } });
const Part = new GraphQLObjectType({ name: 'Part', fields: { text }, extensions: AS_PARENT });
const Minute: GraphQLObjectType = new GraphQLObjectType({
  name: 'Minute',
  interfaces: [Named],
  extensions: aged(60),
  fields: () => ({
    name: text,
    detail: { ...text, extensions: aged(20) },
    part: { type: Part },
    hour: { type: Hour },
    now: { type: Now },
    never: { ...text, extensions: aged(0) },
    self: { type: Minute },
  }),
});
const Hour: GraphQLObjectType = new GraphQLObjectType({
  name: 'Hour',
  interfaces: [Named],
  extensions: aged(3600),
  fields: { name: text, detail: { ...text, extensions: aged(10) } },
});
const Now = new GraphQLObjectType({ name: 'Now', fields: { text } });
const Lasting = new GraphQLUnionType({ name: 'Lasting', types: [Minute, Hour] });
const Mixed = new GraphQLUnionType({ name: 'Mixed', types: [Hour, Now] });

/** A schema whose types and fields have max-ages of all kinds. */
export const agedSchema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      text,
      part: { type: Part },
      minute: { type: Minute },
      hours: { type: new GraphQLList(Hour) },
      hourForMinute: { type: Hour, extensions: aged(60) },
      agedPart: { type: Part, extensions: aged(30) },
      agedText: { ...text, extensions: aged(5) },
      now: { type: Now },
      agedNow: { type: Now, extensions: aged(40) },
      named: { type: Named },
      lasting: { type: Lasting },
      mixed: { type: Mixed },
    },
  }),
  types: [Minute, Hour],
});
