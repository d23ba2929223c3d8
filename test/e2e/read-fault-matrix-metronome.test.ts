import { describeReadFaults } from './read-fault-matrix.ts';

describeReadFaults('METRONOME');
