import { BadUserInputError } from '../../errors/gateway-error.ts';
import { globalIdOf } from '../node/global-id.ts';
import { writesNotServed, type MutationError } from './mutation-error.ts';

/** The refusal of a write to the object that a global id names; InvalidInputError where the id names no such object. */
export function refuseWrite(type: 'Customer' | 'Invoice', id: string, field: string): MutationError {
  try {
    return writesNotServed(globalIdOf(type, id, field).provider);
  } catch (error) {
    if (!(error instanceof BadUserInputError)) throw error;
    return { type: 'InvalidInputError', code: error.code, message: error.message, field };
  }
}
