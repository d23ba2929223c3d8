import {
  usdCents,
  num,
  wireCustomer,
  wireCustomerPlan,
  wireInvoice,
  wireLine,
  wirePlanCharge,
  wireSubLine,
} from '../upstream/metronome/wire-builders.ts';
import { daysBefore, pageNumber, uuid } from './lavish-rows.ts';

/** One request to Metronome. */
interface MetronomeRequest {
  readonly path: string;
  readonly query: URLSearchParams;
}

const PLANS = 50;
const HELD_PLANS = 10;
const CHARGES = 50;
const DAY_MS = 86_400_000;

/**
 * What a Metronome answers that has as much of everything as the bound on an operation's cost takes for granted: lists go
 * on without end, every customer is found only among the archived ones, every invoice bills a charge that is not its
 * plan's, costs leave out the names of their units. Catalogues are as large as they are taken to be.
 */
export function lavishMetronome({ path, query }: MetronomeRequest): object {
  const limit = Number(query.get('limit') ?? 1);
  const page = pageNumber(query.get('next_page'));
  const rows = <Row>(row: (index: number) => Row): Row[] =>
    Array.from({ length: limit }, (_, place) => row(1000 * page + place));
  const next_page = `page-${page + 1}`;
  const [, , resource = '', id = '', list = '', member = ''] = path.split('/');
  switch (`${resource}/${list}`) {
    case 'customers/':
      return customers(query, rows, next_page);
    case 'plans/':
      return { data: rows(planRow).slice(0, PLANS), next_page: null };
    case 'planDetails/':
      return { data: { ...planRow(0), id, minimums: [] } };
    case 'planDetails/charges':
      return {
        data: Array.from({ length: CHARGES }, (_, at) => wirePlanCharge({ id: uuid('charge', at) })),
        next_page: null,
      };
    case 'customers/plans':
      return {
        data: Array.from({ length: Math.min(limit, HELD_PLANS) }, (_, at) => customerPlan(id, at)),
        next_page: null,
      };
    case 'customers/invoices':
      return member === ''
        ? {
            data: rows((at) => ({ ...invoice(id, at), status: query.get('status') ?? 'FINALIZED' })),
            next_page,
          }
        : { data: { ...invoice(id, 0), id: member } };
    case 'customers/costs':
      return costs(query, page, limit);
    default:
      return { data: [{ id: usdCents.id, name: usdCents.name }], next_page: null };
  }
}

type Rows = <Row>(row: (index: number) => Row) => Row[];

function customers(query: URLSearchParams, rows: Rows, next_page: string): object {
  const ids = query.get('customer_ids');
  const alias = query.get('ingest_alias');
  const isArchive = query.get('only_archived') === 'true';
  if (ids === null && alias === null)
    return {
      data: rows((at) =>
        wireCustomer({
          id: uuid('customer', at),
          ingest_aliases: [`acct_${at}`],
          created_at: daysBefore(at),
        }),
      ),
      next_page,
    };
  if (!isArchive) return { data: [], next_page: null };
  const found = ids === null ? [uuid(alias ?? '', 0)] : ids.split(',');
  return {
    data: found.map((id) => wireCustomer({ id, ingest_aliases: [alias ?? `acct_${id}`] })),
    next_page: null,
  };
}

function planRow(at: number) {
  return { id: uuid('plan', at % PLANS), name: `Plan ${at}`, description: '', custom_fields: {} };
}

function customerPlan(customerId: string, at: number) {
  const plan = (Number.parseInt(customerId.slice(0, 4), 16) + at) % PLANS;
  return wireCustomerPlan({
    id: uuid(customerId, at),
    plan_id: uuid('plan', plan),
    starting_on: daysBefore(at),
  });
}

function invoice(customerId: string, at: number) {
  const charged = wireLine({ sub_line_items: [wireSubLine({ charge_id: uuid('added', at) })] });
  return wireInvoice({
    id: uuid(customerId, at),
    customer_id: customerId,
    plan_id: uuid('plan', at % PLANS),
    issued_at: daysBefore(at),
    line_items: [charged, ...Array.from({ length: 4 }, () => wireLine())],
  });
}

function costs(query: URLSearchParams, page: number, limit: number): object {
  const from = Date.parse(query.get('starting_on') ?? '') + page * limit * DAY_MS;
  const days = Math.max(0, Math.ceil((Date.parse(query.get('ending_before') ?? '') - from) / DAY_MS));
  const data = Array.from({ length: Math.min(days, limit) }, (_, day) => ({
    start_timestamp: new Date(from + day * DAY_MS).toISOString(),
    end_timestamp: new Date(from + (day + 1) * DAY_MS).toISOString(),
    credit_types: { [usdCents.id]: { cost: num('100') } },
  }));
  return { data, next_page: days > limit ? `page-${page + 1}` : null };
}
