import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInstants, instantOf, parseInstant, plusDays, type Instant } from '../../src/time/instant.ts';

function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is refused`);
  return parsed;
}

const date = fc.date({
  min: new Date('0001-01-02T00:00:00Z'),
  max: new Date('9998-12-30T00:00:00Z'),
  noInvalidDate: true,
});

describe('parseInstant', () => {
  it.each([
    ['2026-06-01T00:00:00Z', '2026-06-01T00:00:00Z'],
    ['2026-06-01t00:00:00z', '2026-06-01T00:00:00Z'],
    ['2026-06-01T02:30:00+02:30', '2026-06-01T00:00:00Z'],
    ['2026-05-31T23:00:00-01:00', '2026-06-01T00:00:00Z'],
    ['2026-06-01T00:00:00+00:00', '2026-06-01T00:00:00Z'],
    ['2026-06-01T00:00:00-00:00', '2026-06-01T00:00:00Z'],
    ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
    ['2026-06-01T12:00:00+23:59', '2026-05-31T12:01:00Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
    ['2026-06-01T00:00:00.5Z', '2026-06-01T00:00:00.5Z'],
    ['2026-06-01T00:00:00.123456789Z', '2026-06-01T00:00:00.123456789Z'],
    ['2026-06-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'],
    ['2026-06-01T02:00:00.9999999+02:00', '2026-06-01T00:00:00.9999999Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    ['a day that is not', '2026-02-29T00:00:00Z'],
    ['29 February of a century', '1900-02-29T00:00:00Z'],
    ['31 February', '2024-02-31T00:00:00Z'],
    ['31 February with an offset that would move it', '2024-02-31T00:00:00+12:00'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['day 0', '2026-04-00T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['24:00', '2026-06-01T24:00:00Z'],
    ['24:00 with an offset', '2026-06-01T24:00:00+01:00'],
    ['minute 60', '2026-06-01T00:60:00Z'],
    ['second 61', '2026-06-01T00:00:61Z'],
    ['no offset', '2026-06-01T00:00:00'],
    ['a date alone', '2026-06-01'],
    ['no seconds', '2026-06-01T00:00Z'],
    ['a space for the T', '2026-06-01 00:00:00Z'],
    ['an offset without its colon', '2026-06-01T00:00:00+0200'],
    ['an offset of hours alone', '2026-06-01T00:00:00+02'],
    ['an offset of a day', '2026-06-01T00:00:00+24:00'],
    ['an offset of 60 minutes', '2026-06-01T00:00:00+01:60'],
    ['a point without digits', '2026-06-01T00:00:00.Z'],
    ['a comma for the point', '2026-06-01T00:00:00,5Z'],
    ['a year of five digits', '12026-06-01T00:00:00Z'],
    ['a signed year', '+002026-06-01T00:00:00Z'],
    ['a year of two digits', '26-06-01T00:00:00Z'],
    ['white space', ' 2026-06-01T00:00:00Z'],
    ['a line end', '2026-06-01T00:00:00Z\n'],
    ['other digits', '٢٠٢٦-06-01T00:00:00Z'],
    ['a number', '1780272000000'],
    ['nothing', ''],
    ['an instant before year 0', '0000-01-01T00:00:00+01:00'],
    ['an instant after year 9999', '9999-12-31T23:59:59-01:00'],
    ['an English date', 'Mon, 01 Jun 2026 00:00:00 GMT'],
  ])('refuses %s', (_what, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it.each([0, 4, 100, 400, 1900, 2000, 2023, 2024, 9999])(
    'knows every day of the year %i, and no other',
    (year) => {
      const isoYear = String(year).padStart(4, '0');
      for (let month = 0; month <= 13; month += 1) {
        for (let day = 0; day <= 32; day += 1) {
          const isoDay = `${isoYear}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const text = `${isoDay}T12:00:00Z`;
          const at = new Date(text);
          const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(isoDay);
          expect(parseInstant(text)).toBe(isDay ? text : null);
        }
      }
    },
  );

  it('agrees with Date on every instant, whatever the offset', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }), (at, offset) => {
        const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        expect(parseInstant(`${local}${zone}`)).toBe(at.toISOString());
      }),
    );
  });
});

