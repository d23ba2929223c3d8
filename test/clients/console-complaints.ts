import { afterEach, vi } from 'vitest';

/** Fails every test of the file in which a client warns of something, or complains, on the console. */
export function refuseComplaints(): void {
  const spies = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
  afterEach(() => {
    const complaints = spies.flatMap(({ mock }) => mock.calls);
    for (const spy of spies) spy.mockClear();
    if (complaints.length > 0) throw new Error(`complaints on the console: ${JSON.stringify(complaints)}`);
  });
}
