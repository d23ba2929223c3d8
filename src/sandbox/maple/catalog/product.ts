/** What a product is called in this module. */
export type ProductKey = 'platform' | 'api' | 'storage' | 'messaging' | 'support' | 'services';

/** A product. */
export interface CatalogProduct {
  readonly key: ProductKey;
  readonly id: string;
  /** Accepted in place of the id; the reference does not say which field holds it, so `import_ref` shows it. */
  readonly externalId: string;
  readonly name: string;
  readonly externalName: string;
  readonly description: string;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly tags: readonly string[];
  /** Position in the catalogue, oldest first. */
  readonly position: number;
}

const NAMES: readonly (readonly [ProductKey, string, string, readonly string[]])[] = [
  ['platform', 'Platform', 'Workspaces, roles and reports', ['core']],
  ['api', 'API access', 'Programmatic access, paid by the call', ['core', 'usage']],
  ['storage', 'Storage', 'Files and backups', ['usage']],
  ['messaging', 'Messaging', 'Outgoing messages with a falling price', ['usage', 'add-on']],
  ['support', 'Support', 'Named contacts and answer times', ['add-on']],
  ['services', 'Services', 'One-time work: onboarding and training', []],
];

/** Every product, oldest first. */
export const PRODUCTS: readonly CatalogProduct[] = NAMES.map(([key, name, description, tags], position) => ({
  key,
  id: `prod_${key}`,
  externalId: `ext-${key}`,
  name,
  externalName: `Sandbox ${name}`,
  description,
  state: 'ACTIVE',
  tags,
  position,
}));