describe('compareInstants', () => {
  it.each([
    ['2026-06-01T00:00:00Z', '2026-06-01T00:00:00.000Z', 0],
    ['2026-06-01T00:00:00.5Z', '2026-06-01T00:00:00.50Z', 0],
    ['2026-06-01T00:00:00.05Z', '2026-06-01T00:00:00.1Z', -1],
    ['2026-06-01T00:00:00.1Z', '2026-06-01T00:00:00.09Z', 1],
    ['2026-06-01T00:00:00Z', '2026-06-01T00:00:00.000000001Z', -1],
    ['2026-06-01T00:00:00.9Z', '2026-06-01T00:00:01Z', -1],
    ['2026-06-01T00:00:00.123456788Z', '2026-06-01T00:00:00.123456789Z', -1],
    ['2026-06-01T00:00:00+01:00', '2026-06-01T00:00:00Z', -1],
  ])('puts %s and %s in order', (a, b, expected) => {
    expect(Math.sign(compareInstants(instant(a), instant(b)))).toBe(expected);
    expect(Math.sign(compareInstants(instant(b), instant(a)))).toBe(expected === 0 ? 0 : -expected);
  });

  it('agrees with Date to the millisecond', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        const order = Math.sign(compareInstants(instantOf(a), instantOf(b)));
        expect(order).toBe(Math.sign(a.getTime() - b.getTime()));
      }),
    );
  });
});

describe('plusDays', () => {
  it.each([
    ['2026-01-31T10:00:00Z', 1, '2026-02-01T10:00:00Z'],
    ['2026-01-31T10:00:00Z', 30, '2026-03-02T10:00:00Z'],
    ['2024-02-28T00:00:00Z', 1, '2024-02-29T00:00:00Z'],
    ['2026-02-28T00:00:00Z', 1, '2026-03-01T00:00:00Z'],
    ['2026-12-31T23:59:59Z', 1, '2027-01-01T23:59:59Z'],
    ['2026-03-01T00:00:00Z', -1, '2026-02-28T00:00:00Z'],
    ['2026-03-28T12:00:00Z', 2, '2026-03-30T12:00:00Z'],
    ['2026-06-01T00:00:00Z', 0, '2026-06-01T00:00:00Z'],
    ['2026-06-01T00:00:00.123456789Z', 30, '2026-07-01T00:00:00.123456789Z'],
    ['0050-01-01T00:00:00Z', 1, '0050-01-02T00:00:00Z'],
  ])('takes %s by %i days to %s', (text, days, expected) => {
    expect(plusDays(instant(text), days)).toBe(expected);
  });

  it.each([1e6 * 3650, Number.MAX_SAFE_INTEGER, -1e6])(
    'refuses to leave the years that can be written, by %d days',
    (days) => {
      expect(() => plusDays(instant('2026-06-01T00:00:00Z'), days)).toThrow(RangeError);
    },
  );

  it('goes there and back', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -300, max: 300 }), (at, days) => {
        const start = instantOf(at);
        fc.pre(Math.abs(at.getUTCFullYear() - 5000) < 4990);
        expect(plusDays(plusDays(start, days), -days)).toBe(start);
      }),
    );
  });
});

describe('instantOf', () => {
  it('gives a date to the millisecond', () => {
    expect(instantOf(new Date(Date.UTC(2026, 5, 1, 0, 0, 0, 7)))).toBe('2026-06-01T00:00:00.007Z');
  });

  it.each([new Date(NaN), new Date('+010000-01-01T00:00:00Z'), new Date('-000001-01-01T00:00:00Z')])(
    'refuses a date that no instant stands for, %#',
    (value) => {
      expect(() => instantOf(value)).toThrow(RangeError);
    },
  );
});
