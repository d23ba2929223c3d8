import { beforeAll, describe, expect, it } from 'vitest';
import { FAULT_KINDS } from '../support/write-fault.ts';
import { WRITE_SUBJECTS } from '../support/write-subjects.ts';
import { playFaultCase, readsBeforeWrite } from './play-fault-case.ts';
import { casesOf } from './write-fault-table.ts';

describe.concurrent.each(WRITE_SUBJECTS.map((subject) => ({ title: subject.title, subject })))(
  '$title',
  ({ subject }) => {
    let surveyReads = 0;
    beforeAll(async () => {
      surveyReads = await readsBeforeWrite(subject);
    });

    it.concurrent.each(FAULT_KINDS)(
      'takes effect once, and is never called a failure when it did: %s',
      async (kind) => {
        const reports = await Promise.all(
          casesOf(kind).map((fault) => playFaultCase(subject, fault, surveyReads)),
        );
        expect(reports.filter(({ problems }) => problems.length > 0)).toEqual([]);
        for (const { successes, success } of reports)
          for (const payload of successes) expect(payload).toMatchObject(success);
      },
    );
  },
);
