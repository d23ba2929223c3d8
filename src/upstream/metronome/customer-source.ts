import { MAX_PAGE_LIMIT, type Stream } from '../../connection/stream.ts';
import type { CustomerFilter, CustomerSource } from '../../domain/customer/customer-source.ts';
import type { Customer } from '../../domain/customer/customer.ts';
import { pathIdOf } from '../http/path-id.ts';
import { instantOf, nextTokenOf } from '../http/wire-values.ts';
import { everyPage } from './every-row.ts';
import type { MetronomeLoaders } from './loaders.ts';
import { customerOf } from './map-customer.ts';
import type { MetronomeCustomerDetail } from './wire.gen.ts';

/** Metronome's customers, the same for both of its generations (metronome.md section 3). */
export function createCustomerSource(loaders: MetronomeLoaders): CustomerSource {
  return {
    async customer(providerId) {
      const id = pathIdOf('METRONOME', providerId, 'customer.id');
      // Customers are asked for by a comma-separated list: a comma would ask for others, and no UUID has one.
      if (id.includes(',')) return null;
      const row = await loaders.customerById.load(id);
      return row === null ? null : customerOf(row);
    },
    customerByIdentifier: (identifier) => customerByAlias(loaders, identifier),
    customers: (filter) => customerStream(loaders, filter),
  };
}

async function customerByAlias(loaders: MetronomeLoaders, ingestAlias: string): Promise<Customer | null> {
  for (const onlyArchived of [false, true]) {
    const pages = everyPage((token) =>
      loaders.customerPage.load({ onlyArchived, ingestAlias, token, limit: MAX_PAGE_LIMIT }),
    );
    for await (const rows of pages) {
      const detail = rows.find(({ ingest_aliases: aliases }) => aliases.includes(ingestAlias));
      if (detail === undefined) continue;
      const row = { detail, fromArchive: onlyArchived };
      loaders.customerById.prime(detail.id, row);
      return customerOf(row);
    }
  }
  return null;
}

function customerStream(loaders: MetronomeLoaders, filter: CustomerFilter): Stream<Customer> {
  const fromArchive = filter.status === 'ARCHIVED';
  return {
    key: 'METRONOME',
    provider: 'METRONOME',
    async readPage(token, limit) {
      const read = { onlyArchived: fromArchive, ingestAlias: filter.identifier, token, limit };
      const page = await loaders.customerPage.load(read);
      for (const detail of page.data) loaders.customerById.prime(detail.id, { detail, fromArchive });
      const wanted = page.data.filter((detail) => isWanted(detail, filter));
      return {
        items: wanted.map((detail) => ({
          id: detail.id,
          date: instantOf('METRONOME', detail.created_at, 'customer.created_at'),
          read: () => customerOf({ detail, fromArchive }),
        })),
        nextToken: nextTokenOf(page.next_page),
      };
    },
  };
}

function isWanted(detail: MetronomeCustomerDetail, { status, identifier }: CustomerFilter): boolean {
  const isArchived = (detail.archived_at ?? null) !== null;
  if (status === 'ACTIVE' && isArchived) return false;
  return identifier === null || detail.ingest_aliases.includes(identifier);
}
