const FIRST_WORDS = [
  'Amber',
  'Anchor',
  'Arctic',
  'Bamboo',
  'Basalt',
  'Beacon',
  'Birch',
  'Bramble',
  'Canyon',
  'Cedar',
  'Cinder',
  'Citrus',
  'Cobalt',
  'Copper',
  'Coral',
  'Delta',
  'Ember',
  'Fjord',
  'Ginkgo',
  'Granite',
  'Harbor',
  'Hazel',
  'Heron',
  'Indigo',
  'Juniper',
  'Kelp',
  'Lantern',
  'Lumière',
  'Maple',
  'Meadow',
  'Nimbus',
  'Ñandú',
  'Opal',
  'Øresund',
  'Pebble',
  'Quartz',
  'Raven',
  'Saffron',
  'Sierra',
  'Solstice',
  'Tundra',
  'Umber',
  'Velvet',
  'Willow',
  'Yarrow',
  'Zephyr',
  'Über',
  'Žito',
] as const;

const SECOND_WORDS = [
  'Analytics',
  'Apparel',
  'Atlas',
  'Bakery',
  'Bridge',
  'Capital',
  'Care',
  'Cloud',
  'Compute',
  'Data',
  'Dynamics',
  'Energy',
  'Foods',
  'Forge',
  'Freight',
  'Games',
  'Garden',
  'Health',
  'Imaging',
  'Kitchens',
  'Labs',
  'Learning',
  'Legal',
  'Logic',
  'Logistics',
  'Maps',
  'Media',
  'Metrics',
  'Mobility',
  'Music',
  'Networks',
  'Optics',
  'Papers',
  'Pharma',
  'Pilot',
  'Press',
  'Query',
  'Robotics',
  'Signal',
  'Storage',
  'Studio',
  'Systems',
  'Textiles',
  'Travel',
  'Vision',
  'Voice',
  'Water',
  'Works',
] as const;

const LEGAL_FORMS = [
  '',
  'Inc.',
  'GmbH',
  'Ltd',
  'LLC',
  'K.K.',
  'Oy',
  'AB',
  'S.L.',
  'B.V.',
  '& Co.',
  'Group',
  'AG',
] as const;

const COMBINATIONS = FIRST_WORDS.length * SECOND_WORDS.length * LEGAL_FORMS.length;

// Coprime to COMBINATIONS, so that stepping by it visits every combination once before any repeats.
const STRIDE = 11_003;

/**
 * The invented name of the company at `index` (0-based). Unique: after all combinations are used up, a number is
 * appended.
 */
export function companyName(index: number): string {
  if (index === 0) return 'Orchard Labs';
  const combination = (index * STRIDE) % COMBINATIONS;
  const first = FIRST_WORDS[combination % FIRST_WORDS.length];
  const rest = Math.floor(combination / FIRST_WORDS.length);
  const second = SECOND_WORDS[rest % SECOND_WORDS.length];
  const legalForm = LEGAL_FORMS[Math.floor(rest / SECOND_WORDS.length)];
  const round = Math.floor(index / COMBINATIONS);
  return [first, second, legalForm, round === 0 ? '' : String(round + 1)]
    .filter((word) => word !== '')
    .join(' ');
}
