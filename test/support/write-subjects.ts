import { addMapleCharge, voidMapleInvoice } from './maple-write-subjects.ts';
import {
  addMetronomeCharge,
  regenerateMetronomeInvoice,
  voidMetronomeInvoice,
} from './metronome-write-subjects.ts';
import type { WriteSubject } from './write-subject.ts';

/** Every mutation on every provider that has it. */
export const WRITE_SUBJECTS: readonly WriteSubject[] = [
  addMetronomeCharge,
  addMapleCharge,
  voidMetronomeInvoice,
  voidMapleInvoice,
  regenerateMetronomeInvoice,
];
